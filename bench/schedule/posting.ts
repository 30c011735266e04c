import chineseDays from 'chinese-days'
import { dayFromNumber } from '../../src/domain/date.ts'
import type { Span } from '../../src/domain/date.ts'
import { waiting } from './random.ts'

/** One publication: when it appeared (days since the epoch, with a fraction) and the day it bears; null where none can be read. */
export type Post = { readonly at: number; readonly printed: number | null }
/** What a channel publishes into: an account has one of these, a website one a column. */
export type Stream = { readonly limit: Span; readonly posts: readonly Post[] }
export type Simulated = { readonly id: number; readonly habit: string; readonly streams: readonly Stream[] }

/** When somebody publishes: all times in [from, to). */
type Habit = (random: () => number, from: number, to: number) => number[]

const WORKING_HOURS = [9 / 24, 17 / 24] as const

function poisson(rate: number): Habit {
  return (random, from, to) => {
    const out: number[] = []
    for (let t = from + waiting(random, rate); t < to; t += waiting(random, rate)) out.push(t)
    return out
  }
}

/** Only in working hours of working days; nothing in the Spring Festival, National Day and other holidays. */
function office(rate: number): Habit {
  return (random, from, to) => poisson(rate)(random, from, to).flatMap((t) => {
    const day = Math.floor(t)
    return chineseDays.isWorkday(dayFromNumber(day)) ? [day + WORKING_HOURS[0] + random() * (WORKING_HOURS[1] - WORKING_HOURS[0])] : []
  }).sort((a, b) => a - b)
}

/** Many at once, then nothing for about `gap` days. */
function bursts(gap: number): Habit {
  return (random, from, to) => {
    const out: number[] = []
    for (let t = from + random() * gap; t < to; t += gap * (0.5 + random())) for (let i = 0; i < 6; i++) if (t + i / 24 < to) out.push(t + i / 24)
    return out
  }
}

/** Always a little before (now and then after) its limit of `days` runs out. */
function nearLimit(days: number): Habit {
  return (random, from, to) => {
    const out: number[] = []
    for (let t = from + random() * days; t < to; t += days * (0.7 + 0.35 * random())) out.push(t)
    return out
  }
}

const WEEKS: Span = { days: 14 }
const HALF_YEAR: Span = { months: 6 }
const YEAR: Span = { months: 12 }

/** Kinds of publishers; the rates are assumptions, in publications a day. An account has two weeks, a website's columns what 国办秘函〔2019〕19号 gives them. */
export const HABITS: Readonly<Record<string, readonly { limit: Span; habit: Habit }[]>> = {
  'account, often': [{ limit: WEEKS, habit: office(1.5) }],
  'account, weekly': [{ limit: WEEKS, habit: office(0.4) }],
  'account, at random': [{ limit: WEEKS, habit: poisson(0.5) }],
  'account, in bursts': [{ limit: WEEKS, habit: bursts(9) }],
  'account, near its limit': [{ limit: WEEKS, habit: nearLimit(14) }],
  'website': [{ limit: WEEKS, habit: office(1) }, { limit: HALF_YEAR, habit: office(0.1) }, { limit: HALF_YEAR, habit: poisson(0.05) }, { limit: YEAR, habit: poisson(0.02) }],
  'website, near its limits': [{ limit: WEEKS, habit: nearLimit(13) }, { limit: HALF_YEAR, habit: nearLimit(170) }, { limit: YEAR, habit: nearLimit(350) }],
}

export type Lying = { readonly share: number; readonly back: number; readonly ahead: number }

/**
 * `count` channels of every habit in [from, to): a third of them stops for ever (one column of a website, or all) at a random
 * moment. A share of the dates lies: a third back-dated, a third dated ahead, a third not to be read.
 */
export function simulateChannels(random: () => number, count: number, from: number, to: number, lying: Lying): Simulated[] {
  const out: Simulated[] = []
  for (const [habit, parts] of Object.entries(HABITS)) {
    for (let i = 0; i < count; i++) {
      const ends = random() < 1 / 3 ? from + (to - from) * random() : to
      const which = random() < 0.5 ? -1 : Math.floor(random() * parts.length)
      const streams = parts.map(({ limit, habit: publish }, n) => {
        const until = which === -1 || which === n ? ends : to
        return { limit, posts: publish(random, from, to).filter((t) => t < until).map((at) => ({ at, printed: printed(random, Math.floor(at), lying) })) }
      })
      out.push({ id: out.length + 1, habit, streams })
    }
  }
  return out
}

function printed(random: () => number, day: number, lying: Lying): number | null {
  if (random() >= lying.share) return day
  const how = random()
  if (how < 1 / 3) return day - 1 - Math.floor(random() * lying.back)
  return how < 2 / 3 ? day + 1 + Math.floor(random() * lying.ahead) : null
}
