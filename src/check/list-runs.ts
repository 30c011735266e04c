import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import { READERS, regionScope, requireRole } from '../domain/permit.ts'
import { runInfo } from './report/run-info.ts'

const input = z.strictObject({ page: z.number().int().min(1).default(1), size: z.number().int().min(1).max(100).default(20) })

export type ListedRun = { readonly run: number; readonly standard: string; readonly asOf: string; readonly madeAt: string; readonly by: string; readonly scope: string; readonly channels: number }

/**
 * A run holds channels of its maker's region alone; so whoever has a region sees the runs made for it or below it.
 * `column` is the run's actor.
 */
function visible(ctx: Ctx) {
  const { sql } = ctx.db
  const own = regionScope(ctx.actor)
  return own === null ? sql`true` : sql`r.actor->>'region' in (
    with recursive sub as (select code from region where code = ${own} union select g.code from region g join sub on g.parent_code = sub.code) select code from sub)`
}

/** Runs of checks, the newest first. */
export async function listRuns({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ total: number; runs: ListedRun[] }> {
  requireRole(ctx.actor, READERS)
  const { page, size } = input.parse(given)
  const { sql } = ctx.db
  const [rows, [count]] = await Promise.all([
    sql<(Omit<ListedRun, 'asOf' | 'madeAt'> & { asOf: Date; madeAt: Date })[]>`
      select r.id::int as run, r.edition as standard, r.as_of as "asOf", r.made_at as "madeAt", r.actor->>'name' as by, r.scope, r.channels
      from check_run r where ${visible(ctx)} order by r.id desc limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`select count(*)::int as n from check_run r where ${visible(ctx)}`,
  ])
  return { total: count?.n ?? 0, runs: rows.map((r) => ({ ...r, asOf: r.asOf.toISOString(), madeAt: r.madeAt.toISOString() })) }
}

/** Throws `not_found` for a run that is not there, or of channels outside the actor's region. */
export async function requireRun(ctx: Ctx, run: number): Promise<void> {
  requireRole(ctx.actor, READERS)
  const [row] = await ctx.db.sql`select 1 from check_run r where r.id = ${run} and ${visible(ctx)}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${run} 的检查批次`, en: `there is no run ${run}` })
}

export type RunFigures = { readonly run: number; readonly standard: string; readonly asOf: string; readonly madeAt: string; readonly by: string; readonly seed: string; readonly channels: number; readonly failed: number; readonly passed: number; readonly undecided: number }

/** One run's figures. Throws `not_found`. */
export async function showRun({ ctx, input: { run } }: { ctx: Ctx; input: { run: number } }): Promise<RunFigures> {
  await requireRun(ctx, run)
  const { edition, asOf, madeAt, madeBy, seed, channels, failed, passed, undecided } = await runInfo(ctx.db.sql, run)
  return { run, standard: edition.id, asOf: asOf.toISOString(), madeAt: madeAt.toISOString(), by: madeBy, seed, channels, failed, passed, undecided }
}
