import type { Sql } from 'postgres'
import { HuoshuiError } from '../../domain/error.ts'
import { edition as editionById } from '../../standard/index.ts'
import type { Edition } from '../../standard/index.ts'

export type RunInfo = {
  readonly run: number
  readonly edition: Edition
  readonly asOf: Date
  readonly madeAt: Date
  readonly madeBy: string
  readonly seed: string
  readonly digest: string
  readonly scope: 'all' | 'chosen'
  readonly channels: number
  readonly failed: number
  readonly passed: number
  readonly undecided: number
  /** How many of each kind. */
  readonly kinds: readonly { readonly kind: string; readonly n: number }[]
}

/** What a report says of a run as a whole. Throws `not_found`. */
export async function runInfo(sql: Sql, run: number): Promise<RunInfo> {
  const [row] = await sql<{ edition: string; asOf: Date; madeAt: Date; actor: { name: string }; seed: string; digest: string; scope: 'all' | 'chosen' }[]>`
    select edition, as_of as "asOf", made_at as "madeAt", actor, seed, params_digest as digest, scope from check_run where id = ${run}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${run} 的检查批次`, en: `there is no run ${run}` })
  const counts = await sql<{ kind: string; n: number; failed: number; passed: number; undecided: number }[]>`
    select c.kind, count(*)::int as n, count(*) filter (where k.verdict = 'failed')::int as failed, count(*) filter (where k.verdict = 'passed')::int as passed,
           count(*) filter (where k.verdict = 'undecided')::int as undecided
      from indicator_check k join channel c on c.id = k.channel_id where k.run_id = ${run} group by c.kind order by n desc, c.kind`
  const sum = (of: 'n' | 'failed' | 'passed' | 'undecided'): number => counts.reduce((n, c) => n + c[of], 0)
  const { edition, actor, ...rest } = row
  return {
    run, edition: editionById(edition), madeBy: actor.name, ...rest, channels: sum('n'), failed: sum('failed'), passed: sum('passed'), undecided: sum('undecided'),
    kinds: counts.map(({ kind, n }) => ({ kind, n })),
  }
}

export type RegionRow = { readonly code: string | null; readonly name: string | null; readonly n: number; readonly failed: number; readonly passed: number; readonly undecided: number }

/** Verdicts by city, the province's own first; a channel counts where its own region or the city above it is. */
export async function byRegion(sql: Sql, run: number): Promise<RegionRow[]> {
  return sql<RegionRow[]>`
    with recursive leaf as (
      select distinct c.region_code as code from indicator_check k join channel c on c.id = k.channel_id where k.run_id = ${run} and c.region_code is not null
    ), up as (
      select l.code as leaf, r.code, r.name, r.level, r.parent_code from leaf l join region r on r.code = l.code
      union all
      select u.leaf, p.code, p.name, p.level, p.parent_code from up u join region p on p.code = u.parent_code where u.level > 2
    ), city as (select distinct on (leaf) leaf, code, name from up where level <= 2 order by leaf, level desc)
    select g.code, g.name, count(*)::int as n, count(*) filter (where k.verdict = 'failed')::int as failed,
           count(*) filter (where k.verdict = 'passed')::int as passed, count(*) filter (where k.verdict = 'undecided')::int as undecided
      from indicator_check k join channel c on c.id = k.channel_id left join city g on g.leaf = c.region_code
     where k.run_id = ${run} group by g.code, g.name order by g.code nulls last`
}
