import type { Ctx } from '../../db/context.ts'
import { DEFAULT_POLICY, policySettings } from './settings.ts'
import type { Policy, PolicySettings, Scope } from './settings.ts'

export type PolicyRow = { readonly scope: Scope; readonly target: string; readonly settings: PolicySettings }

/** What of a channel decides which policies bind it. */
export type PolicySubject = {
  readonly id: number
  readonly kind: string
  readonly regionCode: string | null
  readonly organisationId: number | null
}

/** The region and those above it, the widest first. `parents` names them where codes do not (zones of our own, townships). */
export function regionChain(code: string, parents: ReadonlyMap<string, string | null> = new Map()): string[] {
  const chain: string[] = []
  let at: string | null = code
  while (at !== null && !chain.includes(at)) {
    chain.unshift(at)
    const parent: string | null | undefined = parents.get(at)
    at = parent !== undefined ? parent : parentByCode(at)
  }
  return chain
}

function parentByCode(code: string): string | null {
  if (/^\d{9}$/.test(code)) return code.slice(0, 6)
  if (!/^\d{6}$/.test(code) || code.endsWith('0000')) return null
  return code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`
}

/** The policy that binds a channel: defaults, then all < kind < region (province before county) < organisation < channel. */
export function resolvePolicy(rows: readonly PolicyRow[], subject: PolicySubject, parents?: ReadonlyMap<string, string | null>): Policy {
  return makeResolver(rows, parents)(subject)
}

/** The same for many channels: rows are looked up, not searched. */
export function makeResolver(rows: readonly PolicyRow[], parents?: ReadonlyMap<string, string | null>): (subject: PolicySubject) => Policy {
  const byKey = new Map(rows.map((r) => [`${r.scope}:${r.target}`, r.settings]))
  if (byKey.size === 0) return () => DEFAULT_POLICY
  return (subject) => {
    const keys = ['all:', `kind:${subject.kind}`]
    if (subject.regionCode !== null) keys.push(...regionChain(subject.regionCode, parents).map((code) => `region:${code}`))
    if (subject.organisationId !== null) keys.push(`organisation:${subject.organisationId}`)
    keys.push(`channel:${subject.id}`)
    return keys.reduce<Policy>((policy, key) => ({ ...policy, ...byKey.get(key) }), DEFAULT_POLICY)
  }
}

/** All policies as they stand, ready to be asked. */
export async function loadPolicies({ ctx }: { ctx: Pick<Ctx, 'db'> }): Promise<(subject: PolicySubject) => Policy> {
  const found = await ctx.db.sql<{ scope: Scope; target: string; settings: unknown }[]>`select scope, target, settings from policy`
  const rows = found.map((r) => ({ scope: r.scope, target: r.target, settings: policySettings.parse(r.settings) }))
  const parents = new Map<string, string | null>()
  if (rows.some((r) => r.scope === 'region')) {
    for (const r of await ctx.db.sql<{ code: string; parent: string | null }[]>`select code, parent_code as parent from region where parent_code is not null`) parents.set(r.code, r.parent)
  }
  return makeResolver(rows, parents)
}
