import type { ChannelIdentity } from './facts.ts'
import type { Indicator } from './indicator.ts'
import { add, compare, exact, ratio, show, times, type Ratio } from './ratio.ts'
import type { Result } from './result.ts'
import { itemTenths } from './scored.ts'

export type Judged = { readonly indicator: Indicator; readonly result: Result }

/** One end of a score: exact, and as shown (two decimals, half up). */
export type ScoreEnd = { readonly exact: string; readonly shown: string }

export type Score = {
  /** `failed` 不合格, `passed` 合格, `undecided`: what was not seen could turn it. */
  readonly verdict: 'failed' | 'passed' | 'undecided'
  readonly vetoes: readonly string[]
  /** Vetoes that nobody has answered yet. */
  readonly openVetoes: readonly string[]
  /** Portals without a veto: when everything unseen turned out badly, and when well. */
  readonly worst: ScoreEnd | null
  readonly best: ScoreEnd | null
  /** The deduction part by itself (Part 2, after × 4/3 where it is due). */
  readonly base: { readonly worst: ScoreEnd; readonly best: ScoreEnd } | null
  /** Points by item, in tenths: certain, and what may yet come. */
  readonly items: readonly ItemScore[]
  /** Indicators whose answers would settle what is open. */
  readonly settledBy: readonly string[]
}

export type ItemScore = { readonly id: string; readonly cap: number; readonly tenths: number; readonly openTenths: number }

const PASS = ratio(60)
const BONUS_ABOVE = ratio(80)
const end = (x: Ratio): ScoreEnd => ({ exact: exact(x), shown: show(x) })

/** The cap of an item for a channel, in tenths. */
export function capOf(indicator: Indicator, channel: ChannelIdentity): number {
  return channel.stateCouncil === true && indicator.capTenthsStateCouncil !== undefined ? indicator.capTenthsStateCouncil : (indicator.capTenths ?? 0)
}

/**
 * The published rules: any veto fails a channel and nothing else is scored; a portal's score is 100 less its deductions,
 * each item's no more than its cap; below 60 fails; only above 80 is the bonus added. Without the items of 办事服务 (State
 * Council departments without services) the rest is out of 75 and counts × 4/3. Everything unseen makes a range.
 */
export function score(judged: readonly Judged[], channel: ChannelIdentity): Score {
  const vetoes = judged.filter((j) => j.indicator.part === 'veto' && j.indicator.off !== true)
  const violated = vetoes.filter((j) => j.result.answer === 'violated').map((j) => j.indicator.id)
  const openVetoes = vetoes.filter((j) => j.result.answer === 'not_observed' || j.result.answer === 'person').map((j) => j.indicator.id)
  const none = { worst: null, best: null, base: null, items: [] }
  if (violated.length > 0) return { verdict: 'failed', vetoes: violated, openVetoes, ...none, settledBy: [] }
  const vetoVerdict = openVetoes.length > 0 ? 'undecided' : 'passed'
  const items = judged.filter((j) => j.indicator.part === 'deduction' && j.result.answer !== 'not_applicable').map((j) => itemScore(j, channel))
  if (items.length === 0) return { verdict: vetoVerdict, vetoes: [], openVetoes, ...none, settledBy: openVetoes }

  const extra = judged.filter((j) => j.indicator.part === 'bonus' && j.result.answer !== 'not_applicable').map((j) => itemScore(j, channel))
  const full = items.reduce((n, i) => n + i.cap, 0)
  const scale = ratio(1000, full)
  const base = {
    worst: scaled(full - total(items, (i) => i.tenths + i.openTenths), scale),
    best: scaled(full - total(items, (i) => i.tenths), scale),
  }
  const worst = compare(base.worst, BONUS_ABOVE) > 0 ? add(base.worst, ratio(total(extra, (i) => i.tenths), 10)) : base.worst
  const best = compare(base.best, BONUS_ABOVE) > 0 ? add(base.best, ratio(total(extra, (i) => i.tenths + i.openTenths), 10)) : base.best
  const verdict = compare(base.best, PASS) < 0 ? 'failed' : compare(base.worst, PASS) < 0 ? 'undecided' : vetoVerdict
  const bonusCounts = compare(base.best, BONUS_ABOVE) > 0
  const open = [...items, ...(bonusCounts ? extra : [])].filter((i) => i.openTenths > 0).map((i) => i.id)
  return {
    verdict, vetoes: [], openVetoes, worst: end(worst), best: end(best), base: { worst: end(base.worst), best: end(base.best) },
    items: [...items, ...extra], settledBy: [...openVetoes, ...open],
  }
}

function itemScore({ indicator, result }: Judged, channel: ChannelIdentity): ItemScore {
  const cap = capOf(indicator, channel)
  const tenths = itemTenths(result.points, cap)
  return { id: indicator.id, cap, tenths, openTenths: Math.min(cap - tenths, result.openTenths) }
}

const total = (items: readonly ItemScore[], of: (i: ItemScore) => number): number => items.reduce((n, i) => n + of(i), 0)
const scaled = (tenths: number, scale: Ratio): Ratio => times(ratio(tenths, 10), scale)
