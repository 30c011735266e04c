import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { requireRole } from '../domain/permit.ts'
import { inScope } from '../../db/scope.ts'
import type { Ctx } from '../../db/context.ts'

/** At once in one act; the audit trail has a row for each. */
export const MOST = 20_000

export const changeManyInput = z.object({
  act: z.enum(['pause', 'resume', 'run']),
  ids: z.array(z.number().int().positive()).min(1).max(MOST),
  reason: z.string().trim().max(500).optional(),
})

export type ChangedMany = {
  readonly asked: number
  readonly changed: number
  /** Left as they are: closed or merged, in that state already, in hand, or not in the actor's region. */
  readonly left: number
}

const ACTS: Readonly<Record<z.infer<typeof changeManyInput>['act'], { from: SQL; set: (at: SQL) => SQL }>> = {
  pause: { from: sql`c.state = 'active'`, set: (at) => sql`state = 'paused', updated_at = ${at}, claimed_slot = null, claimed_at = null` },
  resume: { from: sql`c.state = 'paused'`, set: (at) => sql`state = 'active', updated_at = ${at}` },
  run: { from: sql`c.state = 'active' and c.claimed_slot is null`, set: (at) => sql`next_due_at = ${at}, due_reason = 'run_now'` },
}

/** Pauses, resumes or makes due many channels in one transaction. What it does not apply to is left as it is and counted. */
export async function changeChannels({ ctx, input }: { ctx: Ctx; input: z.input<typeof changeManyInput> }): Promise<ChangedMany> {
  requireRole(ctx.actor, ['operations'])
  const { act, ids, reason } = changeManyInput.parse(input)
  const wanted = [...new Set(ids)]
  const at = ctx.clock.now()
  const { from, set } = ACTS[act]
  return ctx.db.orm.transaction(async (tx) => {
    const done = await tx.execute<{ id: string; before: string }>(sql`
      with chosen as (
        select c.id, c.state from channel c where c.id in (select value::bigint from json_array_elements_text(${JSON.stringify(wanted)}::json))
           and ${from} and ${inScope(sql`c.region_code`, ctx.actor)} order by c.id for update)
      update channel set ${set(sql`${at.toISOString()}::timestamptz`)} from chosen where channel.id = chosen.id returning channel.id, chosen.state as before`)
    for (let i = 0; i < done.length; i += 1000) {
      await recordAudit(tx, { actor: ctx.actor, at }, done.slice(i, i + 1000).map((d) => ({
        verb: `channel.${act}`, entity: 'channel', entityId: d.id, detail: { before: d.before, together: done.length }, ...(reason === undefined ? {} : { reason }),
      })))
    }
    return { asked: wanted.length, changed: done.length, left: wanted.length - done.length }
  })
}
