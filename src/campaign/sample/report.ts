import type { Ctx } from '../../../db/context.ts'
import { scopeOf } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { rate } from '../rate.ts'

export type SampleCounts = {
  /** Running channels when the sample was drawn; of a part, what was drawn from it is in `drawn`. */
  readonly drawn: number
  /** Results entered: the denominator of the pass rate. */
  readonly checked: number
  readonly failed: number
  /** (checked − failed) / checked in percent; null before the first result. */
  readonly passRate: number | null
}

export type SampleReport = SampleCounts & {
  readonly name: string
  readonly seed: string
  readonly drawnAt: string
  readonly population: number
  /** checked / population in percent. */
  readonly share: number | null
  readonly by_region: Readonly<Record<string, SampleCounts>>
  readonly by_kind: Readonly<Record<string, SampleCounts>>
  readonly failures: readonly { readonly channel: number; readonly kind: string; readonly name: string; readonly region: string | null; readonly note: string | null }[]
}

/** 合格率: digits as the issuer prints them, half up. */
export function passRate(checked: number, failed: number, digits: 1 | 2 = 2): number | null {
  return rate(checked - failed, checked, 'half_up', digits)
}

/** A sample's results with their denominators, cut to the actor's region. Throws `not_found`. */
export async function reportSample({ ctx, input: { name, digits = 2 } }: { ctx: Ctx; input: { name: string; digits?: 1 | 2 } }): Promise<SampleReport> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const [found] = await sql<{ id: number; seed: string; drawnAt: Date; population: number }[]>`select id::int, seed, drawn_at as "drawnAt", population from sample where name = ${name}`
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有名为“${name}”的抽查`, en: `there is no sample named ${name}` })
  const rows = await sql<{ channel: number; kind: string; name: string; region: string | null; result: string | null; note: string | null }[]>`
    select m.channel_id::int as channel, m.kind, c.name, r.name as region, m.result, m.note
      from sample_member m join channel c on c.id = m.channel_id left join region r on r.code = m.region_code
     where m.sample_id = ${found.id} and ${scopeOf(sql, 'c.region_code', ctx.actor)} order by m.region_code, m.kind, m.channel_id`
  const counts = (of: readonly { result: string | null }[]): SampleCounts => {
    const checked = of.filter((r) => r.result !== null).length
    const failed = of.filter((r) => r.result === 'failed').length
    return { drawn: of.length, checked, failed, passRate: passRate(checked, failed, digits) }
  }
  const by = (key: (r: (typeof rows)[number]) => string): Record<string, SampleCounts> => Object.fromEntries([...Map.groupBy(rows, key)].map(([k, of]) => [k, counts(of)]))
  const all = counts(rows)
  return {
    name, seed: found.seed, drawnAt: found.drawnAt.toISOString(), population: found.population, ...all,
    share: rate(all.checked, found.population, 'half_up', digits),
    by_region: by((r) => r.region ?? '未填地区'),
    by_kind: by((r) => r.kind),
    failures: rows.filter((r) => r.result === 'failed').map(({ result: _, ...r }) => r),
  }
}
