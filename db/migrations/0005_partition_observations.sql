-- Observations by China's months. Existing ones are carried over into a new table, which then takes the old one's name, keys and indexes; drizzle
-- runs all of it in one transaction. While it runs the observations are on the disk twice.
ALTER TABLE "observation" RENAME TO "observation_whole";--> statement-breakpoint
ALTER SEQUENCE "observation_id_seq" RENAME TO "observation_whole_id_seq";--> statement-breakpoint
-- An identity column on a partitioned table needs PostgreSQL 17; a sequence as the default does with 14.
CREATE SEQUENCE "observation_id_seq" AS bigint;--> statement-breakpoint
CREATE TABLE "observation" (
	"id" bigint DEFAULT nextval('observation_id_seq'::regclass) NOT NULL,
	"channel_id" bigint NOT NULL,
	"column_id" bigint,
	"visit_id" bigint,
	"probe_run_id" bigint,
	"at" timestamp with time zone NOT NULL,
	"about" text NOT NULL,
	"outcome" text NOT NULL,
	"newest_on" date,
	"value" jsonb,
	"evidence" text[],
	CONSTRAINT "observation_source" CHECK ("observation"."visit_id" is not null or "observation"."probe_run_id" is not null)
) PARTITION BY RANGE ("at");--> statement-breakpoint
ALTER SEQUENCE "observation_id_seq" OWNED BY "observation"."id";--> statement-breakpoint
-- A partition for each month from the first observation to the last (of the last twenty years); what was before and what comes after have one each,
-- so that every moment has its place. src/history/months.ts makes the coming ones.
do $$
declare
  zone constant text := 'Asia/Shanghai';
  from_at timestamptz;
  to_at timestamptz;
  month timestamptz;
begin
  select date_trunc('month', min(at), zone), date_trunc('month', max(at), zone) into from_at, to_at from observation_whole;
  if from_at is null then
    from_at := date_trunc('month', now(), zone);
  else
    from_at := greatest(from_at, date_trunc('month', now(), zone) - interval '20 years');
    to_at := least(to_at, date_trunc('month', now(), zone) + interval '1 year');
  end if;
  execute format('create table observation_kept partition of observation for values from (minvalue) to (%L)', from_at);
  month := from_at;
  while month <= to_at loop
    execute format('create table %I partition of observation for values from (%L) to (%L)',
      'observation_' || to_char(month at time zone zone, 'YYYY_MM'), month, ((month at time zone zone) + interval '1 month') at time zone zone);
    month := ((month at time zone zone) + interval '1 month') at time zone zone;
  end loop;
  execute format('create table observation_later partition of observation for values from (%L) to (maxvalue)', month);
end $$;--> statement-breakpoint
INSERT INTO "observation" ("id", "channel_id", "column_id", "visit_id", "probe_run_id", "at", "about", "outcome", "newest_on", "value", "evidence")
	SELECT "id", "channel_id", "column_id", "visit_id", "probe_run_id", "at", "about", "outcome", "newest_on", "value", "evidence" FROM "observation_whole";--> statement-breakpoint
-- Numbers go on after the last one given, whether or not its row stands.
select setval('observation_id_seq', s.last_value, s.is_called) from observation_whole_id_seq s;--> statement-breakpoint
DROP TABLE "observation_whole";--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_id_at_pk" PRIMARY KEY("id","at");--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_column_id_site_column_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."site_column"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "observation_channel" ON "observation" USING btree ("channel_id","at");--> statement-breakpoint
CREATE INDEX "observation_visit" ON "observation" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "observation_column" ON "observation" USING btree ("column_id","at") WHERE "observation"."column_id" is not null;--> statement-breakpoint
CREATE INDEX "observation_probe_run" ON "observation" USING btree ("probe_run_id") WHERE "observation"."probe_run_id" is not null;--> statement-breakpoint
-- What is left of a month that was rolled up.
CREATE TABLE "observation_month" (
	"month" date NOT NULL,
	"channel_id" bigint NOT NULL,
	"column_id" bigint,
	"about" text NOT NULL,
	"observations" integer NOT NULL,
	"outcomes" jsonb NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"newest_on" date
);--> statement-breakpoint
ALTER TABLE "observation_month" ADD CONSTRAINT "observation_month_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_month" ADD CONSTRAINT "observation_month_column_id_site_column_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."site_column"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "observation_month_of" ON "observation_month" USING btree ("channel_id","month","about",coalesce("column_id", 0));
