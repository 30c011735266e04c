import { isInternal } from '../links/collect.ts'
import { linksOf } from '../text.ts'
import type { Trial } from '../types.ts'

export type Entry = { readonly text: string; readonly url: string }

const WRITE = /咨询|信箱|留言|写信|建言|投诉|问政|我要(?:问|说|写信|咨询)|在线提问|意见建议|提意见|民意征集|调查征集|网上调查/
/** Special channels that the rules do not count (网上信访、纪检举报). */
const SPECIAL = /信访|举报|纪检|12388|监督执纪/
const OTHER = /统计|公开|选登|查询|须知|指南|说明|排行|热点|常见|满意度|回复|答复|选编|精选|办理情况/

/** Entries for consultation: on the home page, and in the interaction columns. */
export async function entriesOf(trial: Trial): Promise<readonly Entry[]> {
  const out = new Map<string, Entry>()
  const add = (text: string, url: string): void => {
    if (!SPECIAL.test(text) && out.size < 30 && !out.has(url)) out.set(url, { text: text.slice(0, 60), url })
  }
  const columns = trial.columns.filter((c) => c.class === 'interaction')
  const hubs = new Set(columns.map((c) => c.url))
  for (const entry of trial.home.facts.consultation) if (!hubs.has(entry.url) && !OTHER.test(entry.text)) add(entry.text, entry.url)
  for (const column of columns.slice(0, 3)) {
    const page = isInternal(column.url, trial.home.url) ? await trial.column(column) : null
    const before = out.size
    if (page !== null && page.outcome === 'ok') {
      for (const link of linksOf(page.dom, page.finalUrl)) if (link.text.length <= 16 && WRITE.test(link.text) && !OTHER.test(link.text) && !hubs.has(link.url)) add(link.text, link.url)
    }
    // A column that leads nowhere else, or holds the form itself, is the entry.
    if (out.size === before || (page !== null && page.dom('textarea').length > 0)) add(column.name, column.url)
  }
  return [...out.values()]
}
