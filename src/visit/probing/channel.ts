import { HuoshuiError } from '../../domain/error.ts'
import { isObserved } from '../../domain/outcome.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Ctx } from '../../../db/context.ts'
import { PROBES } from '../../probes/index.ts'
import type { ProbeRun } from '../../probes/index.ts'
import type { Policy } from '../../schedule/index.ts'
import { probeSite } from '../probe.ts'
import { sameDomain } from '../same-site.ts'
import { termsOf } from '../terms.ts'
import type { Tools } from '../types.ts'
import { loadHistory } from './history.ts'
import { loadProbeSubject } from './load.ts'
import type { ProbeSubject } from './load.ts'
import { nextProbing } from './next.ts'
import { writeProbing } from './write.ts'

export type ProbeChannelArgs = {
  readonly channelId: number
  /** Probes asked for; without them those of the channel's policy. */
  readonly which?: 'all' | readonly string[]
  readonly reason: 'schedule' | 'asked'
  readonly signal: AbortSignal
}

export type ProbeSummary = {
  readonly channelId: number
  readonly name: string
  readonly address: string
  /** The row in probe_run. */
  readonly run: number
  /** How the home page answered: where it could not be read, nothing was tried. */
  readonly outcome: Outcome
  readonly detail: string | null
  readonly probes: readonly ProbeRun[]
  readonly requests: number
  readonly seconds: number
}

type Room = { readonly ctx: Ctx; readonly tools: Tools; readonly worker: string; policyOf(subject: ProbeSubject): Promise<Policy> }

/** Milliseconds after which no further probe of a run is begun; what was seen until then is written. */
const MOST_MS = 20 * 60_000

/**
 * Tries the functions of one registered website and writes what each probe saw: one row of the run, one observation a
 * probe, the evidence, and when it is due again, all of it or nothing. Throws `not_found`, `bad_input` (no website), or
 * when it was aborted; then nothing is written.
 */
export async function probeChannel(room: Room, args: ProbeChannelArgs): Promise<ProbeSummary> {
  const { ctx, tools } = room
  const { sql } = ctx.db
  const subject = await loadProbeSubject(sql, args.channelId)
  if (subject === null) throw new HuoshuiError('not_found', { zh: `没有编号为 ${args.channelId} 的渠道`, en: `There is no channel ${args.channelId}` })
  if (subject.kind !== 'website') throw new HuoshuiError('bad_input', { zh: `渠道 ${args.channelId} 不是网站,不能探测功能`, en: `channel ${args.channelId} is no website: it has no functions to try` })
  const policy = await room.policyOf(subject)
  const startedAt = ctx.clock.now()
  const began = performance.now()
  const history = await loadHistory(sql, subject.id, startedAt)
  const which = chosen(args.which ?? policy.probes, history.visits !== undefined)
  const tried = await probeSite({
    tools, terms: termsOf(subject, policy, startedAt, args.signal), which, columns: subject.columns, history,
    site: { name: subject.name, siteCode: subject.siteCode, url: homeOf(subject) },
    mayPost: policy.probePosts,
    until: AbortSignal.any([args.signal, AbortSignal.timeout(MOST_MS)]),
  })
  args.signal.throwIfAborted()
  const seconds = Math.round((performance.now() - began) / 10) / 100
  const endedAt = ctx.clock.now()
  const requests = tried.probes.reduce((n, p) => n + p.cost.requests, 1)
  const run = await writeProbing(sql, tried, {
    channelId: subject.id, startedAt, endedAt, reason: args.reason, requests, seconds, worker: room.worker,
    next: nextProbing(subject.id, isObserved(tried.outcome), policy, startedAt),
  })
  return { channelId: subject.id, name: subject.name, address: subject.address, run, outcome: tried.outcome, detail: tried.detail, probes: tried.probes, requests, seconds }
}

/** The series is measured by itself: without looks of a watch there is nothing to compute it from. */
function chosen(of: 'all' | 'none' | readonly string[], watched: boolean): readonly string[] {
  if (of === 'none') return []
  if (of !== 'all') return of
  return PROBES.filter((p) => p.id !== 'availability' || watched).map((p) => p.id)
}

/** The page behind a refresh or a script is the home page, as long as it lies on the same site. */
function homeOf({ address, homeUrl }: ProbeSubject): string {
  return homeUrl !== null && sameDomain(homeUrl, address) ? homeUrl : address
}

