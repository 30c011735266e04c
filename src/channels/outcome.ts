import { dayInChina, daysBetween, type Day } from '../domain/date.ts'
import { OUTCOMES, type Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Post, Signal, SourceResult, Task } from './types.ts'

type Extra = Partial<Omit<SourceResult, 'source' | 'outcome' | 'posts'>>

/** Nothing could be seen here: the reason as the outcome, and one line of what was met. */
export function unseen(source: string, outcome: Outcome, detail: string, extra: Extra = {}): SourceResult {
  return { source, outcome, newest: null, witness: null, posts: [], reach: 'none', detail: detail.slice(0, 300), advice: OUTCOMES[outcome].advice, ...extra }
}

/** The right host and status, yet not the expected structure: never the channel's fault, always an alarm. */
export function drifted(source: string, detail: string): SourceResult {
  return unseen(source, 'parse_drift', detail, { alarm: alarm(source, detail) })
}

/** An alarm to the operator of this program. */
export function alarm(source: string, detail: string): Text {
  return {
    zh: `来源 ${source} 的返回结构与预期不符：${detail}。请升级程序或改用其他来源；期间不作判定。`,
    en: `Source ${source} no longer answers in the expected form: ${detail}. Upgrade or use another source; nothing is concluded meanwhile.`,
  }
}

/**
 * What a signal says. A guess (`memory`) at death decides nothing until the operator has confirmed it, or until a
 * second, independent sign in the same answer corroborates it: till then it is a suspicion for a person to look at.
 */
export function signalled(source: string, signal: Signal, task: Task, detail: string, extra: Extra & { corroborated?: boolean } = {}): SourceResult {
  const { corroborated, ...rest } = extra
  const dead = OUTCOMES[signal.outcome].group === 'gone'
  if (dead && signal.sure === 'memory' && corroborated !== true && task.confirmed?.includes(signal.id) !== true) {
    return unseen(source, 'unreadable', `${detail} (looks like ${signal.outcome}; not confirmed)`, {
      ...rest,
      suspect: { outcome: signal.outcome, signal: signal.id },
      signal: signal.id,
      advice: {
        zh: `平台提示疑似“${OUTCOMES[signal.outcome].name.zh}”，但该提示的含义尚未证实。请人工打开核实；属实则在设置中确认信号 ${signal.id}。`,
        en: `The platform’s words look like “${OUTCOMES[signal.outcome].name.en}”, but what they mean is not yet confirmed. Open it by hand; if so, confirm the signal ${signal.id} in the settings.`,
      },
    })
  }
  return unseen(source, signal.outcome, detail, { ...rest, signal: signal.id })
}

/** Days in the future beyond which a date is not believed: clocks and zones may differ by a day. */
const FUTURE_DAYS = 1

export function isFuture(day: Day, task: Task): boolean {
  return daysBetween(dayInChina(task.now), day) > FUTURE_DAYS
}

/**
 * What a list of posts says of freshness. The newest is the maximum, never the first. An older pinned post cannot
 * lower it; a page of pinned posts only, with more behind it, gives a lower bound. So does a list that begins with
 * a post whose date is missing or unbelievable: that one may be the newest.
 *
 * @param more the platform says there are further pages
 */
export function conclude(
  source: string,
  posts: readonly Post[],
  task: Task,
  about: { more: boolean; detail: string; partial?: boolean } & Extra,
): SourceResult {
  const { more, detail, partial, ...rest } = about
  const doubted = posts.map((p) => (p.date !== null && isFuture(p.date, task) ? { ...p, date: null, witness: p.witness && { ...p.witness, day: null, doubt: 'future' } } : p))
  const dated = doubted.filter((p): p is Post & { date: Day } => p.date !== null)
  const best = dated.reduce<(Post & { date: Day }) | null>((a, b) => (a === null || later(b, a) ? b : a), null)
  if (best === null) {
    const future = doubted.find((p) => p.witness?.doubt === 'future')
    return {
      ...drifted(source, posts.length === 0 ? 'no posts' : future ? 'only dates in the future' : `${posts.length} posts, none with a date`),
      posts: doubted, witness: future?.witness ?? null, ...rest,
    }
  }
  const ordinary = doubted.filter((p) => !p.pinned)
  const onlyPinned = ordinary.length === 0 && more
  const hidden = ordinary.length > 0 && ordinary[0]?.date === null
  return {
    source, outcome: 'ok', newest: best.date, witness: best.witness, posts: doubted,
    reach: partial === true || onlyPinned || hidden ? 'lower_bound' : 'timeline',
    detail: onlyPinned ? `${detail}; only pinned posts` : hidden ? `${detail}; the first post has no date that can be believed` : detail,
    advice: OUTCOMES.ok.advice, ...rest,
  }
}

function later(a: Post & { date: Day }, b: Post & { date: Day }): boolean {
  if (a.instant !== null && b.instant !== null) return a.instant.getTime() > b.instant.getTime()
  return a.date > b.date
}

/** The account was read and the platform itself counts no posts (空壳): to be confirmed by a second sighting. */
export function emptyAccount(source: string, detail: string, extra: Extra = {}): SourceResult {
  return { ...unseen(source, 'ok_empty', detail, extra), reach: 'timeline' }
}
