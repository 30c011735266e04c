-- A connection keeps the plan that it first made for the chain's last link. Made while the table was known to be empty, that plan reads
-- and sorts the whole table, and a transaction with many rows of the trail then takes the square of their number. These leave the index alone.
alter function audit_link() set enable_seqscan = off;--> statement-breakpoint
alter function audit_link() set enable_bitmapscan = off;--> statement-breakpoint
alter function audit_link() set enable_sort = off;
