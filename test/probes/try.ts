import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { availabilityValue } from '../../src/probes/availability.ts'
import type { forgedDatesValue } from '../../src/probes/forged-dates.ts'
import type { hijackValue } from '../../src/probes/hijack.ts'
import type { identityValue } from '../../src/probes/identity.ts'
import type { interactionValue } from '../../src/probes/interaction.ts'
import type { interpretationValue } from '../../src/probes/interpretation.ts'
import type { ipv6Value } from '../../src/probes/ipv6.ts'
import type { lettersValue } from '../../src/probes/letters.ts'
import type { linksValue } from '../../src/probes/links.ts'
import type { searchValue } from '../../src/probes/search.ts'
import type { servicesValue } from '../../src/probes/services.ts'
import type { tagsValue } from '../../src/probes/tags.ts'
import type { tlsValue } from '../../src/probes/tls.ts'
import { PROBES, runProbes } from '../../src/probes/index.ts'
import type { Ask, ProbeColumn, ProbeContext, ProbeRun } from '../../src/probes/index.ts'
import { createFetcher } from '../../src/fetch/index.ts'
import { readPage } from '../../src/read/index.ts'
import { PROBE_VALUES } from '../../src/standard/needs.ts'
import type { ProbeId } from '../../src/standard/needs.ts'
import type { ColumnClass } from '../../src/domain/page.ts'
import { site } from '../fetch/servers.ts'
import type { Site } from '../fetch/servers.ts'

/** Noon of Monday, 23 November 2026 in China. */
export const NOW = new Date('2026-11-23T04:00:00Z')

export const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'], timeouts: { connect: 1500, total: 6000, headers: 6000 } })

export type Page = string | Buffer | { status?: number; type?: string; body?: string | Buffer; to?: string } | ((req: IncomingMessage, res: ServerResponse) => void)
export type Routes = Record<string, Page>

/** A site of routes; whatever is not among them is an honest 404, or what `missing` says. */
export function serveRoutes(routes: Routes, missing: Page = { status: 404, body: '<html><title>404</title><body>没有这个页面</body></html>' }): Promise<Site> {
  return site((req, res) => {
    const url = new URL(req.url ?? '/', 'http://x')
    const page = routes[url.pathname + url.search] ?? routes[url.pathname] ?? missing
    if (typeof page === 'function') return page(req, res)
    const { status = 200, type = 'text/html; charset=utf-8', body = '', to = undefined } = typeof page === 'string' || Buffer.isBuffer(page) ? { body: page } : page
    if (to !== undefined) return void res.writeHead(302, { location: to }).end()
    res.writeHead(status, { 'content-type': type })
    return void res.end(req.method === 'HEAD' ? undefined : body)
  })
}

const NAV = ['要闻动态', '通知公告', '政策文件', '政策解读', '机构职能', '领导信息', '统计数据', '专题专栏']
/** A whole home page: navigation, sections of dated headlines, a foot. `extra` stands in its body. */
export function home(extra: string, { foot = FOOT, rows = HEADLINES }: { foot?: string; rows?: readonly (readonly [string, string, string])[] } = {}): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>景安县人民政府</title><meta name="SiteName" content="景安县人民政府"><meta name="SiteDomain" content="www.jingan.gov.cn"><meta name="SiteIDCode" content="3607290001"></head><body>
<div class="header"><h1>景安县人民政府</h1></div><div class="nav"><ul>${NAV.map((n, i) => `<li><a href="/col${i}/">${n}</a></li>`).join('')}</ul></div>
<div class="list"><h2>要闻动态</h2><ul>${rows.map(([url, title, day]) => `<li><a href="${url}">${title}</a><span>${day}</span></li>`).join('\n')}</ul></div>
${extra}
<p>景安县位于省境南部，全县总面积一千九百平方公里，辖十二个乡镇，二百一十个行政村，户籍人口四十二万人。近年来，全县上下坚持稳中求进，经济社会发展取得新的成绩，城乡面貌不断改善，人民生活水平稳步提高，各项社会事业全面进步。</p>
${foot}</body></html>`
}
export const FOOT = `<div class="footer"><p>主办单位：景安县人民政府办公室 联系电话：0797-3601234</p><p>网站标识码：3607290001 <a href="#">赣ICP备05001234号-1</a> 赣公网安备 36072902000123号</p></div>`
export const HEADLINES = [
  ['/art/1.html', '县政府召开常务会议研究部署安全生产工作', '2026-11-19'],
  ['/art/2.html', '全县森林防灭火工作视频会议召开', '2026-11-18'],
  ['/art/3.html', '我县举办残疾人就业创业培训班', '2026-11-16'],
  ['/art/4.html', '县领导到园区调研重点项目建设情况', '2026-11-13'],
  ['/art/5.html', '城区供水管网改造工程全面完工', '2026-11-10'],
] as const
export const articles = (): Routes => Object.fromEntries([...HEADLINES.map(([url, title, day]) => [url, `<html><head><title>${title}</title><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${day} 09:00"></head><body><h1>${title}</h1><p>${'会议指出，要把各项工作落到实处，确保取得实效。'.repeat(12)}</p></body></html>`] as const), ...NAV.map((n, i) => [`/col${i}/`, `<html><head><title>${n}</title></head><body><h1>${n}</h1><ul>${HEADLINES.map(([u, t, d]) => `<li><a href="${u}">${t}</a><span>${d}</span></li>`).join('')}</ul></body></html>`] as const)])

export type Options = { readonly columns?: readonly { name: string; path: string; class: ColumnClass }[]; readonly policy?: { mayPost: boolean }; readonly ask?: Partial<Ask>; readonly now?: Date } & Partial<Pick<ProbeContext, 'recipe' | 'history'>>

/** The context that a visit would hand in, made from a served site. */
export async function contextOf(base: string, options: Options = {}): Promise<ProbeContext> {
  const now = options.now ?? NOW
  const at = `${base}/`
  const got = await fetcher.fetch({ url: at })
  const columns: ProbeColumn[] = []
  for (const c of options.columns ?? []) {
    const url = new URL(c.path, at).href
    const page = await fetcher.fetch({ url })
    columns.push({ name: c.name, class: c.class, url, ...(page.outcome === 'ok' ? { bytes: page.bytes, facts: readPage(page.bytes, { url, now, kind: 'listing' }) } : {}) })
  }
  return {
    home: { url: at, bytes: got.bytes, facts: readPage(got.bytes, { url: at, now, kind: 'home' }) },
    columns, now, policy: options.policy ?? { mayPost: false },
    site: { siteCode: '3607290001', name: '景安县人民政府', host: new URL(at).host },
    ask: { fetch: (request) => fetcher.fetch(request), render: null, ...options.ask },
    keep: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    ...(options.recipe === undefined ? {} : { recipe: options.recipe }),
    ...(options.history === undefined ? {} : { history: options.history }),
  }
}

/** The values as the probes themselves give them: what the standard reads, and more. */
type Values = {
  links: z.infer<typeof linksValue>; attachments: z.infer<typeof linksValue>; search: z.infer<typeof searchValue>; interaction: z.infer<typeof interactionValue>
  letters: z.infer<typeof lettersValue>; services: z.infer<typeof servicesValue>; interpretation: z.infer<typeof interpretationValue>; tags: z.infer<typeof tagsValue>
  identity: z.infer<typeof identityValue>; ipv6: z.infer<typeof ipv6Value>; tls: z.infer<typeof tlsValue>; availability: z.infer<typeof availabilityValue>
  forged_dates: z.infer<typeof forgedDatesValue>; hijack: z.infer<typeof hijackValue>
}

/** Runs one probe; its value must have the form that the standard's evaluators read. */
export async function tryProbe<I extends ProbeId>(id: I, context: ProbeContext): Promise<Omit<ProbeRun, 'value'> & { readonly value: Values[I] }> {
  const [run] = await runProbes([id], context)
  if (run === undefined) throw new Error('no run')
  if (run.value !== null) PROBE_VALUES[id].parse(run.value)
  return { ...run, value: run.value as Values[I] }
}

export { PROBES }
