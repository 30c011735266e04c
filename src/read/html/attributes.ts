import { decodeReferences } from './entities.ts'
import type { Tape } from './tape.ts'

/**
 * The value of an element's attribute (references decoded), '' when it stands without a value, null when it is not
 * there. Read from the source only when asked: most attributes of a page never are.
 */
export function attribute(tape: Tape, node: number, name: string): string | null {
  const text = tape.text
  const end = (tape.inner[node] ?? 0) - 1
  let i = (tape.open[node] ?? 0) + 1
  while (i < end && text.charCodeAt(i) > 32 && text.charCodeAt(i) !== 47) i++
  while (i < end) {
    let c = text.charCodeAt(i)
    while (i < end && (c <= 32 || c === 47)) c = text.charCodeAt(++i)
    if (i >= end) return null
    const from = i
    while (i < end && c > 32 && c !== 61 && c !== 47) c = text.charCodeAt(++i)
    if (i === from) {
      i++ // a stray "=": step over it
      continue
    }
    const hit = i - from === name.length && sameName(text, from, name)
    while (i < end && c <= 32) c = text.charCodeAt(++i)
    if (c !== 61 || i >= end) {
      if (hit) return ''
      continue
    }
    c = text.charCodeAt(++i)
    while (i < end && c <= 32) c = text.charCodeAt(++i)
    let valueFrom = i
    let valueTo: number
    if (c === 34 || c === 39) {
      valueFrom = i + 1
      const close = text.indexOf(c === 34 ? '"' : "'", valueFrom)
      valueTo = close < 0 || close > end ? end : close
      i = valueTo + 1
    } else {
      while (i < end && text.charCodeAt(i) > 32) i++
      valueTo = i
    }
    if (hit) return decodeReferences(text.slice(valueFrom, valueTo))
  }
  return null
}

function sameName(text: string, from: number, name: string): boolean {
  for (let k = 0; k < name.length; k++) {
    const c = text.charCodeAt(from + k)
    if ((c >= 65 && c <= 90 ? c + 32 : c) !== name.charCodeAt(k)) return false
  }
  return true
}

/** Does the start tag's source hold `part` (lower case ASCII), in any case? A cheap first look before `attribute`. */
export function tagHolds(tape: Tape, node: number, part: string): boolean {
  const text = tape.text
  const last = (tape.inner[node] ?? 0) - part.length
  const first = part.charCodeAt(0)
  for (let i = (tape.open[node] ?? 0) + 1; i <= last; i++) {
    if ((text.charCodeAt(i) | 32) === (first | 32) && sameName(text, i, part)) return true
  }
  return false
}
