import type { Ctx } from '../../../db/context.ts'
import type { Actor } from '../../domain/actor.ts'
import { runCheck } from '../run.ts'
import { nextRun } from './every.ts'
import type { Every } from './every.ts'

/** Which channels a plan's filter means, for its maker. */
export type ChooseByFilter = (args: { ctx: Ctx; filter: Readonly<Record<string, unknown>> }) => Promise<number[]>

/**
 * Runs the plans that are due, one after another, each in its maker's name. The next moment is set first, by one
 * statement: two processes never run the same plan twice. Gives the runs made.
 */
export async function runDuePlans({ ctx, choose }: { ctx: Ctx; choose: ChooseByFilter }): Promise<number[]> {
  const made: number[] = []
  for (;;) {
    const now = ctx.clock.now()
    const [due] = await ctx.db.sql<{ id: number; every: Every; edition: string; filter: Record<string, unknown>; actor: Actor; nextAt: Date }[]>`
      select id::int, every, edition, filter, actor, next_at as "nextAt" from check_plan where active and next_at <= ${now} order by next_at limit 1`
    if (due === undefined) return made
    const claimed = await ctx.db.sql`update check_plan set next_at = ${nextRun(due.every, now)} where id = ${due.id} and next_at = ${due.nextAt}`
    if (claimed.count === 0) continue
    const own: Ctx = { ...ctx, actor: due.actor }
    const channels = await choose({ ctx: own, filter: due.filter })
    if (channels.length === 0) continue
    const { run } = await runCheck({ ctx: own, input: { channels, standard: due.edition } })
    await ctx.db.sql`update check_plan set last_run_id = ${run} where id = ${due.id}`
    made.push(run)
  }
}
