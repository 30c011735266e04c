import { LIMITS } from './types.ts'
import type { Merge } from './types.ts'
import { attribute, xmlParser } from './xml.ts'

export type Tail = { readonly merges: readonly Merge[]; readonly links: ReadonlyMap<string, string>; readonly rows: number }

const END = '</sheetData>'

/** What stands around a sheet's cells: its size, merged ranges, hyperlinks. The cells themselves are passed over. */
export async function readTail(pieces: AsyncIterable<string>, targets: ReadonlyMap<string, string>): Promise<Tail> {
  const merges: Merge[] = []
  const links = new Map<string, string>()
  let rows = 0
  const parser = xmlParser({
    open(name, attributes) {
      const ref = attribute(attributes, 'ref') ?? ''
      if (name === 'mergeCell' && merges.length < LIMITS.merges) {
        const range = rangeOf(ref)
        if (range !== null) merges.push(range)
      } else if (name === 'hyperlink') {
        const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1]
        const target = id === undefined ? undefined : targets.get(id)
        const range = rangeOf(ref)
        if (target !== undefined && range !== null) links.set(ref.split(':')[0] ?? ref, target)
      } else if (name === 'dimension') {
        rows = Math.min(rangeOf(ref)?.bottom ?? 0, LIMITS.rows)
      }
    },
  })
  parser.write('<tail>')
  let state: 'head' | 'cells' | 'tail' = 'head'
  let rest = ''
  for await (const piece of pieces) {
    if (state === 'tail') {
      parser.write(piece)
      continue
    }
    rest += piece
    if (state === 'head') {
      const start = rest.search(/<(?:\w+:)?sheetData/)
      if (start >= 0) {
        // Only complete elements of the head: it is small, and only its dimension is wanted.
        parser.write(/<(?:\w+:)?dimension[^>]*>/.exec(rest.slice(0, start))?.[0] ?? '')
        state = 'cells'
      }
    }
    const prefixed = /<\/(?:\w+:)?sheetData>/.exec(rest)
    if (prefixed !== null) {
      parser.write(rest.slice(prefixed.index + prefixed[0].length))
      state = 'tail'
      rest = ''
    } else if (rest.length > 1000) {
      rest = rest.slice(-(END.length + 40))
    }
  }
  parser.end()
  return { merges, links, rows }
}

/** `B2:D5` → its corners; null for anything else or out of a sheet's bounds. */
export function rangeOf(ref: string): Merge | null {
  const m = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(ref)
  if (m === null) return null
  const left = columnIndex(m[1] ?? '')
  const top = Number(m[2])
  const right = m[3] === undefined ? left : columnIndex(m[3])
  const bottom = m[4] === undefined ? top : Number(m[4])
  return top >= 1 && bottom >= top && right >= left && bottom <= LIMITS.rows ? { top, left, bottom, right } : null
}

/** A → 0, AA → 26. */
export function columnIndex(letters: string): number {
  let n = 0
  for (let i = 0; i < letters.length; i += 1) n = n * 26 + letters.charCodeAt(i) - 64
  return n - 1
}

/** 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}
