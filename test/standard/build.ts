import { addDays, dayInChina, startOfDay, type Day } from '../../src/domain/date.ts'
import type { Witness } from '../../src/domain/witness.ts'
import type { ChannelFacts, ChannelIdentity, ColumnFacts, HomeFacts, PostFacts } from '../../src/standard/facts.ts'

/** The moment that tests judge at: ten in the morning in China. */
export const NOW = new Date('2026-06-30T02:00:00Z')
export const TODAY: Day = dayInChina(NOW)

/** The day `n` days before the monitoring point. */
export const ago = (n: number): Day => addDays(TODAY, -n)
export const at = (day: Day, hour = 10): Date => new Date(startOfDay(day).getTime() + hour * 3_600_000)

export const witness = (day: Day): Witness => ({ source: 'list_row', day, raw: day })

export const identity = (over: Partial<ChannelIdentity> = {}): ChannelIdentity => ({
  id: 1, kind: 'website', name: '某县人民政府', address: 'http://www.example.gov.cn/', functionType: null, openedOn: null, runningStatus: null,
  filingStatus: null, organisationId: 7, regionCode: '360121', ...over,
})

export const home = (over: Partial<HomeFacts> = {}): HomeFacts => {
  const newest = over.newest === undefined ? ago(1) : over.newest
  return { at: NOW, outcome: 'ok', newest, witness: newest === null ? null : witness(newest), evidence: ['h'.repeat(64)], everyRowDated: true, ...over }
}

let next = 100
export const column = (over: Partial<ColumnFacts> = {}): ColumnFacts => {
  const id = over.id ?? next++
  const newest = over.newest === undefined ? ago(1) : over.newest
  return {
    id, url: `http://www.example.gov.cn/c${id}/`, name: `栏目${id}`, class: 'news', level: 1, newest, witness: newest === null ? null : witness(newest),
    outcome: 'ok', observedAt: NOW, empty: false, firstSeenOn: '2025-01-01', evidence: [`c${id}`], ...over,
  }
}

export const blankColumn = (over: Partial<ColumnFacts> = {}): ColumnFacts => column({ newest: null, empty: true, outcome: 'ok_empty', ...over })

export const site = (over: Partial<ChannelFacts> = {}, channel: Partial<ChannelIdentity> = {}): ChannelFacts => ({
  channel: identity(channel), asOf: NOW, visits: [{ at: NOW, outcome: 'ok', ms: 800 }], home: home(), columns: [column()], gone: [], ...over,
})

export const posts = (over: Partial<PostFacts> = {}): PostFacts => {
  const newest = over.newest === undefined ? ago(1) : over.newest
  return { newest, witness: newest === null ? null : witness(newest), source: 'seen', outcome: 'ok', observedAt: NOW, evidence: ['p'], ...over }
}

export const account = (over: Partial<ChannelFacts> = {}, channel: Partial<ChannelIdentity> = {}): ChannelFacts => ({
  channel: identity({ kind: 'weibo', name: '某县发布', ...channel }), asOf: NOW, visits: [{ at: NOW, outcome: 'ok' }], posts: posts(), columns: [], gone: [], ...over,
})

export const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
