import { CHANNELS } from '../channels/index.ts'
import type { ChainResult, IdentityProblem, ProblemCode, Tier } from '../channels/index.ts'
import type { Day } from '../domain/date.ts'
import type { Kind } from '../domain/kinds.ts'
import type { ObservationValues } from '../domain/observation.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Witness } from '../domain/witness.ts'
import type { ProbeRun } from '../probes/index.ts'
import type { Followed } from './follow.ts'

export type SourceSight = {
  readonly source: string
  readonly tier: Tier
  /** Null where it was not asked, an earlier one having spoken. */
  readonly outcome: Outcome | null
  readonly detail: string
  /** Its word is the answer. */
  readonly spoke: boolean
  readonly skipped: boolean
  /** Why it was skipped. */
  readonly why: Text | null
}

/** All that was seen at an address, as plain data. Days are `YYYY-MM-DD` in China's time, instants ISO 8601. */
export type AddressSight = {
  readonly kind: Kind
  /** As it was understood. */
  readonly address: string
  /** The account's own address, where a short link, a vanity name or an article had to be followed to it. */
  readonly resolved: string | null
  readonly accountId: string | null
  /** The name that the platform shows. */
  readonly accountName: string | null
  /** Its number in the register, where the address is registered; nothing is written of the visit either way. */
  readonly channel: number | null
  /** Were the register's credentials and bridges at hand? */
  readonly register: 'used' | 'none'
  /** Taken, though it is not the best form. */
  readonly warning: Text | null
  /** What the address turned out to be, where it leads to no account: what was understood, and what is wanted. */
  readonly problem: ({ readonly code: ProblemCode } & Text) | null
  readonly at: string
  readonly outcome: Outcome
  readonly outcomeText: Text
  readonly advice: Text
  readonly detail: string | null
  readonly newest: Day | null
  readonly witness: Witness | null
  /** Which source spoke. */
  readonly source: string
  /** It published at least as late as this, whatever else is unknown. */
  readonly atLeast: Day | null
  /** Where the platform says that it has moved, and what was found there. */
  readonly moved: { readonly to: string; readonly found: Pick<AddressSight, 'kind' | 'address' | 'accountId' | 'outcome' | 'newest' | 'witness' | 'source'> | null } | null
  /** A guess at its end, which decides nothing until a person has confirmed the signal. */
  readonly suspect: { readonly outcome: Outcome; readonly signal: string } | null
  readonly home: (ObservationValues['home'] & { readonly items: number }) | null
  readonly consultation: ObservationValues['consultation'] | null
  readonly columns: readonly {
    readonly name: string
    readonly url: string
    readonly class: string
    readonly outcome: Outcome
    readonly list: string
    readonly newest: Day | null
    readonly witness: Witness | null
    readonly title: string | null
    readonly titleUrl: string | null
    readonly items: number
    readonly detail: string | null
  }[]
  /** Kinds other than websites: each source of the chain in its order, and what it said or why it was not asked. */
  readonly attempts: readonly SourceSight[]
  readonly pages: number
  readonly requests: number
  readonly bytes: number
  readonly rendered: boolean
  readonly ms: number
  /** What was tried, where probes were asked for; null where the home page could not be read. */
  readonly probes?: readonly ProbeRun[] | null
  readonly evidence: readonly { readonly sha256: string; readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly size: number }[]
}

/** What the chain of an account's sources adds to a sight of its address. */
export function accountSight(kind: Kind, address: string, chain: ChainResult, followed: Followed | null): Pick<AddressSight, 'resolved' | 'accountId' | 'accountName' | 'problem' | 'atLeast' | 'moved' | 'suspect' | 'attempts'> {
  const { identity } = chain
  return {
    resolved: identity.address === address ? null : identity.address,
    accountId: identity.accountId ?? chain.account?.id ?? null,
    accountName: chain.account?.name ?? null,
    problem: problemOf(chain.identityProblem),
    atLeast: chain.lowerBound,
    moved: chain.outcome !== 'moved' || chain.movedTo == null ? null : { to: chain.movedTo, found: followed === null ? null : foundAt(followed) },
    suspect: chain.suspect ?? null,
    attempts: sourcesOf(kind, chain),
  }
}

function problemOf(found: IdentityProblem | null): AddressSight['problem'] {
  return found === null ? null : { code: found.problem, ...found.text }
}

function foundAt({ kind, chain }: Followed): NonNullable<AddressSight['moved']>['found'] {
  const { identity, outcome, newest, witness, source } = chain
  return { kind, address: identity.address, accountId: identity.accountId ?? null, outcome, newest, witness, source }
}

const SPOKEN: Text = { zh: '前面的来源已有结论，未再询问', en: 'not asked: an earlier source had spoken' }
const UNRESOLVED: Text = { zh: '未能得知是哪个账号，未询问', en: 'not asked: whose account it is could not be learned' }

function sourcesOf(kind: Kind, chain: ChainResult): SourceSight[] {
  const tried = chain.attempts.map(({ source, tier, outcome, detail, skipped, overruled, why }): SourceSight => ({
    source, tier, outcome, detail, skipped, spoke: source === chain.source && !skipped && !overruled, why: why ?? null,
  }))
  const known = new Set(tried.map((a) => a.source))
  const why = tried.some((a) => a.spoke && a.source !== 'resolve') ? SPOKEN : UNRESOLVED
  const rest = CHANNELS[kind].sources.filter((s) => !known.has(s.id)).map((s): SourceSight => ({
    source: s.id, tier: s.tier, outcome: null, detail: why.en, spoke: false, skipped: true, why,
  }))
  return [...tried, ...rest]
}
