import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { channelFilter, filterSql, seenBy } from './filter.ts'

export const chooseChannelsInput = z.object({ filter: channelFilter.default({}), limit: z.number().int().min(1).max(100_000).default(100_000) })

/** Numbers of the active and paused channels that a filter means, in the actor's region. */
export async function channelIds({ ctx, input }: { ctx: Ctx; input: z.input<typeof chooseChannelsInput> }): Promise<number[]> {
  requireRole(ctx.actor, READERS)
  const { filter, limit } = chooseChannelsInput.parse(input)
  const rows = await ctx.db.orm.execute<{ id: string }>(sql`
    select c.id from channel c left join organisation o on o.id = c.organisation_id
    where c.state in ('active', 'paused') and ${filterSql(filter, ctx.clock.now())} and ${seenBy(ctx.actor)} order by c.id limit ${limit}`)
  return rows.map((r) => Number(r.id))
}
