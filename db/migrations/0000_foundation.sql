CREATE TABLE "attestation" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attestation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"newest_on" date NOT NULL,
	"stated_on" date NOT NULL,
	"stated_by" text NOT NULL,
	"link" text,
	"evidence" text,
	"note" text,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"verb" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text,
	"reason" text,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"address_raw" text NOT NULL,
	"account_id" text,
	"identity_key" text NOT NULL,
	"site_code" text,
	"organisation_id" bigint,
	"supervisor" text,
	"region_code" text,
	"filing_status" text,
	"filing_number" text,
	"running_status" text,
	"function_type" text,
	"opened_on" date,
	"contact" text,
	"phone" text,
	"members" integer,
	"note" text,
	"extra" jsonb,
	"state" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_due_at" timestamp with time zone,
	"due_reason" text,
	"claimed_slot" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"last_visit_at" timestamp with time zone,
	"last_outcome" text,
	"last_seen_at" timestamp with time zone,
	"newest_on" date,
	"newest_witness" jsonb,
	"judged_visit_at" timestamp with time zone,
	CONSTRAINT "channel_state" CHECK ("channel"."state" in ('active', 'paused', 'closed', 'merged'))
);
--> statement-breakpoint
CREATE TABLE "site_column" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_column_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"url" text NOT NULL,
	"url_key" text NOT NULL,
	"name" text NOT NULL,
	"class" text NOT NULL,
	"level" smallint DEFAULT 1 NOT NULL,
	"threshold_days" integer,
	"source" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"last_outcome" text,
	"observed_at" timestamp with time zone,
	"empty" boolean DEFAULT false NOT NULL,
	"newest_on" date,
	"newest_witness" jsonb,
	"newest_title" text,
	"newest_url" text,
	"evidence" text[]
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"region_code" text,
	"supervisor" text,
	"contact" text,
	"phone" text,
	"max_concurrent" integer,
	"ignore_robots" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "policy_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scope" text NOT NULL,
	"target" text NOT NULL,
	"settings" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "region" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"level" smallint NOT NULL,
	"parent_code" text
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "candidate" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "candidate_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"proposal" text NOT NULL,
	"rule" text NOT NULL,
	"clause" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"edition" text NOT NULL,
	"threshold" jsonb,
	"since" date,
	"newest" date,
	"witness" jsonb,
	"days_over" integer,
	"evidence" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"judged_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"deadline" date,
	"target_channel_id" bigint,
	"exempt_until" date,
	"assignee" text,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"sha256" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"content_type" text,
	"size" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence_use" (
	"sha256" text NOT NULL,
	"channel_id" bigint NOT NULL,
	"url" text NOT NULL,
	"final_url" text NOT NULL,
	"status" smallint,
	"headers" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evidence_use_channel_id_url_sha256_pk" PRIMARY KEY("channel_id","url","sha256")
);
--> statement-breakpoint
CREATE TABLE "item" (
	"channel_id" bigint NOT NULL,
	"key" text NOT NULL,
	"column_id" bigint,
	"title" text NOT NULL,
	"url" text,
	"date" date,
	"first_date" date,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "item_channel_id_key_pk" PRIMARY KEY("channel_id","key")
);
--> statement-breakpoint
CREATE TABLE "observation" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "observation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
);
--> statement-breakpoint
CREATE TABLE "page" (
	"channel_id" bigint NOT NULL,
	"url" text NOT NULL,
	"etag" text,
	"last_modified" text,
	"sha256" text,
	"final_url" text,
	"status" smallint,
	"fetched_at" timestamp with time zone NOT NULL,
	"needs_browser" boolean DEFAULT false NOT NULL,
	"facts" jsonb,
	CONSTRAINT "page_channel_id_url_pk" PRIMARY KEY("channel_id","url")
);
--> statement-breakpoint
CREATE TABLE "visit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "visit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"slot" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"detail" text,
	"source" text,
	"reason" text,
	"pages" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"home_ms" integer,
	"home_status" smallint,
	"newest_on" date,
	"rendered" boolean DEFAULT false NOT NULL,
	"worker" text
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"scope" jsonb NOT NULL,
	"targets" jsonb NOT NULL,
	"started_by" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_member" (
	"campaign_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"region_code" text,
	CONSTRAINT "campaign_member_campaign_id_channel_id_pk" PRIMARY KEY("campaign_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "candidate_file" (
	"candidate_id" bigint NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"uploaded_by" jsonb NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "candidate_file_candidate_id_sha256_pk" PRIMARY KEY("candidate_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "candidate_step" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "candidate_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"candidate_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"step" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text NOT NULL,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "channel_life" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_life_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_number" (
	"kind" text NOT NULL,
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_number_kind_region_code_year_pk" PRIMARY KEY("kind","region_code","year")
);
--> statement-breakpoint
CREATE TABLE "exemption" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "exemption_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"reason" text NOT NULL,
	"granted_by" jsonb NOT NULL,
	"granted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "filing_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"number" text NOT NULL,
	"filed_on" date NOT NULL,
	"reviewed_by" text NOT NULL,
	"entered_by" jsonb NOT NULL,
	"entered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_document" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_document_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"candidate_id" bigint NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"issued_by" jsonb NOT NULL,
	"deadline" date NOT NULL,
	"content" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sample" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sample_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"seed" text NOT NULL,
	"share_permille" integer NOT NULL,
	"scope" jsonb NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"drawn_by" jsonb NOT NULL,
	"population" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sample_member" (
	"sample_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"region_code" text,
	"result" text,
	"note" text,
	"entered_by" jsonb,
	"entered_at" timestamp with time zone,
	CONSTRAINT "sample_member_sample_id_channel_id_pk" PRIMARY KEY("sample_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "pacing" (
	"key" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rest_until" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"leases" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_plan" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_plan_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"edition" text NOT NULL,
	"filter" jsonb NOT NULL,
	"every" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"last_run_id" bigint,
	"actor" jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "check_plan_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "check_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"edition" text NOT NULL,
	"params_digest" text NOT NULL,
	"evaluators" integer NOT NULL,
	"params" jsonb NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"seed" text NOT NULL,
	"scope" text NOT NULL,
	"channels" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drawn_sample" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "drawn_sample_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"name" text NOT NULL,
	"seed" text NOT NULL,
	"size" integer NOT NULL,
	"population" jsonb NOT NULL,
	"drawn" jsonb NOT NULL,
	"replaced" jsonb NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"drawn_by" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "indicator_check" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "indicator_check_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"edition" text NOT NULL,
	"params_digest" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"facts_digest" text NOT NULL,
	"samples" jsonb NOT NULL,
	"results" jsonb NOT NULL,
	"score" jsonb NOT NULL,
	"problems" jsonb NOT NULL,
	"evidence" text[] NOT NULL,
	"verdict" text NOT NULL,
	"worst" numeric(7, 2),
	"best" numeric(7, 2)
);
--> statement-breakpoint
CREATE TABLE "person_finding" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "person_finding_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"edition" text NOT NULL,
	"indicator" text NOT NULL,
	"looked_by" text NOT NULL,
	"looked_at" timestamp with time zone NOT NULL,
	"on_day" date NOT NULL,
	"answers" jsonb NOT NULL,
	"places" jsonb,
	"evidence" text[] NOT NULL,
	"note" text,
	"digest" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "availability_sample" (
	"week_id" bigint NOT NULL,
	"slot" integer NOT NULL,
	"channel_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"ms" integer NOT NULL,
	"detail" text,
	"own_network" boolean DEFAULT false NOT NULL,
	"vantage" text NOT NULL,
	"wanted" boolean DEFAULT false NOT NULL,
	"second" text,
	"second_vantage" text,
	"second_at" timestamp with time zone,
	"second_outcome" text,
	CONSTRAINT "availability_sample_week_id_slot_pk" PRIMARY KEY("week_id","slot")
);
--> statement-breakpoint
CREATE TABLE "availability_week" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "availability_week_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"from_on" date NOT NULL,
	"days" smallint NOT NULL,
	"visits_per_day" smallint NOT NULL,
	"vantages" smallint NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" jsonb NOT NULL,
	"ended_at" timestamp with time zone,
	"next_slot" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"held_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "probe_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "probe_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" bigint NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"detail" text,
	"reason" text NOT NULL,
	"probes" jsonb NOT NULL,
	"requests" integer NOT NULL,
	"seconds" real NOT NULL,
	"worker" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "probe_schedule" (
	"channel_id" bigint PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone,
	"held_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "news" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "news_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"region_code" text,
	"text" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscription_id" bigint NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"items" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "subscription" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscription_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"way" text NOT NULL,
	"address" text NOT NULL,
	"region_code" text,
	"role" text NOT NULL,
	"kinds" text[] NOT NULL,
	"mode" text DEFAULT 'digest' NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told" (
	"subscription_id" bigint NOT NULL,
	"news_id" bigint NOT NULL,
	CONSTRAINT "told_subscription_id_news_id_pk" PRIMARY KEY("subscription_id","news_id")
);
--> statement-breakpoint
CREATE TABLE "bridge" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bridge_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scope" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"url" text NOT NULL,
	"sealed" text,
	"key_id" text,
	"put_by" text NOT NULL,
	"put_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "confirmed_signal" (
	"signal_id" text PRIMARY KEY NOT NULL,
	"confirmed_by" text NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credential_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"credential_id" text NOT NULL,
	"scope" text NOT NULL,
	"target" text NOT NULL,
	"fields" text[] NOT NULL,
	"sealed" text NOT NULL,
	"key_id" text NOT NULL,
	"put_by" text NOT NULL,
	"put_at" timestamp with time zone NOT NULL,
	"valid_until" date,
	"last_success_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_failure" text,
	"last_failure_at" timestamp with time zone,
	"stopped_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"digest" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "installation_secret" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"region" text,
	"organisation_id" bigint,
	"must_change_password" boolean DEFAULT true NOT NULL,
	"disabled_at" timestamp with time zone,
	"last_sign_in_at" timestamp with time zone,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_role" CHECK ("person"."role" in ('administrator', 'operations', 'rectification', 'unit_contact', 'read_only'))
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_code" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "setup_code_one" CHECK ("setup_code"."one")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"name_digest" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "two_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT true,
	"failed_verification_count" integer DEFAULT 0,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saved_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_column" ADD CONSTRAINT "site_column_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_use" ADD CONSTRAINT "evidence_use_sha256_evidence_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."evidence"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_use" ADD CONSTRAINT "evidence_use_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item" ADD CONSTRAINT "item_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_column_id_site_column_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."site_column"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page" ADD CONSTRAINT "page_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_member" ADD CONSTRAINT "campaign_member_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_member" ADD CONSTRAINT "campaign_member_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_file" ADD CONSTRAINT "candidate_file_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_step" ADD CONSTRAINT "candidate_step_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_life" ADD CONSTRAINT "channel_life_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemption" ADD CONSTRAINT "exemption_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing" ADD CONSTRAINT "filing_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_document" ADD CONSTRAINT "order_document_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_member" ADD CONSTRAINT "sample_member_sample_id_sample_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."sample"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_member" ADD CONSTRAINT "sample_member_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_plan" ADD CONSTRAINT "check_plan_last_run_id_check_run_id_fk" FOREIGN KEY ("last_run_id") REFERENCES "public"."check_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawn_sample" ADD CONSTRAINT "drawn_sample_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_check" ADD CONSTRAINT "indicator_check_run_id_check_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."check_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_check" ADD CONSTRAINT "indicator_check_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_finding" ADD CONSTRAINT "person_finding_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "availability_sample" ADD CONSTRAINT "availability_sample_week_id_availability_week_id_fk" FOREIGN KEY ("week_id") REFERENCES "public"."availability_week"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "availability_sample" ADD CONSTRAINT "availability_sample_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "availability_week" ADD CONSTRAINT "availability_week_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "probe_run" ADD CONSTRAINT "probe_run_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "probe_schedule" ADD CONSTRAINT "probe_schedule_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_subscription_id_subscription_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscription"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "told" ADD CONSTRAINT "told_subscription_id_subscription_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscription"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "told" ADD CONSTRAINT "told_news_id_news_id_fk" FOREIGN KEY ("news_id") REFERENCES "public"."news"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_person_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_person_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_region_region_code_fk" FOREIGN KEY ("region") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_person_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_person_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attestation_channel" ON "attestation" USING btree ("channel_id","stated_on");--> statement-breakpoint
CREATE UNIQUE INDEX "attestation_once" ON "attestation" USING btree ("channel_id","stated_on","newest_on","source");--> statement-breakpoint
CREATE INDEX "audit_entity" ON "audit" USING btree ("entity","entity_id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_identity" ON "channel" USING btree ("kind","identity_key");--> statement-breakpoint
CREATE INDEX "channel_due" ON "channel" USING btree ("next_due_at") WHERE "channel"."state" = 'active' and "channel"."claimed_slot" is null;--> statement-breakpoint
CREATE INDEX "channel_watched" ON "channel" USING btree ("next_due_at") WHERE "channel"."state" in ('closed', 'merged') and "channel"."claimed_slot" is null;--> statement-breakpoint
CREATE INDEX "channel_unjudged" ON "channel" USING btree ("last_visit_at") WHERE "channel"."last_visit_at" is distinct from "channel"."judged_visit_at";--> statement-breakpoint
CREATE INDEX "channel_claimed" ON "channel" USING btree ("claimed_at") WHERE "channel"."claimed_slot" is not null;--> statement-breakpoint
CREATE INDEX "channel_region" ON "channel" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "channel_organisation" ON "channel" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "channel_last_visit" ON "channel" USING btree ("last_visit_at");--> statement-breakpoint
CREATE UNIQUE INDEX "column_identity" ON "site_column" USING btree ("channel_id","url_key");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_name_region" ON "organisation" USING btree ("name",coalesce("region_code", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "policy_scope" ON "policy" USING btree ("scope","target");--> statement-breakpoint
CREATE INDEX "region_parent" ON "region" USING btree ("parent_code");--> statement-breakpoint
CREATE UNIQUE INDEX "candidate_unsettled" ON "candidate" USING btree ("channel_id") WHERE "candidate"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "candidate_channel" ON "candidate" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "candidate_state" ON "candidate" USING btree ("state","proposal");--> statement-breakpoint
CREATE INDEX "evidence_use_sha" ON "evidence_use" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "item_first_seen" ON "item" USING btree ("channel_id","first_seen_at");--> statement-breakpoint
CREATE INDEX "observation_channel" ON "observation" USING btree ("channel_id","at");--> statement-breakpoint
CREATE INDEX "observation_visit" ON "observation" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "observation_column" ON "observation" USING btree ("column_id","at") WHERE "observation"."column_id" is not null;--> statement-breakpoint
CREATE INDEX "observation_probe_run" ON "observation" USING btree ("probe_run_id") WHERE "observation"."probe_run_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "visit_slot" ON "visit" USING btree ("channel_id","slot");--> statement-breakpoint
CREATE INDEX "visit_channel" ON "visit" USING btree ("channel_id","started_at");--> statement-breakpoint
CREATE INDEX "visit_at" ON "visit" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_name" ON "campaign" USING btree ("name");--> statement-breakpoint
CREATE INDEX "candidate_file_sha" ON "candidate_file" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "candidate_step_candidate" ON "candidate_step" USING btree ("candidate_id","id");--> statement-breakpoint
CREATE INDEX "channel_life_channel" ON "channel_life" USING btree ("channel_id","at");--> statement-breakpoint
CREATE INDEX "exemption_channel" ON "exemption" USING btree ("channel_id","until_on");--> statement-breakpoint
CREATE INDEX "filing_channel" ON "filing" USING btree ("channel_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_number" ON "order_document" USING btree ("kind","region_code","year","number");--> statement-breakpoint
CREATE INDEX "order_candidate" ON "order_document" USING btree ("candidate_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sample_name" ON "sample" USING btree ("name");--> statement-breakpoint
CREATE INDEX "check_plan_next" ON "check_plan" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "check_run_edition" ON "check_run" USING btree ("edition","as_of");--> statement-breakpoint
CREATE UNIQUE INDEX "drawn_sample_once" ON "drawn_sample" USING btree ("channel_id","name","seed");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_check_run" ON "indicator_check" USING btree ("run_id","channel_id");--> statement-breakpoint
CREATE INDEX "indicator_check_channel" ON "indicator_check" USING btree ("channel_id","edition","as_of");--> statement-breakpoint
CREATE INDEX "person_finding_channel" ON "person_finding" USING btree ("channel_id","indicator","on_day");--> statement-breakpoint
CREATE INDEX "availability_sample_channel" ON "availability_sample" USING btree ("channel_id","at");--> statement-breakpoint
CREATE INDEX "availability_sample_unconfirmed" ON "availability_sample" USING btree ("at") WHERE "availability_sample"."second" = 'none';--> statement-breakpoint
CREATE INDEX "availability_sample_wanted" ON "availability_sample" USING btree ("at") WHERE "availability_sample"."wanted";--> statement-breakpoint
CREATE UNIQUE INDEX "availability_week_running" ON "availability_week" USING btree ("channel_id") WHERE "availability_week"."state" = 'running';--> statement-breakpoint
CREATE INDEX "availability_week_next" ON "availability_week" USING btree ("next_at") WHERE "availability_week"."state" = 'running';--> statement-breakpoint
CREATE INDEX "availability_week_channel" ON "availability_week" USING btree ("channel_id","started_at");--> statement-breakpoint
CREATE INDEX "probe_run_channel" ON "probe_run" USING btree ("channel_id","started_at");--> statement-breakpoint
CREATE INDEX "probe_schedule_next" ON "probe_schedule" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "news_key" ON "news" USING btree ("key");--> statement-breakpoint
CREATE INDEX "news_at" ON "news" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_name" ON "subscription" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "bridge_target" ON "bridge" USING btree ("scope","target","type");--> statement-breakpoint
CREATE UNIQUE INDEX "credential_target" ON "credential" USING btree ("credential_id","scope","target");--> statement-breakpoint
CREATE UNIQUE INDEX "account_identity" ON "account" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_token_user" ON "api_token" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_username" ON "person" USING btree ("username");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_limit_key" ON "rate_limit" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "session_token" ON "session" USING btree ("token");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_failure_last" ON "sign_in_failure" USING btree ("last_at");--> statement-breakpoint
CREATE UNIQUE INDEX "two_factor_user" ON "two_factor" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("user_id","page","name");--> statement-breakpoint
-- Every change of a channel's state leaves a row in channel_life, whichever verb made it. `updated_at` is set by the
-- verb from the program's clock.
create function channel_life_record() returns trigger language plpgsql as $$
begin
  insert into channel_life (channel_id, at, from_state, to_state) values (new.id, new.updated_at, old.state, new.state);
  return null;
end $$;
--> statement-breakpoint
create trigger channel_life_record after update of state on channel
  for each row when (old.state is distinct from new.state) execute function channel_life_record();
--> statement-breakpoint
-- A channel that is shut or merged is still visited, every 30 days: whichever verb ended it, it is watched from then on.
create function channel_watch() returns trigger language plpgsql as $$
begin
  if new.state in ('closed', 'merged') then
    new.next_due_at := new.updated_at + interval '30 days';
    new.due_reason := 'watch';
    new.claimed_slot := null;
    new.claimed_at := null;
  elsif tg_op = 'UPDATE' and old.state in ('closed', 'merged') then
    new.next_due_at := new.updated_at;
    new.due_reason := 'run_now';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger channel_watch_insert before insert on channel
  for each row when (new.state in ('closed', 'merged')) execute function channel_watch();
--> statement-breakpoint
create trigger channel_watch_update before update of state on channel
  for each row when (old.state is distinct from new.state) execute function channel_watch();
