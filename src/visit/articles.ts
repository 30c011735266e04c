import type { Day } from '../domain/date.ts'
import type { ListItem } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import { look } from './look.ts'
import { sameDomain } from './same-site.ts'
import type { Session } from './session.ts'

/** Articles opened where a list prints no dates. */
const MOST = 3

export type FromArticles = {
  readonly newest: Day
  readonly witness: Witness | null
  readonly title: string
  readonly link: string
  readonly evidence: readonly string[]
  readonly items: readonly ListItem[]
}

/** The greatest date among the first rows' articles; null when none of them could be dated. */
export async function fromArticles(session: Session, rows: readonly { readonly title: string; readonly url: string }[], listUrl: string): Promise<FromArticles | null> {
  const items: ListItem[] = []
  const evidence: string[] = []
  let opened = 0
  for (const row of rows) {
    if (opened >= MOST || !session.open) break
    if (!sameDomain(row.url, listUrl) || /\.(?:pdf|docx?|xlsx?|zip|rar)(?:$|[?#])/i.test(row.url)) continue
    opened++
    const { facts, outcome, loaded } = await look(session, row.url, 'article')
    if (outcome !== 'ok' || facts === null || facts.newest === null) continue
    if (loaded.sha256 !== null) evidence.push(loaded.sha256)
    items.push({ title: row.title, url: row.url, date: facts.newest, witness: facts.witness })
  }
  let top: ListItem | null = null
  for (const item of items) if (top === null || (item.date ?? '') > (top.date ?? '')) top = item
  if (top === null || top.date === null || top.url === null) return null
  return { newest: top.date, witness: top.witness, title: top.title, link: top.url, evidence, items }
}
