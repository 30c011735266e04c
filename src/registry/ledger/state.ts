import type { RegionBook } from '../region/book.ts'
import type { Finding } from './report.ts'
import { Findings } from './report.ts'

/** Where a row stood, for messages about it later. */
export type Place = { readonly sheet: string; readonly row: number }

/** A row that was refused, as it stood, with the reasons: what the workbook of rejected rows is made of. */
export type Rejected = { readonly sheet: string; readonly headings: readonly string[]; readonly texts: readonly string[]; readonly reasons: readonly Finding[] }

/** An import's running account. */
export type Tally = {
  readonly book: RegionBook
  readonly errors: Findings
  readonly warnings: Findings
  readonly rejected: Rejected[]
  /** Identity → where it was first seen and what it said. */
  readonly seen: Map<string, Place & { readonly digest: string }>
  /** Organisations by name, as far as asked for. */
  readonly organisations: Map<string, Unit[]>
  rows: number
  created: number
  updated: number
  unchanged: number
  repeated: number
  newOrganisations: number
  attestations: number
  closed: number
  reopened: number
  undated: Place | null
  internal: { count: number; first: Place } | null
  readonly columns: { rows: number; created: number; updated: number; unchanged: number }
}

export type Unit = { readonly id: number; readonly name: string; regionCode: string | null }

export function newTally(book: RegionBook): Tally {
  return {
    book, errors: new Findings(), warnings: new Findings(), rejected: [], seen: new Map(), organisations: new Map(),
    rows: 0, created: 0, updated: 0, unchanged: 0, repeated: 0, newOrganisations: 0, attestations: 0, closed: 0, reopened: 0,
    undated: null, internal: null, columns: { rows: 0, created: 0, updated: 0, unchanged: 0 },
  }
}
