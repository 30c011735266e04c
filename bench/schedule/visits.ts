import { dayFromNumber, dayInChina, dayNumber } from '../../src/domain/date.ts'
import { nextDue } from '../../src/schedule/index.ts'
import type { Policy } from '../../src/schedule/index.ts'
import type { Simulated, Stream } from './posting.ts'

const DAY = 86_400_000
/** Simulated days are China's: noon of day n is n + 0.5. */
const at = (t: number): Date => new Date(t * DAY - 8 * 3_600_000)
const dayOf = (when: Date): number => (when.getTime() + 8 * 3_600_000) / DAY

/** When a channel is visited in [from, to), by some rule. */
export type Rule = (channel: Simulated, from: number, to: number) => number[]

/** The newest day that a visitor at `t` reads: dates ahead of the day are nobody's newest. null where nothing with a date has appeared. */
export function newestSeen(stream: Stream, t: number): number | null {
  let newest = null as number | null
  for (const post of stream.posts) {
    if (post.at > t) break
    if (post.printed !== null && post.printed <= t && (newest === null || post.printed > newest)) newest = post.printed
  }
  return newest
}

/** Ours: the product's own `nextDue`, asked after every visit with what that visit saw. */
export function deadlines(policy: Policy): Rule {
  return (channel, from, to) => {
    const out: number[] = []
    let t = from
    while (t < to) {
      out.push(t)
      const watched = channel.streams.map((s) => {
        const newest = newestSeen(s, t)
        return { newest: newest === null ? null : dayFromNumber(newest), limit: s.limit }
      })
      const next = dayOf(nextDue({ channelId: channel.id, outcome: 'ok', failures: 0, goneSince: null, watched }, policy, at(t)).at)
      t = Math.max(next, t + 1 / 24)
    }
    return out
  }
}

/** Every so many days, each channel at its own hour. */
export function every(days: number, random: () => number): Rule {
  return (_, from, to) => {
    const out: number[] = []
    for (let t = from + random() * days; t < to; t += days) out.push(t)
    return out
  }
}

/**
 * Freshness-optimal crawling (Cho and Garcia-Molina, 2003): the visits a day of each channel that make the expected share of
 * fresh copies greatest under one budget, when changes are Poisson with known rates λ and visits are evenly spaced: dF/df is
 * the same for all, F(λ, f) = f/λ (1 − e^(−λ/f)); what changes too often for the budget gets none. The rates are told, which
 * no crawler knows.
 */
export function freshness(channels: readonly Simulated[], from: number, to: number, budget: number, random: () => number): Rule {
  const rates = channels.map((c) => Math.max(1e-6, c.streams.reduce((n, s) => n + s.posts.filter((p) => p.at >= from && p.at < to).length, 0) / (to - from)))
  let [low, high] = [0, 1 / Math.min(...rates)]
  for (let i = 0; i < 80; i++) {
    const mu = (low + high) / 2
    if (rates.reduce((n, rate) => n + visitsFor(rate, mu), 0) > budget) low = mu
    else high = mu
  }
  const visits = new Map(channels.map((c, i) => [c.id, visitsFor(rates[i] ?? 0, high)]))
  return (channel, start, end) => {
    const f = visits.get(channel.id) ?? 0
    return f === 0 ? [] : every(1 / f, random)(channel, start, end)
  }
}

/** The f at which one more visit is worth `mu`: dF/df = (1 − e^(−r)(1 + r)) / λ with r = λ/f falls as f grows. */
function visitsFor(rate: number, mu: number): number {
  const worth = (f: number): number => (1 - Math.exp(-rate / f) * (1 + rate / f)) / rate
  if (mu * rate >= 1) return 0
  let [low, high] = [1e-6, 48]
  for (let i = 0; i < 60; i++) {
    const f = (low + high) / 2
    if (worth(f) > mu) low = f
    else high = f
  }
  return low
}

/** The China day a simulated moment lies in; used where a verdict is drawn at a visit. */
export const today = (t: number): number => dayNumber(dayInChina(at(t)))
