import { daysBetween, dayInChina, type Day } from '../domain/date.ts'
import { isGone, isObserved, type Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import { drive, type Perform } from './drive.ts'
import { renaming } from './names.ts'
import { unseen } from './outcome.ts'
import { resolveIdentity } from './resolve.ts'
import type { ChannelKind, Identity, IdentityProblem, Source, SourceResult, Task, Tier } from './types.ts'

export type { Perform } from './drive.ts'

export type Attempt = {
  readonly source: string
  readonly tier: Tier
  readonly outcome: Outcome
  readonly detail: string
  /** It was not asked: what it needs is not at hand. */
  readonly skipped: boolean
  /** Of one that was skipped: what it needs. */
  readonly why?: Text
  /** It spoke against an earlier source that had seen the channel, and was not listened to. */
  readonly overruled: boolean
}

export type ChainResult = SourceResult & {
  /** After short links and vanity names were resolved. */
  readonly identity: Identity
  readonly identityProblem: IdentityProblem | null
  readonly existence: 'exists' | 'gone' | 'unknown'
  /** It published at least as late as this, whatever else is unknown. */
  readonly lowerBound: Day | null
  readonly renamed: { readonly from: string; readonly to: string } | null
  readonly attempts: readonly Attempt[]
  readonly alarms: readonly Text[]
}

/**
 * Reads a channel by its chain of sources, in their order: official API, public page, bridge, attestation. The first
 * source that sees the whole answer speaks; a later one never overrules an earlier one that saw the channel. Never
 * throws and never concludes more than was seen: `perform` does all fetching, and its failures are outcomes.
 */
export async function runChain(kind: ChannelKind, given: Task, perform: Perform): Promise<ChainResult> {
  const attempts: Attempt[] = []
  const alarms: Text[] = []
  const resolved = await resolveIdentity(kind, given, perform)
  const task: Task = { ...given, identity: resolved.identity }
  let alive: SourceResult | null = null
  let final: SourceResult | null = null
  /** It shows life; a fuller source may still know a later date, a statement would not be better. */
  let fresh = false
  let suspect: SourceResult['suspect']
  let remember: Readonly<Record<string, string>> = resolved.remember ?? {}
  const failures: SourceResult[] = resolved.failure === null ? [] : [resolved.failure]
  if (resolved.failure !== null) attempts.push(attempt(resolved.failure.source, 'public', resolved.failure))
  // The link itself said that its account is gone or has moved.
  if (resolved.failure !== null && settles(resolved.failure, kind)) final = resolved.failure

  for (const source of final === null ? kind.sources : []) {
    // Without the account's own key only the unit's statement can speak.
    if (resolved.failure !== null && source.tier !== 'attestation') continue
    if (fresh && source.tier === 'attestation') continue
    const missing = source.ready?.(task) ?? null
    if (missing !== null) {
      const why = lacking(source, task)
      attempts.push({ source: source.id, tier: source.tier, outcome: missing, detail: why.en, skipped: true, overruled: false, why })
      continue
    }
    const result = await drive(source, task, perform)
    if (result.alarm !== undefined) alarms.push(result.alarm)
    if (result.remember !== undefined) remember = { ...remember, ...result.remember }
    suspect ??= result.suspect
    const overruled = alive !== null && (isGone(result.outcome) || result.outcome === 'ok_empty')
    attempts.push({ ...attempt(source.id, source.tier, result), overruled })
    if (overruled) continue
    if (settles(result, kind)) {
      final = result
      break
    }
    fresh ||= result.reach === 'lower_bound' && result.newest !== null && daysBetween(result.newest, dayInChina(task.now)) <= (task.freshDays ?? 14)
    if (isObserved(result.outcome)) alive = alive === null ? result : joined(alive, result)
    else failures.push(result)
  }

  if (final === null && fresh) final = alive
  const spoken = final ?? silence(kind, failures, attempts, alive)
  const whole = alive === null || alive === spoken ? spoken : joined(spoken, alive)
  return {
    ...whole,
    // A lower bound that does not itself show freshness is not the newest publication.
    ...(final === null ? { newest: null, witness: null, reach: 'none' as const } : {}),
    ...(suspect === undefined ? {} : { suspect }),
    ...(Object.keys(remember).length === 0 ? {} : { remember }),
    advice: advise(whole, kind, attempts),
    identity: resolved.identity,
    identityProblem: resolved.problem,
    existence: isGone(whole.outcome) ? 'gone' : alive !== null || (final !== null && final.outcome !== 'attested') ? 'exists' : 'unknown',
    lowerBound: whole.newest ?? alive?.newest ?? null,
    renamed: renaming(given.name, whole.account?.name ?? null),
    attempts,
    alarms,
  }
}

/** What a source that cannot be asked is without. */
function lacking(source: Source, task: Task): Text {
  const { credential } = source
  if (credential !== undefined && task.credentials?.[credential.id] === undefined) {
    return { zh: `未配置凭据 ${credential.id}（${credential.fields.join('、')}）`, en: `no credential ${credential.id} (${credential.fields.join(', ')}) is configured` }
  }
  if (source.needs.includes('browser') && !task.browser) return { zh: '未启用浏览器', en: 'no browser is at hand' }
  if (source.tier === 'bridge') return { zh: '未配置可用于此账号的转接', en: 'no bridge that can serve this account is configured' }
  return { zh: '地址中没有该来源所需的标识', en: 'the address names nothing that this source could be asked by' }
}

function attempt(source: string, tier: Tier, r: SourceResult): Attempt {
  return { source, tier, outcome: r.outcome, detail: r.detail, skipped: false, overruled: false }
}

/** Does this answer end the chain? A lower bound does not: a fuller source may know a later date. */
function settles(r: SourceResult, kind: ChannelKind): boolean {
  if (isGone(r.outcome) || r.outcome === 'moved' || r.outcome === 'attested') return true
  return isObserved(r.outcome) && (!kind.manifest.publishes || r.reach === 'timeline')
}

/** Two sources that both saw the channel: the first one's word stands, what it could not see is filled in, the later date counts. */
function joined(first: SourceResult, second: SourceResult): SourceResult {
  const newer = second.newest !== null && (first.newest === null || second.newest > first.newest)
  const account = first.account ?? second.account
  const interaction = first.interaction === undefined && second.interaction === undefined ? undefined : { ...second.interaction, ...first.interaction }
  return {
    ...first,
    ...(newer ? { newest: second.newest, witness: second.witness } : {}),
    posts: first.posts.length > 0 ? first.posts : second.posts,
    ...(account === undefined ? {} : { account }),
    ...(interaction === undefined ? {} : { interaction }),
  }
}

/** Nobody could say: the most telling reason, a real obstacle before a thing that is merely not configured. */
function silence(kind: ChannelKind, failures: readonly SourceResult[], attempts: readonly Attempt[], alive: SourceResult | null): SourceResult {
  const met = failures.find((f) => f.source !== 'attestation' && f.outcome !== 'bridge_stale')
    ?? failures.find((f) => f.outcome === 'attestation_expired')
    ?? failures.find((f) => f.source !== 'attestation')
  if (met !== undefined && (alive === null || met.source === 'attestation')) return met
  const skipped = attempts.find((a) => a.skipped && a.outcome === 'credential_missing')
  const attested = failures.find((f) => f.source === 'attestation')
  if (alive !== null) {
    const why = attested ?? unseen(alive.source, 'not_attested', '')
    return { ...why, source: alive.source, detail: `${alive.detail}; when it last published cannot be seen` }
  }
  if (attested !== undefined) return attested
  return skipped === undefined ? unseen(kind.kind, 'not_attested', 'no source is at hand') : unseen(skipped.source, 'credential_missing', skipped.detail)
}

function advise(r: SourceResult, kind: ChannelKind, attempts: readonly Attempt[]): Text {
  if (isObserved(r.outcome)) return r.advice
  const open = attempts.filter((a) => a.skipped).map((a) => kind.sources.find((s) => s.id === a.source)).filter((s): s is Source => s !== undefined)
  if (open.length === 0) return r.advice
  return {
    zh: `${r.advice.zh}；尚可配置：${open.map((s) => s.note.zh).join('；')}`,
    en: `${r.advice.en}; could still be configured: ${open.map((s) => s.note.en).join('; ')}`,
  }
}
