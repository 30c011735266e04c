import { z } from 'zod'
import { isInternal } from './links/collect.ts'
import { isRead } from './page.ts'
import type { PageView } from './page.ts'
import type { Probe, Trial } from './types.ts'

const KINDS = ['home', 'column', 'article'] as const
export const tagsValue = z.object({ pages: z.array(z.object({ url: z.string(), kind: z.enum(KINDS), metas: z.record(z.string(), z.string()) })) })

/** The names of 国办发〔2017〕47号's annex, in lower case; whether what stands there is right, the standard judges. */
const NAMES = new Set(['sitename', 'sitedomain', 'siteidcode', 'columnname', 'columndescription', 'columnkeywords', 'columntype', 'articletitle', 'pubdate', 'contentsource', 'keywords', 'author', 'description', 'image', 'url'])
/** What pages of each kind must bear. */
const LAYERS: readonly { readonly key: string; readonly kinds: readonly (typeof KINDS)[number][]; readonly names: readonly string[] }[] = [
  { key: 'site', kinds: ['home', 'column', 'article'], names: ['sitename', 'sitedomain', 'siteidcode'] },
  { key: 'column', kinds: ['column', 'article'], names: ['columnname', 'columndescription', 'columnkeywords', 'columntype'] },
  { key: 'article', kinds: ['article'], names: ['articletitle', 'pubdate', 'contentsource'] },
]
const COLUMNS = 8
const ARTICLES = 8

/** 页面标签 (D27): the government metas of the home page, columns and articles, as they stand. */
export const tags: Probe = {
  id: 'tags',
  serves: ['D27'],
  needs: ['http'],
  budget: { requests: 30, seconds: 90 },
  value: tagsValue,
  faults: ({ pages }: z.infer<typeof tagsValue>) => LAYERS.flatMap(({ key, kinds, names }) => {
    const of = pages.filter((p) => kinds.includes(p.kind))
    const missing = names.filter((n) => of.some((p) => (p.metas[n] ?? '').trim() === ''))
    return missing.length === 0 ? [] : [{ key, what: { zh: `${key}标签缺少 ${missing.join('、')}`, en: `tags of ${key} lack ${missing.join(', ')}` } }]
  }),
  async run(trial) {
    const seen: { page: PageView; kind: (typeof KINDS)[number] }[] = [...(stands(trial.homePage) ? [{ page: trial.homePage, kind: 'home' as const }] : []), ...(await columnPages(trial, COLUMNS)).map((page) => ({ page, kind: 'column' as const })), ...(await articlePages(trial, ARTICLES)).map((page) => ({ page, kind: 'article' as const }))]
    return {
      outcome: 'ok',
      value: { pages: seen.map(({ page, kind }) => ({ url: page.url, kind, metas: Object.fromEntries(Object.entries(page.facts.metas).filter(([k]) => NAMES.has(k.toLowerCase())).map(([k, v]) => [k, v.slice(0, 500)])) })) },
      evidence: seen.flatMap(({ page }) => (page.sha256 === null ? [] : [page.sha256])),
    }
  },
}

/** A shell, a frame or a page that sends on at once stands for another, which bears the tags. */
export function stands(page: PageView): boolean {
  return isRead(page) && !page.facts.followUps.some((f) => f.why === 'frame' || f.why === 'meta_refresh' || f.why === 'script_redirect')
}

export async function columnPages(trial: Trial, most: number): Promise<readonly PageView[]> {
  const out: PageView[] = []
  for (const column of trial.columns) {
    if (out.length >= most || trial.left() < 5) break
    if (!isInternal(column.url, trial.home.url) || column.url === trial.home.url) continue
    const page = await trial.column(column)
    if (isRead(page) && isInternal(page.finalUrl, trial.home.url)) out.push(page)
  }
  return out
}

/** The newest articles of the site itself, as pages. */
export async function articlePages(trial: Trial, most: number): Promise<readonly PageView[]> {
  const items = [trial.home.facts, ...trial.columns.flatMap((c) => (c.facts === undefined ? [] : [c.facts]))].flatMap((f) => f.items)
  const dated = items.flatMap((i) => (i.url !== null && i.date !== null && isInternal(i.url, trial.home.url) && !/\.(?:pdf|docx?|xlsx?|zip|rar|ofd)$/i.test(i.url) ? [{ url: i.url, date: i.date }] : []))
  const urls = [...new Map(dated.sort((a, b) => (a.date < b.date ? 1 : -1)).map((i) => [i.url, i])).keys()]
  const out: PageView[] = []
  for (const url of urls) {
    if (out.length >= most || trial.left() < 3) break
    const page = await trial.open(url)
    if (isRead(page) && isInternal(page.finalUrl, trial.home.url)) out.push(page)
  }
  return out
}
