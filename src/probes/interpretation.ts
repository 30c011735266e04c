import { z } from 'zod'
import { addMonths, dayInChina } from '../domain/date.ts'
import type { ListItem } from '../domain/page.ts'
import { isInternal } from './links/collect.ts'
import { isRead } from './page.ts'
import type { PageView } from './page.ts'
import { bare, linksOf, sameKey } from './text.ts'
import type { Probe, Trial } from './types.ts'

const told = z.boolean().nullable()
const FORMS = ['text', 'press_conference', 'chart', 'audio_video', 'animation', 'other'] as const
export const interpretationValue = z.object({
  documents: z.array(z.object({ url: z.string(), title: z.string(), interpreted: told })),
  pieces: z.array(z.object({ url: z.string(), title: z.string(), linksToDocument: told, documentLinksBack: told, forms: z.array(z.enum(FORMS)) })),
  /** Interpreted documents of a hundred, of those that could be told; null of none. */
  percent: z.number().nullable(),
})

const MONTHS = 6
const MOST = 10
type Listed = { readonly title: string; readonly url: string }

/** 解读比例与关联 (D7, D8, B2): the policy documents of six months, the pieces that explain them, and the links both ways. */
export const interpretation: Probe = {
  id: 'interpretation',
  serves: ['D7', 'D8', 'B2'],
  needs: ['http'],
  budget: { requests: 50, seconds: 120 },
  value: interpretationValue,
  faults: ({ documents }: z.infer<typeof interpretationValue>) => documents.filter((d) => d.interpreted === false).map((d) => ({ key: d.url, what: { zh: `“${d.title}”没有解读`, en: `nobody explains “${d.title}”` } })),
  async run(trial) {
    const from = addMonths(dayInChina(trial.now), -MONTHS)
    const policy = await listed(trial, 'policy', from)
    const explained = await listed(trial, 'interpretation', from)
    const evidence: string[] = []
    const open = async (l: Listed): Promise<PageView> => {
      const page = await trial.open(l.url)
      if (page.sha256 !== null) evidence.push(page.sha256)
      return page
    }
    const documents: { item: Listed; page: PageView | null }[] = []
    for (const item of policy.items.slice(0, MOST)) documents.push({ item, page: trial.left() > 3 ? await open(item) : null })
    const pieces: { item: Listed; page: PageView | null }[] = []
    for (const item of explained.items.slice(0, MOST)) pieces.push({ item, page: trial.left() > 3 ? await open(item) : null })

    const keys = new Set(policy.items.map((d) => sameKey(d.url)))
    const pieceRows = pieces.map(({ item, page }) => {
      const target = page === null || !isRead(page) ? null : documentOf(page, item, policy.items, keys)
      const back = target === null ? null : documents.find((d) => sameKey(d.item.url) === sameKey(target.url))?.page ?? null
      return {
        url: item.url, title: item.title,
        linksToDocument: page === null || !isRead(page) || page.facts.needsBrowser ? null : target !== null,
        documentLinksBack: back === null || !isRead(back) || back.facts.needsBrowser ? null : linksTo(back, item.url) || interpretationLink(back),
        forms: page === null || !isRead(page) ? [] : formsOf(page, item.title),
        target: target?.url ?? null,
      }
    })
    const targets = new Set(pieceRows.flatMap((p) => (p.target === null ? [] : [sameKey(p.target)])))
    const sure = explained.whole && pieces.length === explained.items.length && pieceRows.every((p) => p.linksToDocument !== null)
    const rows = documents.map(({ item, page }) => {
      const yes = targets.has(sameKey(item.url)) || explained.items.some((p) => names(p.title, item.title)) || (page !== null && isRead(page) && interpretationLink(page))
      // That nobody explains it may be said only when all pieces of the time were read, and the document itself.
      return { url: item.url, title: item.title, interpreted: yes ? true : sure && page !== null && isRead(page) && !page.facts.needsBrowser ? false : null }
    })
    const known = rows.filter((r) => r.interpreted !== null)
    return {
      outcome: 'ok', evidence,
      value: { documents: rows, pieces: pieceRows.map(({ target: _, ...row }) => row), percent: known.length === 0 ? null : Math.round((1000 * known.filter((r) => r.interpreted === true).length) / known.length) / 10 },
    }
  },
}

/** Items of the columns of a class within the period; `whole` where every such column was read back to before it. */
async function listed(trial: Trial, cls: 'policy' | 'interpretation', from: string): Promise<{ items: readonly Listed[]; whole: boolean }> {
  const columns = trial.columns.filter((c) => c.class === cls)
  const all: ListItem[] = []
  let whole = columns.length > 0
  for (const column of columns.slice(0, 4)) {
    const page = isInternal(column.url, trial.home.url) ? await trial.column(column) : null
    if (page === null || !isRead(page) || page.facts.listState !== 'listed') {
      whole = whole && page !== null && isRead(page) && page.facts.listState === 'empty' && !page.facts.needsBrowser
      continue
    }
    all.push(...page.facts.items)
    const dated = page.facts.items.flatMap((i) => (i.date === null ? [] : [i.date]))
    if (dated.length < page.facts.items.length || (page.facts.followUps.some((f) => f.why === 'next_page') && !dated.some((d) => d < from))) whole = false
  }
  const today = dayInChina(trial.now)
  const items = all.flatMap((i) => (i.url !== null && i.date !== null && i.date >= from && i.date <= today && isInternal(i.url, trial.home.url) ? [{ title: i.title, url: i.url }] : []))
  return { items: [...new Map(items.map((i) => [sameKey(i.url), i])).values()], whole: whole && columns.length <= 4 }
}

/** The document a piece explains: one it links to, or a link that says it is the original. Lists beside the text do not count. */
function documentOf(page: PageView, item: Listed, documents: readonly Listed[], keys: ReadonlySet<string>): Listed | null {
  const links = linksOf(page.dom, page.finalUrl)
  const original = links.find((l) => /政策原文|文件原文|原文链接|查看原文|相关文件|政策文件链接|解读文件/.test(l.text) || (l.text.startsWith('《') && keys.has(sameKey(l.url))))
  if (original !== undefined) return { title: original.text, url: original.url }
  const direct = links.find((l) => keys.has(sameKey(l.url)) && (names(item.title, l.text) || /《/.test(l.text)))
  if (direct !== undefined) return { title: direct.text, url: direct.url }
  const named = documents.find((d) => names(item.title, d.title))
  return named !== undefined && links.some((l) => sameKey(l.url) === sameKey(named.url)) ? named : null
}

/** Does the title of a piece name the document? */
function names(piece: string, document: string): boolean {
  const core = bare(/《(.{4,})》/.exec(document)?.[1] ?? document.replace(/^.{2,20}(?:关于印发|关于转发|印发)/, '')).replace(/的?通知$/, '')
  return core.length >= 6 && bare(piece).includes(core)
}

function linksTo(page: PageView, url: string): boolean {
  return linksOf(page.dom, page.finalUrl).some((l) => sameKey(l.url) === sameKey(url))
}

function interpretationLink(page: PageView): boolean {
  // The column of that name stands in the navigation of every page: a link to a piece says more than two words.
  return linksOf(page.dom, page.finalUrl).some((l) => /(?:相关|政策|文件|图文|文字|专家|一图|图)解读|解读(?:材料|稿|链接)|一图读懂/.test(l.text) && !/^(?:政策|文件)?解读$/.test(l.text))
}

function formsOf(page: PageView, title: string): (typeof FORMS)[number][] {
  const text = `${title}\n${page.lines.join('\n').slice(0, 20_000)}`
  const out: (typeof FORMS)[number][] = []
  if (/新闻发布会|答记者问|记者见面会/.test(text)) out.push('press_conference')
  if (/一图读懂|图解|图表解读|长图/.test(text)) out.push('chart')
  if (page.dom('video, audio, embed[type*=video], a[href$=".mp4"], a[href$=".mp3"]').length > 0 || /^(?:\[?视频|\[?音频)|视频解读/.test(title)) out.push('audio_video')
  if (/动漫|动画解读/.test(title)) out.push('animation')
  return out.length > 0 ? out : ['text']
}
