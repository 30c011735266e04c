import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { requireRole } from '../../domain/permit.ts'

/** A statement older than this is not observed any more (standard of the campaign: 30 days). */
const HOLDS_DAYS = 30

const input = z.object({ text: z.string().trim().max(200).optional(), page: z.number().int().min(1).default(1), size: z.number().int().min(1).max(200).default(50) })

export type UnitChannel = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly state: string
  /** As the last visits saw it. */
  readonly newest: Day | null
  readonly statement: { readonly newestOn: Day; readonly statedOn: Day; readonly statedBy: string; readonly daysOld: number; readonly holds: boolean } | null
}

/** The unit's running channels with its own latest dated statement for each; those without one that holds first. */
export async function unitChannels({ ctx, input: raw = {} }: { ctx: Ctx; input?: z.input<typeof input> }): Promise<{ total: number; channels: UnitChannel[] }> {
  requireRole(ctx.actor, ['unit_contact'])
  const { text, page, size } = input.parse(raw)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  const like = text === undefined || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const where = sql`c.state in ('active', 'paused') and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)} and (${like}::text is null or c.name ilike ${like} or c.address ilike ${like})`
  const [channels, [count]] = await Promise.all([
    sql<UnitChannel[]>`
      select c.id::int, c.kind, c.name, c.address, c.state, c.newest_on::text as newest,
             case when a.id is not null then jsonb_build_object('newestOn', a.newest_on, 'statedOn', a.stated_on, 'statedBy', a.stated_by,
               'daysOld', ${today}::date - a.stated_on, 'holds', ${today}::date - a.stated_on <= ${HOLDS_DAYS}) end as statement
        from channel c left join lateral (select * from attestation a where a.channel_id = c.id order by a.stated_on desc, a.id desc limit 1) a on true
       where ${where} order by coalesce(${today}::date - a.stated_on <= ${HOLDS_DAYS}, false), c.name, c.id limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`select count(*)::int as n from channel c where ${where}`,
  ])
  return { total: count?.n ?? 0, channels }
}
