DROP INDEX "visit_channel";--> statement-breakpoint
CREATE INDEX "visit_channel" ON "visit" USING btree ("channel_id","started_at","outcome");