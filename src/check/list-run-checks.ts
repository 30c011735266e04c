import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { requireRun } from './list-runs.ts'

const input = z.strictObject({
  run: z.number().int().positive(),
  verdict: z.enum(['failed', 'passed', 'undecided']).optional(),
  region: z.string().max(12).optional(),
  text: z.string().trim().max(200).optional(),
  /** Only those in which this indicator is violated. */
  violates: z.string().max(20).optional(),
  page: z.number().int().min(1).default(1),
  size: z.number().int().min(1).max(500).default(50),
})

export type RunCheck = {
  readonly check: number; readonly channel: number; readonly name: string; readonly kind: string; readonly region: string | null; readonly verdict: 'failed' | 'passed' | 'undecided'
  readonly vetoes: readonly string[]; readonly worst: number | null; readonly best: number | null; readonly problems: number
}

/** The checks of a run, the gravest first: failed, then by the worst score. Filtered and paged by the database. Throws `not_found`. */
export async function listRunChecks({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ total: number; checks: RunCheck[] }> {
  const { run, verdict = null, region, text, violates, page, size } = input.parse(given)
  await requireRun(ctx, run)
  const { sql } = ctx.db
  const like = text === undefined || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const where = sql`k.run_id = ${run} and (${verdict}::text is null or k.verdict = ${verdict}) and (${like}::text is null or c.name ilike ${like})
    and ${region === undefined ? sql`true` : sql`c.region_code in (with recursive sub(code) as (select ${region}::text union select g.code from region g join sub on g.parent_code = sub.code) select code from sub)`}
    and ${violates === undefined ? sql`true` : sql`k.results @> ${sql.json([{ id: violates, answer: 'violated' }])}`}`
  const [rows, [count]] = await Promise.all([
    sql<(Omit<RunCheck, 'worst' | 'best'> & { worst: string | null; best: string | null })[]>`
      select k.id::int as check, k.channel_id::int as channel, c.name, c.kind, g.name as region, k.verdict, coalesce(k.score->'vetoes', '[]') as vetoes, k.worst, k.best,
        jsonb_array_length(k.problems) as problems
      from indicator_check k join channel c on c.id = k.channel_id left join region g on g.code = c.region_code
      where ${where} order by array_position(array['failed', 'undecided', 'passed'], k.verdict), k.worst nulls first, k.id limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`select count(*)::int as n from indicator_check k join channel c on c.id = k.channel_id where ${where}`,
  ])
  const number = (s: string | null): number | null => (s === null ? null : Number(s))
  return { total: count?.n ?? 0, checks: rows.map((r) => ({ ...r, worst: number(r.worst), best: number(r.best) })) }
}
