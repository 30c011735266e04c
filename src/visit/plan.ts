import type { ColumnClass } from '../domain/page.ts'
import { columnKey } from '../domain/column-key.ts'
import { classifyColumn } from '../read/index.ts'
import type { Kept } from './kept.ts'
import { ownership } from './same-site.ts'
import type { ColumnPlan } from './types.ts'

/** 一级栏目 of one site at most. */
const MOST_COLUMNS = 40

/** A column as it stands in the register. */
export type KnownColumn = {
  readonly url: string
  readonly urlKey: string
  readonly name: string
  readonly class: string
  readonly level: number
  readonly source: string
  readonly thresholdDays: number | null
}

/**
 * The columns to visit: those that the ledger gives; without any, the first level of the home page's navigation, else the
 * lists that the home page itself heads with a link, else (the home page not having been read) those found before.
 */
export function planColumns(pages: readonly Kept[], homeUrl: string, known: readonly KnownColumn[]): { columns: ColumnPlan[]; named: Set<string> | null } {
  const ledger = known.filter((c) => c.source === 'ledger')
  if (ledger.length > 0) return { columns: ledger.map((c) => plan(c)), named: null }
  const owns = ownership(homeUrl)
  const found = new Map<string, ColumnPlan>()
  const add = (name: string, url: string, cls: ColumnClass): void => {
    const key = columnKey(url)
    if (found.size >= MOST_COLUMNS || found.has(key) || key === columnKey(homeUrl) || !owns(url)) return
    found.set(key, { url, key, name, class: cls, level: 1, source: 'navigation', thresholdDays: known.find((k) => k.urlKey === key)?.thresholdDays ?? null })
  }
  const links = pages.flatMap((p) => p.columns ?? []).filter((c) => c.level === 1)
  for (const link of below(homeUrl, links)) add(link.name, link.url, link.class)
  if (found.size === 0) {
    for (const s of pages.flatMap((p) => p.sections ?? [])) if (s.url !== null && s.name !== null) add(s.name, s.url, classifyColumn(s.name))
  }
  if (found.size === 0) return { columns: known.map((c) => plan(c)), named: null }
  return { columns: [...found.values()], named: new Set(found.keys()) }
}

/** A site below a path (/nc/) shares its host: where its navigation has entries of its own, the parent's are not its. */
function below<L extends { readonly url: string }>(homeUrl: string, links: readonly L[]): readonly L[] {
  const home = URL.parse(homeUrl)
  const folder = home === null ? '/' : home.pathname.slice(0, home.pathname.lastIndexOf('/') + 1)
  if (home === null || folder === '/') return links
  const own = links.filter((l) => l.url.includes(`${home.host}${folder}`))
  return own.length >= 3 ? own : links
}

function plan(c: KnownColumn): ColumnPlan {
  return {
    url: c.url, key: c.urlKey, name: c.name, class: c.class as ColumnClass, level: c.level,
    source: c.source === 'ledger' ? 'ledger' : 'navigation', thresholdDays: c.thresholdDays,
  }
}
