import type { Day } from '../../domain/date.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import type { Tape } from '../html/tape.ts'
import type { DateHit } from './hit.ts'
import { firstDate } from './parse.ts'

/**
 * A date shown without its year or in relative words (昨天) often carries the full one in an attribute of its element
 * (title, datetime, data-time): that one is taken instead.
 */
export function fillFromAttributes(tape: Tape, hits: DateHit[], today: Day, dayFirst: boolean): void {
  let looked = 0
  for (let i = 0; i < hits.length && looked < 300; i++) {
    const hit = hits[i]
    if (hit === undefined || (hit.form !== 'relative' && hit.form !== 'month_day')) continue
    looked++
    let node = tape.nodeAt(hit.from)
    for (let level = 0; level < 2 && node > 0; level++, node = tape.parent[node] ?? 0) {
      if (!tagHolds(tape, node, 'title') && !tagHolds(tape, node, 'time')) continue
      const value = attribute(tape, node, 'datetime') ?? attribute(tape, node, 'title') ?? attribute(tape, node, 'data-time')
      if (value === null || value.length > 40) continue
      const full = firstDate(value, today, dayFirst)
      if (full === null || full.form === 'relative' || full.form === 'month_day' || full.day === null) continue
      hits[i] = { ...full, from: hit.from, to: hit.to }
      break
    }
  }
}
