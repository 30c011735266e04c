import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { setting } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

export const ORDER_KINDS = {
  rectification: { zh: '整改通知单', en: 'rectification order', mark: '活水改' },
  shutdown: { zh: '关停通知', en: 'shutdown notice', mark: '活水停' },
} as const
export type OrderKind = keyof typeof ORDER_KINDS

const letterhead = z.object({
  /** 发文机关 */
  issuer: z.string().trim().min(1).max(100).optional(),
  contact: z.string().trim().min(1).max(200).optional(),
  /** 机关代字 before 〔year〕, e.g. 赣活水改 */
  rectification: z.string().trim().min(1).max(20).optional(),
  shutdown: z.string().trim().min(1).max(20).optional(),
})
const input = letterhead.extend({ region: z.string().regex(/^[0-9Z]{6}$/) })
export type Letterhead = z.infer<typeof letterhead>

/** Sets a region's letterhead; what is left out stays. Throws `not_found` (no such region), `forbidden`. */
export async function setLetterhead({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Letterhead> {
  requireRole(ctx.actor, ['rectification'])
  const { region, ...given } = input.parse(raw)
  return ctx.db.orm.transaction(async (tx) => {
    const [found] = await tx.execute(q`select 1 from region where code = ${region}`)
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有代码为 ${region} 的地区`, en: `there is no region ${region}` })
    await requireInScope(tx, ctx.actor, region)
    const value = { ...(await stored(tx, region)), ...Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) }
    const now = ctx.clock.now()
    await tx.insert(setting).values({ key: `letterhead:${region}`, value, updatedAt: now }).onConflictDoUpdate({ target: setting.key, set: { value, updatedAt: now } })
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'order.letterhead', entity: 'region', entityId: region, detail: value }])
    return value
  })
}

/** A region's letterhead as its documents will bear it. Throws `not_found`, `forbidden`. */
export async function showLetterhead({ ctx, input: { region } }: { ctx: Ctx; input: { region: string } }): Promise<Required<Omit<Letterhead, 'contact'>> & { region: string; contact: string | null }> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  return ctx.db.orm.transaction(async (tx) => {
    const [found] = await tx.execute(q`select 1 from region where code = ${region}`)
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有代码为 ${region} 的地区`, en: `there is no region ${region}` })
    await requireInScope(tx, ctx.actor, region)
    const { issuer, contact, prefix } = await letterheadOf(tx, region)
    return { region, issuer, contact, ...prefix }
  })
}

/** A region's letterhead: as set, else made from the region's name. */
export async function letterheadOf(tx: Tx, region: string): Promise<{ issuer: string; contact: string | null; prefix: Readonly<Record<OrderKind, string>> }> {
  const [row] = await tx.execute<{ name: string }>(q`select name from region where code = ${region}`)
  const name = row?.name ?? ''
  const short = name.replace(/(?:壮族|回族|维吾尔)?自治区$|省$|市$|县$|区$/u, '') || name
  const set = await stored(tx, region)
  return {
    issuer: set.issuer ?? `${name}政务公开主管部门`,
    contact: set.contact ?? null,
    prefix: { rectification: set.rectification ?? `${short}${ORDER_KINDS.rectification.mark}`, shutdown: set.shutdown ?? `${short}${ORDER_KINDS.shutdown.mark}` },
  }
}

async function stored(tx: Tx, region: string): Promise<Letterhead> {
  const [row] = await tx.execute<{ value: unknown }>(q`select value from setting where key = ${`letterhead:${region}`}`)
  const parsed = letterhead.safeParse(row?.value ?? {})
  return parsed.success ? parsed.data : {}
}
