import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { filing } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina, isDay } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { FIELDS_NEEDED, lackingSql } from './needed.ts'

const input = z.object({
  channel: z.number().int().positive(),
  number: z.string().trim().min(1).max(60),
  reviewedBy: z.string().trim().min(1).max(60),
  filedOn: z.string().refine(isDay, 'YYYY-MM-DD').optional(),
})

export type Filed = { readonly channel: number; readonly number: string; readonly filedOn: string }

/**
 * Files a channel that is kept (登记备案): refused while a required field is empty. Throws `bad_input` (what is lacking; a
 * day ahead), `conflict` (it is shut or merged), `not_found`, `forbidden`.
 */
export async function fileChannel({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Filed> {
  requireRole(ctx.actor, ['rectification', 'operations'])
  const { channel, number, reviewedBy, ...rest } = input.parse(raw)
  const now = ctx.clock.now()
  const filedOn = rest.filedOn ?? dayInChina(now)
  if (filedOn > dayInChina(now)) throw new HuoshuiError('bad_input', { zh: `备案日期 ${filedOn} 晚于今天`, en: `the filing day ${filedOn} lies ahead` })
  return ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ state: string; regionCode: string | null; lacking: string[] }>(q`
      select c.state, c.region_code as "regionCode", ${lackingSql} as lacking from channel c where c.id = ${channel} for update of c`)
    if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${channel} 的渠道`, en: `there is no channel ${channel}` })
    await requireInScope(tx, ctx.actor, row.regionCode)
    if (row.state === 'closed' || row.state === 'merged') throw new HuoshuiError('conflict', { zh: '渠道已关停或整合,不能备案', en: 'the channel is shut or merged: it is not filed' })
    if (row.lacking.length > 0) {
      const names = FIELDS_NEEDED.filter((f) => row.lacking.includes(f.column))
      throw new HuoshuiError('bad_input', { zh: `备案信息不完整,缺:${names.map((f) => f.zh).join('、')}`, en: `the filing is incomplete; lacking: ${names.map((f) => f.en).join(', ')}` }, { details: row.lacking })
    }
    await tx.insert(filing).values({ channelId: channel, number, filedOn, reviewedBy, enteredBy: ctx.actor, enteredAt: now })
    await tx.execute(q`update channel set filing_status = 'filed', filing_number = ${number}, updated_at = ${now.toISOString()}::timestamptz where id = ${channel}`)
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'channel.file', entity: 'channel', entityId: channel, detail: { number, filedOn, reviewedBy } }])
    return { channel, number, filedOn }
  })
}
