import { CHANNELS, guessKind, isProblem } from '../channels/index.ts'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import type { Clock } from '../domain/clock.ts'
import type { Day } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import type { Kind } from '../domain/kinds.ts'
import type { ObservationValues } from '../domain/observation.ts'
import { OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Witness } from '../domain/witness.ts'
import type { ProbeRun } from '../probes/index.ts'
import { noEvidence } from '../evidence/index.ts'
import { NETWORK_OUTCOMES } from '../fetch/index.ts'
import { visitAccount } from './account.ts'
import { createOwnNetwork } from './own-network.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import { openTools } from './tools.ts'
import type { Log, SiteSight, VisitorOptions } from './types.ts'
import { probeSite } from './probe.ts'
import { visitWebsite } from './website.ts'

/** All that was seen at an address, as plain data. Days are `YYYY-MM-DD` in China's time, instants ISO 8601. */
export type AddressSight = {
  readonly kind: Kind
  readonly address: string
  readonly accountId: string | null
  readonly at: string
  readonly outcome: Outcome
  readonly outcomeText: Text
  readonly advice: Text
  readonly detail: string | null
  readonly newest: Day | null
  readonly witness: Witness | null
  /** Which source spoke. */
  readonly source: string
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
  /** Kinds other than websites: what each source said. */
  readonly attempts: readonly { readonly source: string; readonly outcome: Outcome; readonly detail: string }[]
  readonly pages: number
  readonly requests: number
  readonly bytes: number
  readonly rendered: boolean
  readonly ms: number
  /** What was tried, where probes were asked for; null where the home page could not be read. */
  readonly probes?: readonly ProbeRun[] | null
  readonly evidence: readonly { readonly sha256: string; readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly size: number }[]
}

export type AddressArgs = {
  readonly address: string
  /** Where the address alone does not tell. */
  readonly kind?: Kind
  readonly clock: Clock
  readonly config: Config
  readonly log: Log
  /** With a register at hand, requests are paced with everybody's. */
  readonly ctx?: Ctx
  readonly signal?: AbortSignal
  /** Functions of a website to be tried as well: all of them, or those named. */
  readonly probes?: 'all' | readonly string[]
} & Pick<VisitorOptions, 'fetcher' | 'browser' | 'bases'>

/** Visits one address now and says all that was seen. Registers nothing, keeps nothing. Throws `bad_input` where the address is none. */
export async function visitAddress(args: AddressArgs): Promise<AddressSight> {
  const kind = args.kind ?? guessKind(args.address)
  if (kind === null) {
    throw new HuoshuiError('bad_input', {
      zh: `无法识别“${args.address}”:请给出完整网址,或先在台账中登记其类型`,
      en: `Cannot tell what "${args.address}" is: give a whole address, or register it with its kind`,
    })
  }
  const identity = CHANNELS[kind].identify(args.address)
  if (isProblem(identity)) throw new HuoshuiError('bad_input', identity.text, { details: [{ problem: identity.problem }] })
  const { config, log, clock } = args
  const tools = openTools({ ...args, ctx: args.ctx ?? null, config, log, evidence: noEvidence })
  const began = performance.now()
  const now = clock.now()
  const signal = args.signal === undefined ? AbortSignal.timeout(config.visitTimeout) : AbortSignal.any([args.signal, AbortSignal.timeout(config.visitTimeout)])
  const session = openSession(tools, { now, signal, ignoreRobots: false, pacing: {} }, new Map(), began + config.visitTimeout * 0.8)
  const frame = (outcome: Outcome): Pick<AddressSight, 'kind' | 'address' | 'accountId' | 'at' | 'outcome' | 'outcomeText' | 'advice'> => ({
    kind, address: identity.address, accountId: identity.accountId ?? null, at: now.toISOString(), outcome, outcomeText: OUTCOMES[outcome].name, advice: OUTCOMES[outcome].advice,
  })
  try {
    if (kind !== 'website') {
      const { chain, ...result } = await visitAccount(session, { kind, identity, publishes: CHANNELS[kind].manifest.publishes, attestation: null })
      const outcome = await ourOwn(result.outcome, tools, config, session)
      return {
        ...frame(outcome), ...(outcome === result.outcome ? { advice: chain.advice } : {}), detail: result.detail, newest: result.newest, witness: result.witness, source: result.source,
        home: null, consultation: null, columns: [], attempts: chain.attempts.map(({ source, outcome: o, detail }) => ({ source, outcome: o, detail })), ...cost(session, began),
      }
    }
    const site = await visitWebsite(session, identity.address, [])
    const tried = args.probes === undefined ? undefined : await probeSite({
      tools, terms: session.terms, which: args.probes, mayPost: false,
      site: { name: '', siteCode: null, url: identity.address },
      columns: site.columns.map(({ name, url, class: kindOf }) => ({ name, url, class: kindOf })),
    })
    return {
      ...frame(await ourOwn(site.outcome, tools, config, session)), detail: site.detail, newest: site.newest, witness: site.witness, source: 'site',
      home: { ...site.home, items: site.homeItems.length }, consultation: site.consultation, columns: site.columns.map(columnOf), attempts: [],
      ...(tried === undefined ? {} : { probes: tried?.probes ?? null }), ...cost(session, began),
    }
  } finally {
    await tools.close()
  }
}

/** A failure of the network is our own where the canaries say so; without canaries one address alone cannot tell. */
async function ourOwn(outcome: Outcome, tools: ReturnType<typeof openTools>, config: Config, session: Session): Promise<Outcome> {
  if (!NETWORK_OUTCOMES.has(outcome) || session.counts.pages > 0 || config.canaries.length === 0) return outcome
  const network = createOwnNetwork({ fetcher: tools.fetcher, canaries: config.canaries, register: null })
  return (await network.judge(0, session.terms.signal)).sees ? outcome : 'own_network'
}

function columnOf(c: SiteSight['columns'][number]): AddressSight['columns'][number] {
  return {
    name: c.name, url: c.url, class: c.class, outcome: c.outcome, list: c.list, newest: c.newest, witness: c.witness,
    title: c.newestTitle, titleUrl: c.newestUrl, items: c.items.length, detail: c.detail,
  }
}

function cost(session: Session, began: number): Pick<AddressSight, 'pages' | 'requests' | 'bytes' | 'rendered' | 'ms' | 'evidence'> {
  const { pages, requests, bytes, renders } = session.counts
  return {
    pages, requests, bytes, rendered: renders > 0, ms: Math.round(performance.now() - began),
    evidence: session.evidence.map(({ sha256, url, finalUrl, status, size }) => ({ sha256, url, finalUrl, status, size })),
  }
}
