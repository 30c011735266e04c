import type { Ctx } from '../../../db/context.ts'
import { daysBetween, lastGoodDay } from '../../domain/date.ts'
import type { Day, Span } from '../../domain/date.ts'
import type { Witness } from '../../domain/witness.ts'
import type { RuleAnswer, Threshold } from '../../standard/index.ts'

export type ColumnDeadline = {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly class: string
  readonly level: number
  readonly active: boolean
  readonly newest: Day | null
  readonly newestTitle: string | null
  readonly newestUrl: string | null
  readonly witness: Witness | null
  readonly outcome: string | null
  readonly empty: boolean
  readonly observedAt: string | null
  /** The last day on which it is still in time; null where no limit binds or no date is known. */
  readonly deadline: Day | null
  /** Days left to it; negative when it is over. */
  readonly daysLeft: number | null
}

const spanOf = (t: Threshold[string] | undefined): Span | null =>
  t === undefined ? null : t.unit === 'months' ? { months: t.value } : t.unit === 'weeks' ? { days: t.value * 7 } : t.unit === 'days' ? { days: t.value } : null

/** A website's columns with the days that are left of their limits: the ledger's own, else those of W4a as it was judged by. */
export async function columnDeadlines({ ctx, input: { channel, answers, today } }: { ctx: Pick<Ctx, 'db'>; input: { channel: number; answers: readonly RuleAnswer[]; today: Day } }): Promise<ColumnDeadline[]> {
  const limits = answers.find((a) => a.rule === 'W4a')?.threshold
  const byClass: Readonly<Record<string, Span | null>> = { news: spanOf(limits?.['news']), notice: spanOf(limits?.['policy']), policy: spanOf(limits?.['policy']) }
  const rows = await ctx.db.sql<(Omit<ColumnDeadline, 'deadline' | 'daysLeft'> & { thresholdDays: number | null })[]>`
    select id::int, name, url, class, level::int, active, newest_on::text as newest, newest_title as "newestTitle", newest_url as "newestUrl", newest_witness as witness,
           last_outcome as outcome, empty, to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "observedAt", threshold_days as "thresholdDays"
      from site_column where channel_id = ${channel} order by active desc, level, id limit 200`
  return rows.map(({ thresholdDays, ...r }) => {
    const limit = thresholdDays === null ? byClass[r.class] ?? null : { days: thresholdDays }
    const deadline = limit === null || r.newest === null || !r.active ? null : lastGoodDay(r.newest, limit)
    return { ...r, deadline, daysLeft: deadline === null ? null : daysBetween(today, deadline) }
  })
}
