import type { Sql } from 'postgres'

/** Further ahead of the database's clock than this no lock and no retry of ours ever lies: they are seconds long. */
const BEYOND_MS = 3_600_000
/** Jobs whose worker has died are looked for every few seconds: a last look this far ahead was written by a wrong clock. */
const LOOK_BEYOND_MS = 60_000

/**
 * BullMQ on PostgreSQL goes by its workers' clocks. One that was ahead for a moment leaves its time behind, and until the others'
 * clocks have come so far nobody looks for jobs whose worker has died (`stalled-check`), or frees or retries those that it held: their
 * channels would not be visited. What lies too far ahead of the database's own clock is set back to it. Nothing is done where
 * the queue is in Redis, whose own clock counts.
 */
export async function mendClock(sql: Sql): Promise<void> {
  const [row] = await sql<{ here: boolean }[]>`select to_regclass('bullmq.meta') is not null and to_regclass('bullmq.job') is not null as here`
  if (row?.here !== true) return
  await sql`
    with clock as materialized (select (extract(epoch from clock_timestamp()) * 1000)::bigint as at),
    look as (update bullmq.meta m set value = '0' from clock where m.field = 'stalled-check' and m.value::numeric > clock.at + ${LOOK_BEYOND_MS}::bigint),
    held as (update bullmq.job j set locked_until_ms = clock.at from clock where j.state = 'active' and j.locked_until_ms > clock.at + ${BEYOND_MS}::bigint)
    update bullmq.job j set process_at_ms = clock.at from clock where j.state = 'delayed' and j.process_at_ms > clock.at + ${BEYOND_MS}::bigint`
}
