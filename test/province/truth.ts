import { addMonths, dayInChina, daysBetween } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { isGroupKind } from '../../src/domain/kinds.ts'
import { isGone } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { columnPath } from './cms/family.ts'
import { DOUBLED } from './platforms.ts'
import { endsThere, seenOn } from './seen.ts'
import type { Seen } from './seen.ts'
import { newestAt, noon } from './streams.ts'
import type { Trap } from './traps.ts'
import type { Column, ColumnTruth, FeedSpec, Proposal, ProvinceChannel, Site, Statement, Truth } from './types.ts'

/*
 * The truth, by the published rules, from the data that the pages are made of: never from a page.
 * Thresholds: W3 two weeks; W4a two weeks (news) and six months (notice, policy), five columns together; W4c five blank
 * columns; nothing anywhere for three months by calendar: shut down; gone: two sightings at least 24 hours apart.
 */

/** What a visit ends with where the site itself cannot be seen, and what is as right. */
const ENDS: Partial<Record<Trap, readonly [Outcome, ...Outcome[]]>> = {
  redirect_loop: ['redirect_loop'],
  challenge_403: ['challenge', 'forbidden'],
  challenge_412: ['challenge'],
  challenge_521: ['challenge'],
  waf_200: ['challenge'],
  login_wall: ['login_wall'],
  truncated: ['truncated', 'network'],
  gzip_bomb: ['too_large'],
  home_404: ['not_found'],
  parked: ['parked'],
  default_page: ['default_page'],
  closed_notice: ['closed_notice'],
  moved_notice: ['moved'],
  empty_shell: ['empty_shell', 'unreadable'],
  refused: ['refused', 'network'],
  server_error: ['server_error'],
  rate_limited: ['rate_limited'],
  robots_closed: ['robots'],
}

const olderThanMonths = (newest: Day, months: number, today: Day): boolean => addMonths(newest, months) < today
const olderThanDays = (newest: Day, days: number, today: Day): boolean => daysBetween(newest, today) > days
const greatest = (days: readonly (Day | null)[]): Day | null => days.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)

function columnTruths(site: Site, origin: string, now: Date): readonly (ColumnTruth & { readonly column: Column })[] {
  return site.columns.map((column) => ({
    column, name: column.name, url: `${origin}${columnPath(site, column)}`, class: column.class, form: column.form,
    newest: column.stream === null ? null : newestAt(column.stream, now),
  }))
}

type Verdict = { readonly proposal: Proposal | null; readonly rule: string | null; readonly why: string }
const none = (why: string): Verdict => ({ proposal: null, rule: null, why })

function judge(columns: readonly (ColumnTruth & { readonly column: Column })[], newest: Day | null, home: Day | null, today: Day): Verdict {
  if (newest !== null && olderThanMonths(newest, 3, today)) return { proposal: 'shut_down', rule: 'quiet', why: `nothing anywhere since ${newest}: 3 months ended ${addMonths(newest, 3)}` }
  if (home !== null && olderThanDays(home, 14, today)) return { proposal: 'rectify', rule: 'W3', why: `home page newest ${home}: ${daysBetween(home, today)} days` }
  const still = columns.filter((c) => c.newest !== null && (c.class === 'news' ? olderThanDays(c.newest, 14, today) : (c.class === 'notice' || c.class === 'policy') && olderThanMonths(c.newest, 6, today)))
  if (still.length >= 5) return { proposal: 'rectify', rule: 'W4a', why: `${still.length} columns still: ${still.map((c) => c.name).join('、')}` }
  const blank = columns.filter((c) => c.form === 'blank')
  if (blank.length >= 5) return { proposal: 'rectify', rule: 'W4c', why: `${blank.length} blank columns` }
  return none(still.length > 0 || blank.length > 0 ? `${still.length} columns still, ${blank.length} blank: below the rule` : `newest ${newest ?? 'none'}`)
}

/** What is true of a website at `now`, for a watcher whose first visit was at `since`. */
export function siteTruth(site: Site, origin: string, now: Date, since: Date): Truth {
  const today = dayInChina(now)
  const trap = site.traps.find((t) => t in ENDS)
  const end = trap === undefined ? undefined : ENDS[trap]
  if (trap !== undefined && end !== undefined) {
    const [outcome, ...alsoRight] = end
    const confirmed = isGone(outcome) && now.getTime() - since.getTime() >= 86_400_000
    return {
      outcome, alsoRight, columns: [], newest: null, consultation: null,
      ...(confirmed ? { proposal: 'shut_down', rule: 'gone', why: `${trap}: seen twice, at least 24 hours apart` } as const : none(isGone(outcome) ? `${trap}: seen once` : `${trap}: not observed`)),
    }
  }
  if (site.traps.includes('transient_404') && today <= site.base) return { outcome: 'not_found', alsoRight: [], columns: [], newest: null, consultation: null, ...none('404 on the first day only') }
  const columns = columnTruths(site, origin, now)
  const newest = greatest(columns.map((c) => c.newest))
  const shown = site.traps.includes('nav_only_home') ? columns : columns.filter((c) => c.column.onHome)
  const verdict = judge(columns, newest, greatest(shown.map((c) => c.newest)), today)
  return { outcome: 'ok', alsoRight: ['unchanged'], columns: columns.map(({ column: _, ...rest }) => rest), newest, consultation: columns.some((c) => c.form === 'interaction'), ...verdict }
}

/** Kinds of which only their working is judged; all others publish, and the age rules hold for them. */
const JUDGED_BY_WORKING: readonly Kind[] = ['app', 'mini_program']

function ageVerdict(kind: Kind, service: boolean, newest: Day, today: Day): Verdict {
  if (isGroupKind(kind)) return olderThanMonths(newest, 3, today) ? { proposal: 'shut_down', rule: 'unused', why: `last used ${newest}` } : none(`last used ${newest}`)
  if (service || JUDGED_BY_WORKING.includes(kind)) return none(`judged by working; last ${newest}`)
  if (olderThanMonths(newest, 3, today)) return { proposal: 'shut_down', rule: 'zombie', why: `last published ${newest}` }
  if (olderThanDays(newest, 14, today)) return { proposal: 'rectify', rule: 'N2a', why: `last published ${newest}` }
  return none(`last published ${newest}`)
}

const nothing = { columns: [], newest: null, consultation: null, alsoRight: [] } as const

export function statementTruth(kind: Kind, service: boolean, statement: Statement | null, now: Date): Truth {
  const today = dayInChina(now)
  // Where the platform stands beside the province, the account may be seen there, or its wall may be.
  const walls: readonly Outcome[] = DOUBLED.includes(kind) ? ['login_wall', 'challenge', 'credential_missing', 'ok', 'unchanged'] : ['credential_missing']
  if (statement === null) return { ...nothing, outcome: 'not_attested', alsoRight: walls, ...none('no statement') }
  if (olderThanDays(statement.statedOn, 30, today)) return { ...nothing, outcome: 'attestation_expired', alsoRight: walls, ...none(`stated ${statement.statedOn}`) }
  // A statement speaks for the day it was made: what came out since then nobody has said.
  return { ...nothing, outcome: 'attested', alsoRight: DOUBLED.includes(kind) ? ['ok', 'unchanged'] : [], newest: statement.newest, ...ageVerdict(kind, service, statement.newest, statement.statedOn) }
}

/** What is true of an account by what its platform shows, for a watcher whose first visit was at `since`. */
export function seenTruth(kind: Kind, service: boolean, seen: Seen, now: Date, since: Date): Truth {
  const { outcome, alsoRight } = seen
  const newest = seen.outcome === 'ok' ? seenOn(seen, dayInChina(now)) : null
  const found = { ...nothing, outcome, alsoRight, newest }
  if (endsThere(seen)) {
    const confirmed = now.getTime() - since.getTime() >= 86_400_000
    return { ...found, ...(confirmed ? { proposal: 'shut_down', rule: 'gone', why: `${seen.end}: said twice, at least 24 hours apart` } as const : none(`${seen.end}: said once`)) }
  }
  return { ...found, ...(newest !== null && seen.whole ? ageVerdict(kind, service, newest, dayInChina(now)) : none(seen.end ?? `${seen.by}: a lower bound`)) }
}

export function feedTruth(feed: FeedSpec, now: Date): Truth {
  if (feed.mode === 'undated' || feed.mode === 'html') {
    return { ...nothing, outcome: feed.mode === 'html' ? 'unreadable' : 'parse_drift', alsoRight: ['unreadable', 'parse_drift', 'challenge'], ...none('no dates to read') }
  }
  const newest = newestAt(feed.stream, now)
  const verdict = newest === null ? none('no items') : ageVerdict('feed', false, newest, dayInChina(now))
  return { ...nothing, outcome: 'ok', alsoRight: ['unchanged'], newest, ...verdict }
}

/** What is true of a channel at `now`. `since` is the watcher's first visit, by default noon of the base day. */
export function truthAt(channel: ProvinceChannel, today: Day, now: Date, since: Date = noon(today)): Truth {
  const origin = channel.address.replace(/\/$/, '')
  const plain = channel.site !== null ? siteTruth(channel.site, origin, now, since)
    : channel.feed !== null ? feedTruth(channel.feed, now)
      : channel.seen !== undefined ? seenTruth(channel.kind, channel.service, channel.seen, now, since)
      : statementTruth(channel.kind, channel.service, channel.statement, now)
  if (channel.duplicateOf !== null && plain.proposal === null && channel.lesser) return { ...plain, proposal: 'merge', rule: 'duplicate', why: 'two accounts of one unit on one platform' }
  return plain
}

