import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { parseDay, readPage } from '../../read/index.ts'
import { isInternal } from '../links/collect.ts'
import type { PageView } from '../page.ts'
import { linksOf } from '../text.ts'
import type { Trial } from '../types.ts'

export type Survey = { readonly title: string; readonly url: string; readonly openedOn: Day; readonly closedOn: Day | null; readonly feedbackOn: Day | null; readonly byMailOnly: boolean }

const NAME = /征集|网上调查|在线调查|民意调查|调查问卷/
const DAY = /\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?/g
const MOST = 8

/** 调查征集 (B7): what the column lists, with its period and its feedback. Null where no such column could be read. */
export async function readSurveys(trial: Trial): Promise<readonly Survey[] | null> {
  const given = trial.columns.find((c) => NAME.test(c.name))
  let page: PageView | null = given === undefined ? null : await trial.column(given)
  if (page === null) {
    for (const column of trial.columns.filter((c) => c.class === 'interaction').slice(0, 2)) {
      const hub = await trial.column(column)
      const link = hub.outcome === 'ok' ? linksOf(hub.dom, hub.finalUrl).find((l) => l.text.length <= 12 && NAME.test(l.text) && isInternal(l.url, trial.home.url)) : undefined
      if (link !== undefined) {
        page = await trial.open(link.url)
        break
      }
    }
  }
  if (page === null || page.outcome !== 'ok') return null
  // Another probe may have read it as an article.
  const facts = readPage(page.bytes, { url: page.finalUrl, now: trial.now, contentType: page.headers['content-type'] ?? null, kind: 'listing' })
  if (facts.needsBrowser || facts.listState === 'unreadable') return null
  const out: Survey[] = []
  for (const item of facts.items.slice(0, MOST)) {
    if (item.url === null || item.date === null || item.date > dayInChina(trial.now) || !isInternal(item.url, trial.home.url)) continue
    const own = await trial.open(item.url)
    out.push({ title: item.title.slice(0, 200), url: item.url, openedOn: item.date, ...(own.outcome === 'ok' ? readOne(own, trial.now) : { closedOn: null, feedbackOn: null, byMailOnly: false }) })
  }
  return out
}

function readOne(page: PageView, now: Date): Pick<Survey, 'closedOn' | 'feedbackOn' | 'byMailOnly'> {
  const text = page.lines.join('\n')
  const days = (line: string): Day[] => [...line.matchAll(DAY)].flatMap((m) => parseDay(m[0], now) ?? [])
  const period = page.lines.find((l) => /(?:征集|调查|公示|起止|截止|截至)/.test(l) && days(l).length > 0)
  const feedback = page.lines.find((l) => /(?:反馈|采纳|结果公布|答复)/.test(l) && days(l).length > 0)
  return {
    closedOn: period === undefined ? null : (days(period).at(-1) ?? null),
    feedbackOn: feedback === undefined ? null : (days(feedback).at(-1) ?? null),
    byMailOnly: /@|电子邮[件箱]/.test(text) && page.dom('form textarea, form input[type=radio], form input[type=text]').length === 0,
  }
}
