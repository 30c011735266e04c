import { dayFromNumber, dayNumber, lastGoodDay } from '../../src/domain/date.ts'
import type { Simulated, Stream } from './posting.ts'
import { newestSeen, today } from './visits.ts'

/** A limit that ran out: from its first day over until something new appeared (or for ever). */
type Breach = { readonly from: number; readonly until: number }

export type Found = {
  readonly delays: readonly number[]
  readonly breaches: number
  readonly missed: number
  readonly falseAlarms: number
  /** Visits while a breach that was seen already still stood. */
  readonly again: number
}

function overAfter(day: number, stream: Stream): number {
  return dayNumber(lastGoodDay(dayFromNumber(day), stream.limit)) + 1
}

/** What truly happened, whatever dates were printed. */
function breachesOf(stream: Stream, to: number): Breach[] {
  const out: Breach[] = []
  stream.posts.forEach((post, i) => {
    const over = overAfter(Math.floor(post.at), stream)
    const until = stream.posts[i + 1]?.at ?? Infinity
    if (until > over && over < to) out.push({ from: over, until })
  })
  return out
}

/**
 * Holds visits against the truth. Detected: the first visit within a breach that reads nothing within the limit. Missed: a breach of two days
 * or more that ended, or had lasted `grace` days by the simulation's end, without such a visit. False alarm: a visit that
 * reads a breach where there is none, counted once a spell.
 */
export function judge(channel: Simulated, visits: readonly number[], from: number, to: number, grace: number): Found {
  const delays: number[] = []
  const known: [number, number][] = []
  let [breaches, missed, falseAlarms] = [0, 0, 0]
  for (const stream of channel.streams) {
    const stale = visits.filter((t) => {
      const newest = newestSeen(stream, t)
      return newest !== null && today(t) >= overAfter(newest, stream)
    })
    const real = breachesOf(stream, to)
    for (const breach of real.filter((b) => b.from >= from)) {
      const seen = stale.find((t) => t >= breach.from && t < breach.until)
      const lasted = Math.min(breach.until, to) - breach.from
      if (seen !== undefined) delays.push(seen - breach.from)
      else if (lasted >= (breach.until < to ? 2 : grace)) missed++
      if (seen !== undefined || lasted >= 2) breaches++
    }
    for (const b of real) {
      const first = stale.find((t) => t >= b.from && t < b.until)
      if (first !== undefined) known.push([first, b.until])
    }
    let last = -Infinity
    for (const t of stale.filter((v) => v >= from && !real.some((b) => v >= b.from && v < b.until))) {
      if (t - last > 14) falseAlarms++
      last = t
    }
  }
  return { delays, breaches, missed, falseAlarms, again: visits.filter((t) => t >= from && known.some(([first, until]) => t > first && t < until)).length }
}
