import { CHANNELS, guessKind, isProblem } from '../channels/index.ts'
import type { Identity } from '../channels/index.ts'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import type { Clock } from '../domain/clock.ts'
import { HuoshuiError } from '../domain/error.ts'
import { KIND_IDS } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import { OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { noEvidence } from '../evidence/index.ts'
import { NETWORK_OUTCOMES } from '../fetch/index.ts'
import { MEMORY, visitAccount } from './account.ts'
import type { Subject } from './load.ts'
import { createOwnNetwork } from './own-network.ts'
import { probeSite } from './probe.ts'
import { findRegistered } from './registered.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import { accountSight } from './sight.ts'
import type { AddressSight } from './sight.ts'
import { openTools } from './tools.ts'
import type { Log, Remembered, SiteSight, VisitorOptions } from './types.ts'
import { visitWebsite } from './website.ts'

export type AddressArgs = {
  readonly address: string
  /** Where the address alone does not tell. */
  readonly kind?: Kind
  readonly clock: Clock
  readonly config: Config
  readonly log: Log
  /** With a register at hand, requests are paced with everybody's, and its credentials and bridges are used. */
  readonly ctx?: Ctx
  readonly signal?: AbortSignal
  /** Functions of a website to be tried as well: all of them, or those named. */
  readonly probes?: 'all' | readonly string[]
} & Pick<VisitorOptions, 'fetcher' | 'browser' | 'bases'>

/**
 * Visits one address now and says all that was seen. Registers nothing and keeps nothing but the health of the credentials
 * it used. Throws `bad_input` where the address is no channel's: what it was understood to be, and what is wanted.
 */
export async function visitAddress(args: AddressArgs): Promise<AddressSight> {
  const { kind, given } = understood(args)
  const { config, log, clock } = args
  const registered = args.ctx === undefined ? null : await findRegistered(args.ctx.db.sql, kind, given)
  const identity = registered === null ? given : { ...given, address: registered.address, ...(registered.accountId === null ? {} : { accountId: registered.accountId }) }
  const tools = openTools({ ...args, ctx: args.ctx ?? null, config, log, evidence: noEvidence })
  const began = performance.now()
  const now = clock.now()
  const signal = args.signal === undefined ? AbortSignal.timeout(config.visitTimeout) : AbortSignal.any([args.signal, AbortSignal.timeout(config.visitTimeout)])
  const session = openSession(tools, { now, signal, ignoreRobots: registered?.ignoreRobots ?? false, pacing: {} }, remembered(registered), began + config.visitTimeout * 0.8)
  const frame = (outcome: Outcome): Frame => ({
    kind, address: identity.address, resolved: null, accountId: identity.accountId ?? null, accountName: null, channel: registered?.id ?? null, register: args.ctx === undefined ? 'none' : 'used',
    warning: given.warning ?? null, problem: null, at: now.toISOString(), outcome, outcomeText: OUTCOMES[outcome].name, advice: OUTCOMES[outcome].advice, atLeast: null, moved: null, suspect: null,
  })
  try {
    if (kind !== 'website') {
      const { chain, followed, ...result } = await visitAccount(session, {
        kind, identity, publishes: CHANNELS[kind].manifest.publishes, attestation: registered?.attestation ?? null,
        ...(registered === null ? {} : { name: registered.name, channel: registered }),
      })
      const outcome = await ourOwn(result.outcome, tools, config, session)
      return {
        ...frame(outcome), ...accountSight(kind, identity.address, chain, followed), ...(outcome === result.outcome ? { advice: chain.advice } : {}),
        detail: result.detail, newest: result.newest, witness: result.witness, source: result.source,
        home: null, consultation: null, columns: [], ...cost(session, began),
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
      ...(tried === undefined ? {} : { probes: tried.outcome === 'ok' || tried.probes.length > 0 ? tried.probes : null }), ...cost(session, began),
    }
  } finally {
    await tools.close()
  }
}

type Frame = Pick<AddressSight, 'kind' | 'address' | 'resolved' | 'accountId' | 'accountName' | 'channel' | 'register' | 'warning' | 'problem' | 'at' | 'outcome' | 'outcomeText' | 'advice' | 'atLeast' | 'moved' | 'suspect'>

/** Whose address it is. Throws `bad_input` that says what was understood and what is wanted. */
function understood({ address, kind: said }: Pick<AddressArgs, 'address' | 'kind'>): { kind: Kind; given: Identity } {
  const kind = said ?? guessKind(address)
  if (kind === null) {
    const shown = address.length > 120 ? `${address.slice(0, 119)}…` : address
    throw new HuoshuiError('bad_input', {
      zh: `“${shown}”不是网址,也不是某一平台特有的账号形式,无法判断属于哪类渠道。请给出主页的完整网址,或用 --kind 指明类型:${KIND_IDS.join('、')}`,
      en: `“${shown}” is neither an address nor an id of a form that only one platform has: it cannot be told whose it is. Give the whole address of the home page, or name its kind with --kind: ${KIND_IDS.join(', ')}`,
    }, { details: [{ problem: 'no_kind' }] })
  }
  const given = CHANNELS[kind].identify(address)
  if (isProblem(given)) throw new HuoshuiError('bad_input', given.text, { details: [{ problem: given.problem, kind, ...(given.kind === undefined ? {} : { belongsTo: given.kind }) }] })
  return { kind, given }
}

/** What earlier visits of the registered account learned of it; the pages of a site are looked at as if for the first time. */
function remembered(registered: Subject | null): ReadonlyMap<string, Remembered> {
  const memory = registered?.pages.get(MEMORY)
  return new Map(memory === undefined ? [] : [[MEMORY, memory]])
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
