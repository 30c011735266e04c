import { isProblem, CHANNELS } from '../channels/index.ts'
import type { Identity } from '../channels/index.ts'
import { HuoshuiError } from '../domain/error.ts'
import { isKind } from '../domain/kinds.ts'
import { NETWORK_OUTCOMES } from '../fetch/index.ts'
import type { Policy } from '../schedule/index.ts'
import { visitAccount } from './account.ts'
import { dueAfter } from './due.ts'
import { columnLimit, HOME_LIMIT } from './limits.ts'
import { loadSubject } from './load.ts'
import type { Subject } from './load.ts'
import type { OwnNetwork } from './own-network.ts'
import type { VisitResult } from './result.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import { termsOf } from './terms.ts'
import type { Tools, VisitorOptions, VisitSummary } from './types.ts'
import { visitWebsite } from './website.ts'
import { writeVisit } from './write.ts'

export type VisitArgs = { readonly channelId: number; readonly slot: Date; readonly reason: string; readonly signal: AbortSignal }

type Room = {
  readonly ctx: VisitorOptions['ctx']
  readonly tools: Tools
  readonly network: OwnNetwork
  readonly worker: string
  policyOf(subject: Subject): Promise<Policy>
}

/** Share of the visit's time after which nothing new is opened, so that what was seen is still written. */
const OPENING = 0.8

/** One visit of a registered channel for one slot: looks, then writes all of it or nothing. Throws where it was aborted or we are at fault. */
export async function visitChannel(room: Room, args: VisitArgs): Promise<VisitSummary> {
  const { network } = room
  const began = performance.now()
  const leave = network.enter(args.channelId)
  try {
    return await made(room, args, began, leave)
  } finally {
    leave(null, false)
  }
}

async function made(room: Room, args: VisitArgs, began: number, leave: ReturnType<OwnNetwork['enter']>): Promise<VisitSummary> {
  const { ctx, tools, network } = room
  const subject = await loadSubject(ctx.db.sql, args.channelId)
  if (subject === null) throw new HuoshuiError('not_found', { zh: `没有编号为 ${args.channelId} 的渠道`, en: `There is no channel ${args.channelId}` })
  const policy = await room.policyOf(subject)
  const startedAt = ctx.clock.now()
  const session = openSession(tools, termsOf(subject, policy, startedAt, args.signal), subject.pages, began + tools.config.visitTimeout * OPENING)
  const found = await look(session, subject)
  const suspicious = NETWORK_OUTCOMES.has(found.outcome) && session.counts.pages === 0
  const judgement = suspicious ? await network.judge(subject.id, args.signal) : null
  let result: VisitResult = judgement !== null && !judgement.sees
    ? { ...found, outcome: 'own_network', detail: `${judgement.why.en}; ${found.outcome}: ${found.detail ?? ''}`, site: null, account: null, newest: null }
    : found
  leave(result.outcome, session.counts.pages > 0 || result.homeStatus !== null)
  args.signal.throwIfAborted()
  if (session.evidenceTrouble !== null) {
    tools.log.warn(`evidence: ${session.evidenceTrouble}`)
    result = { ...result, detail: `evidence was not kept: ${session.evidenceTrouble}${result.detail === null ? '' : `; ${result.detail}`}` }
  }
  const endedAt = ctx.clock.now()
  const written = await writeVisit(ctx.db.sql, result, {
    channelId: subject.id, slot: args.slot, reason: args.reason, startedAt, endedAt, worker: room.worker, next: dueAfter(subject, result, policy, endedAt),
  })
  const { pages, requests, bytes, renders } = session.counts
  return {
    channelId: subject.id, outcome: result.outcome, detail: result.detail, pages, requests, bytes, newest: result.newest, rendered: renders > 0, written,
    ms: Math.round(performance.now() - began),
  }
}

async function look(session: Session, subject: Subject): Promise<VisitResult> {
  const kind = isKind(subject.kind) ? subject.kind : 'other'
  if (kind === 'website') return siteResult(session, subject)
  const identity: Identity = {
    ...identified(kind, subject), key: subject.identityKey, address: subject.address, ...(subject.accountId === null ? {} : { accountId: subject.accountId }),
  }
  const service = subject.functionType === 'service'
  return visitAccount(session, { kind, identity, name: subject.name, publishes: CHANNELS[kind].manifest.publishes && !service, attestation: subject.attestation, channel: subject })
}

/** What the address still needs (a short link to be resolved) is not in the register: it is read off the address again. */
function identified(kind: keyof typeof CHANNELS, subject: Subject): Partial<Identity> {
  const found = CHANNELS[kind].identify(subject.address)
  return isProblem(found) ? {} : found
}

async function siteResult(session: Session, subject: Subject): Promise<VisitResult> {
  const site = await visitWebsite(session, subject.address, subject.columns)
  return {
    outcome: site.outcome, detail: site.detail, source: 'site', newest: site.newest, witness: site.witness,
    homeMs: site.home.ms, homeStatus: site.home.status, counts: session.counts, site, account: null,
    pages: session.pages, evidence: session.evidence,
    watched: [
      ...(site.home.newest === null ? [] : [{ newest: site.home.newest, limit: HOME_LIMIT }]),
      ...site.columns.flatMap((c) => {
        const limit = columnLimit(c)
        return limit === null || c.newest === null ? [] : [{ newest: c.newest, limit }]
      }),
    ],
  }
}
