CREATE TABLE "audit_chain" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_row" ON "audit_chain" USING btree ("audit_id");--> statement-breakpoint
-- SHA-256 (hex) over the link before, a line feed and the row as a JSON array. jsonb writes one text for one value (keys in an
-- order of its own, numbers as they stand), so that this text is canonical; src/audit/canonical.ts makes the same one.
create function audit_hash(before text, seq bigint, a audit) returns text language sql stable as $$
  select encode(sha256(convert_to(before || E'\n' || jsonb_build_array(
    seq, a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), a.actor, a.verb, a.entity, a.entity_id, a.reason, a.detail)::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Runs as the row's transaction commits, when it has every other lock that it will ever want: whoever waits here holds up
-- nobody in a circle, a long transaction holds the lock only while it ends, and one that rolls back never took a number.
create function audit_link() returns trigger language plpgsql as $$
declare
  last audit_chain;
begin
  perform pg_advisory_xact_lock(1213550401); -- "HUOA"
  select * into last from audit_chain order by seq desc limit 1;
  insert into audit_chain (seq, audit_id, hash)
    values (coalesce(last.seq, 0) + 1, new.id, audit_hash(coalesce(last.hash, repeat('0', 64)), coalesce(last.seq, 0) + 1, new));
  return null;
end $$;
--> statement-breakpoint
create constraint trigger audit_link after insert on audit deferrable initially deferred
  for each row execute function audit_link();
--> statement-breakpoint
create function audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is never changed: % on %', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_stands before update or delete on audit
  for each statement execute function audit_stands();
--> statement-breakpoint
create trigger audit_chain_stands before update or delete on audit_chain
  for each statement execute function audit_stands();
--> statement-breakpoint
-- The rows that are there already, in the order of their numbers. Making the triggers has locked the table: no other program writes to it meanwhile.
do $$
declare
  a audit;
  n bigint := 0;
  before text := repeat('0', 64);
begin
  for a in select * from audit order by id loop
    n := n + 1;
    before := audit_hash(before, n, a);
    insert into audit_chain (seq, audit_id, hash) values (n, a.id, before);
  end loop;
end $$;
