import { asc } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { requireWholeRegister } from '../../db/scope.ts'
import { bridge } from '../../db/schema/index.ts'
import { requireRole } from '../domain/permit.ts'
import { targetNames } from './load.ts'

export type BridgeRow = {
  readonly scope: string
  readonly target: string
  /** The channel's name. */
  readonly targetName: string | null
  readonly type: string
  /** Without user, password and query. */
  readonly url: string
  /** Its address holds more than is shown. */
  readonly accessCode: boolean
  readonly putBy: string
  /** ISO 8601. */
  readonly putAt: string
}

/** Every bridge, kinds first. For operations over the whole register. */
export async function listBridges({ ctx }: { ctx: Pick<Ctx, 'db' | 'actor'> }): Promise<BridgeRow[]> {
  requireRole(ctx.actor, ['operations'])
  requireWholeRegister(ctx.actor)
  const rows = await ctx.db.orm.select().from(bridge).orderBy(asc(bridge.id))
  const names = await targetNames(ctx, 'channel', rows.filter((r) => r.scope === 'channel').map((r) => Number(r.target)))
  return rows
    .map((r) => ({
      scope: r.scope, target: r.target, targetName: r.scope === 'channel' ? (names.get(r.target) ?? null) : null,
      type: r.type, url: r.url, accessCode: r.sealed !== null, putBy: r.putBy, putAt: r.putAt.toISOString(),
    }))
    .toSorted((a, b) => b.scope.localeCompare(a.scope))
}
