import { afterEach, beforeEach } from 'vitest'
import type { TestDatabase } from './postgres.ts'

/** What a test starts from, put by in the database itself. */
const KEEP = `do $$ declare r record; begin
  drop schema if exists kept cascade;
  create schema kept;
  create table kept.sequence_ (name text, at bigint, used boolean);
  for r in select c.relname as name, format('%I.%I', n.nspname, c.relname) as whole, c.relkind as kind, c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'S') loop
    if r.kind = 'S' then execute format('insert into kept.sequence_ select %L, last_value, is_called from %s', r.whole, r.whole);
    else execute format('create table kept.%I as table %s', r.name, r.whole);
    end if;
  end loop;
end $$`

/** Rows are taken out and put back one table after another: no lock stands against whoever still reads, and no trigger keeps the trail. */
const PUT_BACK = `do $$ declare r record; begin
  set local session_replication_role = replica;
  for r in
    select format('%I.%I', n.nspname, c.relname) as whole, k.oid is not null as known, format('kept.%I', c.relname) as from_,
      (select string_agg(format('%I', a.attname), ', ') from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_class k on k.relname = c.relname and k.relnamespace = 'kept'::regnamespace
    where n.nspname = 'public' and c.relkind = 'r'
  loop
    execute format('delete from %s', r.whole);
    if r.known then execute format('insert into %s (%s) overriding system value select %s from %s', r.whole, r.columns, r.columns, r.from_); end if;
  end loop;
  perform setval(name::regclass, at, used) from kept.sequence_;
end $$`

/**
 * Makes every test of a file that may be tried again (in CI, or by `repeats`) meet the register as it met it the first time: its
 * rows, its numbers and its clock. Without that a second try finds what the first one wrote, and cannot pass. Where nothing is tried
 * again nothing is kept. `leave` ends whatever the last try left open, so that no page of it goes on.
 */
export function repeatable(at: () => TestDatabase, leave: () => Promise<void> = async () => undefined): void {
  let moment = 0
  beforeEach(async ({ task }) => {
    const { retry = 0, repeats = 0, result } = task
    if ((typeof retry === 'number' ? retry : retry.count ?? 0) + repeats === 0) return
    const { db, ctx } = at()
    if ((result?.retryCount ?? 0) + (result?.repeatCount ?? 0) === 0) {
      moment = ctx.clock.now().getTime()
      await db.sql.unsafe(KEEP)
    } else {
      await db.sql.unsafe(PUT_BACK)
      ctx.clock.set(new Date(moment))
    }
  })
  afterEach(() => leave())
}
