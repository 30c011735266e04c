import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { requireWholeRegister } from '../../db/scope.ts'
import { bridge } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { isKind } from '../domain/kinds.ts'
import { requireRole } from '../domain/permit.ts'
import type { KeyPlace } from './key.ts'
import { changed } from './revision.ts'
import { seal } from './seal.ts'
import { bridgePlace, sealingKey } from './sealed-rows.ts'
import { requireTarget } from './target.ts'

export const BRIDGE_TYPES = ['wewe', 'rsshub', 'feed'] as const

const which = {
  /** Kind id or channel number. */
  kind: z.string().optional(),
  channel: z.coerce.number().int().positive().optional(),
  type: z.enum(BRIDGE_TYPES),
}
const setInput = z.object({ ...which, url: z.url({ protocol: /^https?$/, error: 'an http(s) address' }).max(2000) })
const removeInput = z.object(which)

type Place = { readonly scope: 'kind' | 'channel'; readonly target: string; readonly type: (typeof BRIDGE_TYPES)[number] }

/**
 * Names a bridge that the operator runs, for all channels of a kind or for one channel, in the stead of one of the same
 * type. An access code in the address is sealed. Throws `bad_input`, `not_found`, `forbidden`, `unavailable` (wrong key).
 */
export async function setBridge({ ctx, keys, input }: { ctx: Ctx; keys: KeyPlace; input: z.input<typeof setInput> }): Promise<Place & { readonly url: string }> {
  requireRole(ctx.actor, ['operations'])
  const parsed = setInput.safeParse(input)
  // The schema's own words would repeat the address, and with it an access code.
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((i) => i.path.join('.')).join(', ')
    throw new HuoshuiError('bad_input', { zh: `转接设置有误:${wrong}(类型应为 ${BRIDGE_TYPES.join('、')},地址应为 http(s))`, en: `wrong bridge: ${wrong} (the type is one of ${BRIDGE_TYPES.join(', ')}, the address http or https)` })
  }
  const place = placeOf(parsed.data)
  if (place.type === 'feed' && place.scope === 'kind') {
    throw new HuoshuiError('bad_input', { zh: 'feed 是单个渠道的订阅地址:请用 --channel 指定渠道', en: 'a feed is one channel’s address: name the channel with --channel' })
  }
  const shown = withoutSecrets(parsed.data.url)
  await ctx.db.orm.transaction(async (tx) => {
    await requirePlace(tx, ctx, place)
    const at = ctx.clock.now()
    const whole = new URL(parsed.data.url).href
    const key = shown === whole ? null : await sealingKey(tx, keys)
    const row = { ...place, url: shown, sealed: key === null ? null : seal(key, bridgePlace(place), whole), keyId: key?.id ?? null, putBy: ctx.actor.name, putAt: at }
    await tx.insert(bridge).values(row).onConflictDoUpdate({ target: [bridge.scope, bridge.target, bridge.type], set: row })
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'bridge.set', entity: 'bridge', entityId: `${place.scope}:${place.target}`, detail: { type: place.type, url: shown } }])
  })
  changed()
  return { ...place, url: shown }
}

/** Takes a bridge away. Throws `not_found` where there is none. */
export async function removeBridge({ ctx, input }: { ctx: Ctx; input: z.input<typeof removeInput> }): Promise<void> {
  requireRole(ctx.actor, ['operations'])
  const place = placeOf(removeInput.parse(input))
  await ctx.db.orm.transaction(async (tx) => {
    await requirePlace(tx, ctx, place)
    const gone = await tx.delete(bridge).where(and(eq(bridge.scope, place.scope), eq(bridge.target, place.target), eq(bridge.type, place.type))).returning({ id: bridge.id })
    if (gone.length === 0) throw new HuoshuiError('not_found', { zh: '没有这项转接:用 bridge list 查看', en: 'there is no such bridge: see bridge list' })
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'bridge.remove', entity: 'bridge', entityId: `${place.scope}:${place.target}`, detail: { type: place.type } }])
  })
  changed()
}

function placeOf({ kind, channel, type }: { kind?: string | undefined; channel?: number | undefined; type: Place['type'] }): Place {
  if ((kind === undefined) === (channel === undefined)) {
    throw new HuoshuiError('bad_input', { zh: '请指定渠道类型或渠道编号,二者取一', en: 'name a kind or a channel: one of the two' })
  }
  if (kind === undefined) return { scope: 'channel', target: String(channel), type }
  if (!isKind(kind) || kind === 'website') throw new HuoshuiError('bad_input', { zh: `${JSON.stringify(kind)} 不是可转接的渠道类型`, en: `${JSON.stringify(kind)} is no kind that a bridge can read` })
  return { scope: 'kind', target: kind, type }
}

async function requirePlace(tx: Tx, ctx: Ctx, place: Place): Promise<void> {
  if (place.scope === 'kind') return requireWholeRegister(ctx.actor)
  return requireTarget(tx, ctx.actor, { scope: 'channel', target: place.target })
}

/** The address as it may be shown: without user, password, query and fragment. */
function withoutSecrets(address: string): string {
  const url = new URL(address)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url.href
}
