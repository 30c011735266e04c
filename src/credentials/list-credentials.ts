import { asc } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { requireWholeRegister } from '../../db/scope.ts'
import { credential } from '../../db/schema/index.ts'
import { addDays, dayInChina } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import { requireRole } from '../domain/permit.ts'
import { CREDENTIALS } from './catalogue.ts'
import { targetNames } from './load.ts'
import { stoppedChannels } from './stopped.ts'
import type { StoppedChannel } from './stopped.ts'

/** Days before the stated end at which it is said. */
const SOON = 7

export type CredentialState = 'works' | 'untried' | 'failing' | 'expires_soon' | 'expired' | 'stopped' | 'unknown_id'

export type CredentialRow = {
  readonly id: string
  readonly kind: string | null
  readonly scope: string
  readonly target: string
  /** The organisation's or channel's name. */
  readonly targetName: string | null
  /** Names only. */
  readonly fields: readonly string[]
  readonly state: CredentialState
  readonly putBy: string
  /** Instants are ISO 8601. */
  readonly putAt: string
  readonly validUntil: Day | null
  readonly lastSuccessAt: string | null
  readonly failures: number
  readonly lastFailure: string | null
  readonly lastFailureAt: string | null
  readonly stoppedSince: string | null
  /** Fingerprint of the key it is sealed with. */
  readonly keyId: string
  /** Channels that could not be seen at their last visit because of it: how many, and the first 50. */
  readonly stoppedChannels: number
  readonly stopped: readonly StoppedChannel[]
}

/** The credentials board: health, who put each, what stands still. No secret is read, no key is needed. For operations over the whole register. */
export async function listCredentials({ ctx }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'> }): Promise<CredentialRow[]> {
  requireRole(ctx.actor, ['operations'])
  requireWholeRegister(ctx.actor)
  return board({ ctx })
}

export async function board({ ctx }: { ctx: Pick<Ctx, 'db' | 'clock'> }): Promise<CredentialRow[]> {
  const rows = await ctx.db.orm.select().from(credential).orderBy(asc(credential.credentialId), asc(credential.id))
  if (rows.length === 0) return []
  const idsOf = (scope: string): number[] => rows.filter((r) => r.scope === scope).map((r) => Number(r.target))
  const [organisations, channels, stopped] = await Promise.all([
    targetNames(ctx, 'organisation', idsOf('organisation')), targetNames(ctx, 'channel', idsOf('channel')), stoppedChannels(ctx, rows),
  ])
  const today = dayInChina(ctx.clock.now())
  return rows.map((r) => {
    const still = stopped.get(r.id) ?? []
    return {
      id: r.credentialId, kind: CREDENTIALS.get(r.credentialId)?.kind ?? null, scope: r.scope, target: r.target,
      targetName: (r.scope === 'organisation' ? organisations : channels).get(r.target) ?? null,
      fields: r.fields, state: stateOf(r, today), putBy: r.putBy, putAt: r.putAt.toISOString(), validUntil: r.validUntil,
      lastSuccessAt: r.lastSuccessAt?.toISOString() ?? null, failures: r.failures, lastFailure: r.lastFailure,
      lastFailureAt: r.lastFailureAt?.toISOString() ?? null, stoppedSince: r.stoppedSince?.toISOString() ?? null, keyId: r.keyId,
      stoppedChannels: still.length, stopped: still.slice(0, 50),
    }
  })
}

/** What the platform says goes before what the date says. */
function stateOf(r: typeof credential.$inferSelect, today: Day): CredentialState {
  if (!CREDENTIALS.has(r.credentialId)) return 'unknown_id'
  if (r.stoppedSince !== null) return 'stopped'
  if (r.validUntil !== null && r.validUntil < today) return 'expired'
  if (r.failures > 0) return 'failing'
  if (r.validUntil !== null && r.validUntil <= addDays(today, SOON)) return 'expires_soon'
  return r.lastSuccessAt === null ? 'untried' : 'works'
}
