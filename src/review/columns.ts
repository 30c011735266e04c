import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import type { Day } from '../domain/date.ts'
import { dayInChina, daysBetween } from '../domain/date.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import type { Witness } from '../domain/witness.ts'

/** One column as `columns --json` prints it; `days` since its newest publication, in China's calendar. */
export type ColumnRow = {
  readonly channel: number
  readonly channelName: string
  readonly name: string
  readonly url: string
  readonly class: string
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly days: number | null
  readonly outcome: string | null
  readonly empty: boolean
}

/** Every active column of every website, in the register's order. */
export async function listColumns({ ctx }: { ctx: Ctx }): Promise<ColumnRow[]> {
  requireRole(ctx.actor, READERS)
  const today = dayInChina(ctx.clock.now())
  const rows = await ctx.db.sql<Omit<ColumnRow, 'days'>[]>`
    select s.channel_id::int as channel, c.name as "channelName", s.name, s.url, s.class,
           to_char(s.newest_on, 'YYYY-MM-DD') as newest, s.newest_witness as witness, s.last_outcome as outcome, s.empty
      from site_column s join channel c on c.id = s.channel_id
     where s.active and ${scopeOf(ctx.db.sql, 'c.region_code', ctx.actor)}
     order by s.channel_id, s.id`
  return rows.map((r) => ({ ...r, days: r.newest === null ? null : daysBetween(r.newest, today) }))
}
