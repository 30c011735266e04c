import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { availabilityWeek } from '../../../db/schema/index.ts'
import { inRegions, inScope, requireWholeRegister } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { addDays, dayInChina, isDay, startOfDay } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { slotAt } from './slots.ts'

/** Rows inserted at once. */
const CHUNK = 1000

/** Which websites: all that is given must hold. */
export const selection = z.object({
  all: z.literal(true).optional(),
  ids: z.array(z.coerce.number().int().positive()).min(1).max(20_000).optional(),
  region: z.string().max(12).optional(),
  organisation: z.coerce.number().int().positive().optional(),
}).refine((s) => Object.values(s).some((v) => v !== undefined), 'name a selection: all, ids, region or organisation')

export type Selection = z.infer<typeof selection>

/** The condition on `channel c` (active websites are for the caller to ask). */
export function selected(s: Selection): ReturnType<typeof sql> {
  const all = [sql`true`]
  if (s.ids !== undefined) all.push(sql`c.id in (select value::bigint from json_array_elements_text(${JSON.stringify(s.ids)}::json))`)
  if (s.region !== undefined) all.push(inRegions(sql`c.region_code`, [s.region]))
  if (s.organisation !== undefined) all.push(sql`c.organisation_id = ${s.organisation}`)
  return sql.join(all, sql` and `)
}

const input = z.object({
  selection,
  /** First day in China; by default the next whole one. */
  from: z.string().refine(isDay, 'a day such as 2026-06-01').optional(),
  days: z.coerce.number().int().min(7).max(31).default(7),
  visitsPerDay: z.coerce.number().int().min(20).max(96).default(24),
  vantages: z.coerce.number().int().min(1).max(2).default(2),
  reason: z.string().max(500).optional(),
})

export type StartWeekInput = z.input<typeof input>
export type StartedWeek = { readonly started: number; readonly from: Day; readonly days: number; readonly visitsPerDay: number; readonly vantages: number; readonly running: number }

/**
 * Puts the active websites of a selection under a week's watch (检查指标 W2: one week, at least 20 spaced visits a day). Whole days
 * only, so it begins with the next midnight in China. Those already under watch (`running`) are left as they are.
 * Throws `bad_input`, `not_found` where the selection is empty, `forbidden`.
 */
export async function startWeek({ ctx, input: raw }: { ctx: Ctx; input: StartWeekInput }): Promise<StartedWeek> {
  requireRole(ctx.actor, ['operations'])
  const given = input.safeParse(raw)
  if (!given.success) throw new HuoshuiError('bad_input', { zh: `监测周设置有误:${z.prettifyError(given.error)}`, en: `Wrong week: ${z.prettifyError(given.error)}` })
  const { selection: which, days, visitsPerDay, vantages, reason } = given.data
  if (which.all === true) requireWholeRegister(ctx.actor)
  const now = ctx.clock.now()
  const today = dayInChina(now)
  const next = startOfDay(today).getTime() === now.getTime() ? today : addDays(today, 1)
  const from = given.data.from ?? next
  if (from < next) throw new HuoshuiError('bad_input', { zh: `监测周从整日开始,最早为 ${next}`, en: `a week is of whole days: it can begin on ${next} at the earliest` })
  return ctx.db.orm.transaction(async (tx) => {
    const found = await tx.execute<{ id: number; running: boolean }>(sql`
      select c.id::int as id, exists (select from availability_week w where w.channel_id = c.id and w.state = 'running') as running
        from channel c where c.kind = 'website' and c.state = 'active' and ${selected(which)} and ${inScope(sql`c.region_code`, ctx.actor)} order by c.id`)
    if (found.length === 0) throw new HuoshuiError('not_found', { zh: '所选范围内没有在册的正常网站', en: 'there is no active website in the selection' })
    const fresh = found.filter((c) => !c.running)
    for (let i = 0; i < fresh.length; i += CHUNK) {
      await tx.insert(availabilityWeek).values(fresh.slice(i, i + CHUNK).map(({ id }) => ({
        channelId: id, fromOn: from, days, visitsPerDay, vantages, startedAt: now, startedBy: ctx.actor, nextSlot: 0,
        nextAt: slotAt({ channelId: id, fromOn: from, days, visitsPerDay }, 0),
      }))).onConflictDoNothing()
    }
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{
      verb: 'availability.start', entity: 'availability_week', detail: { selection: which, from, days, visitsPerDay, vantages, websites: fresh.length }, ...(reason === undefined ? {} : { reason }),
    }])
    return { started: fresh.length, from, days, visitsPerDay, vantages, running: found.length - fresh.length }
  })
}
