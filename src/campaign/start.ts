import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { campaign } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { KIND_IDS } from '../domain/kinds.ts'
import { regionScope, requireRole } from '../domain/permit.ts'
import { inRegions } from '../../db/scope.ts'

const input = z.object({
  name: z.string().trim().min(1).max(100),
  regions: z.array(z.string().regex(/^\d{6}(\d{3})?$/)).default([]),
  kinds: z.array(z.enum(KIND_IDS)).default([]),
  targetRate: z.number().min(0).max(100).optional(),
})

export type CampaignStarted = { readonly id: number; readonly name: string; readonly baseline: number }

/**
 * Starts a campaign: freezes the baseline from the register as it stands. Channels already closed or merged are not in
 * it; what is registered later is an addition, counted apart. Throws `conflict` where the name is taken, `bad_input`
 * where the scope holds no channel.
 */
export async function startCampaign({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<CampaignStarted> {
  requireRole(ctx.actor, ['administrator', 'rectification'])
  const parsed = input.safeParse(raw)
  if (!parsed.success) {
    throw new HuoshuiError('bad_input', { zh: `专项行动参数有误:${z.prettifyError(parsed.error)}`, en: `the campaign's settings do not fit: ${z.prettifyError(parsed.error)}` })
  }
  const { name, kinds, targetRate } = parsed.data
  const own = regionScope(ctx.actor)
  const regions = parsed.data.regions.length > 0 || own === null ? parsed.data.regions : [own]
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const [made] = await tx.insert(campaign)
      .values({ name, startedAt: now, scope: { regions, kinds }, targets: targetRate === undefined ? {} : { rate: targetRate }, startedBy: ctx.actor })
      .onConflictDoNothing().returning({ id: campaign.id })
    if (made === undefined) {
      throw new HuoshuiError('conflict', { zh: `已有名为“${name}”的专项行动,请换一个名称`, en: `a campaign named ${name} exists already: choose another name` })
    }
    const members = await tx.execute(q`
      insert into campaign_member (campaign_id, channel_id, kind, region_code)
      select ${made.id}, id, kind, region_code from channel
       where state in ('active', 'paused')
         and ${inRegions(q`region_code`, regions)}
         and ${inRegions(q`region_code`, own === null ? [] : [own])}
         and (${kinds.length} = 0 or kind = any(${q.param(kinds)}::text[]))
      returning 1`)
    if (members.length === 0) {
      throw new HuoshuiError('bad_input', { zh: '所选范围内没有在运行的渠道,无法确定基线', en: 'no running channel lies in this scope, so there is no baseline' })
    }
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'campaign.start', entity: 'campaign', entityId: made.id, detail: { name, regions, kinds, baseline: members.length } }])
    return { id: made.id, name, baseline: members.length }
  })
}
