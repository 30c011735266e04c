import { z } from 'zod'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { requireInScope } from '../../db/scope.ts'
import type { Tx } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'

const input = z.object({ id: z.coerce.number().int().positive(), reason: z.string().max(500).optional() })

export type ChannelInput = z.input<typeof input>
export type ChannelRow = { readonly id: number; readonly name: string; readonly state: string; readonly claimed: boolean }

/** One channel, locked, changed and audited in one transaction: what pause, resume and run have in common. Throws `bad_input`, `not_found`, `forbidden`. */
export async function changeChannel(ctx: Ctx, raw: ChannelInput, verb: string, change: (tx: Tx, row: ChannelRow, at: Date) => Promise<void>): Promise<ChannelRow> {
  requireRole(ctx.actor, ['operations'])
  const given = input.safeParse(raw)
  if (!given.success) {
    throw new HuoshuiError('bad_input', { zh: '渠道编号应为正整数', en: 'The channel is named by its number' }, { details: given.error.issues })
  }
  const { id, reason } = given.data
  const at = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const select = sql`select id::int as id, name, state, region_code as "regionCode", claimed_slot is not null as claimed from channel where id = ${id}`
    const [row] = (await tx.execute(sql`${select} for update`)) as unknown as (ChannelRow & { regionCode: string | null })[]
    if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `There is no channel ${id}` })
    await requireInScope(tx, ctx.actor, row.regionCode)
    await change(tx, row, at)
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb, entity: 'channel', entityId: id, detail: { before: row.state }, ...(reason === undefined ? {} : { reason }) }])
    const [now] = (await tx.execute(select)) as unknown as ChannelRow[]
    return now ?? row
  })
}

/** The channel's life must allow it: closed and merged ones are not visited again. */
export function assertState(row: ChannelRow, allowed: readonly string[]): void {
  if (allowed.includes(row.state)) return
  throw new HuoshuiError('conflict', {
    zh: `渠道 ${row.id}(${row.name})当前状态为 ${row.state},不能执行此操作`,
    en: `Channel ${row.id} (${row.name}) is ${row.state}: this cannot be done`,
  })
}
