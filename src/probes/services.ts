import { z } from 'zod'
import { isDay } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import { parseDay } from '../read/index.ts'
import { fits } from './files.ts'
import { attachmentType, isInternal } from './links/collect.ts'
import { isRead } from './page.ts'
import type { PageView } from './page.ts'
import { ELEMENT_NAMES, readGuide } from './services/guide.ts'
import { linksOf, sameKey } from './text.ts'
import type { Link } from './text.ts'
import type { Probe, Trial } from './types.ts'

const told = z.boolean().nullable()
const strings = z.array(z.string())
const day = z.string().refine((s): s is Day => isDay(s), 'a day YYYY-MM-DD')
export const servicesValue = z.object({
  entry: told, grouped: told, items: z.number().int().nonnegative().nullable(),
  guides: z.array(z.object({
    name: z.string(), url: z.string(), present: z.boolean(), elements: z.array(z.enum(ELEMENT_NAMES as [string, ...string[]])),
    unclearMaterials: strings, vague: strings, nameOnly: strings, formRequired: z.boolean(), formAvailable: told, basisLinked: told,
  })),
  statistics: z.object({ published: told, newestOn: day.nullable() }),
  /** Where the services are: the hall's address, also one elsewhere (全省一体化平台). */
  hall: z.string().nullable(),
})
type Guide = z.infer<typeof servicesValue>['guides'][number]

const HALL = /办事|政务服务|服务大厅|一网通办|网上(?:审批|服务|大厅)|便民服务|公共服务|服务事项|我要办/
/** Wider: whoever has none of these words anywhere on a page read whole offers no services. */
const ANY = /办事|办理|服务|审批|许可|事项|指南|大厅|缴费|预约|查询|下载/
const GUIDE = /指南|须知|流程|(?:登记|许可|审批|核发|备案|申领|申请|办理|换发|补发|注销|变更|认定|核定|缴纳|补贴|给付|确认|证明|参保|查询|预约|转移|年检|年审)(?:事项)?$|^.{2,24}证$/
const GUIDES = 10
/** Elements missing from which on a guide is poor (检查指标, 服务不实用: 4类及以上). */
const LACKING = 4
const GROUPS = /^(?:个人(?:办事|服务)|法人(?:办事|服务)|企业(?:办事|服务)|按(?:主题|部门|事项|对象|生命周期)(?:分类)?|主题服务|部门服务|场景服务|事项清单|(?:行政)?许可|公共服务|特色服务)/

/** 办事服务 (W6a–c, D10, D13, D15): the entry, and a sample of guides, each with the key elements it has. */
export const services: Probe = {
  id: 'services',
  serves: ['W6a', 'W6b', 'W6c', 'D10', 'D12', 'D13', 'D15', 'B5'],
  needs: ['http'],
  budget: { requests: 60, seconds: 150 },
  value: servicesValue,
  faults: ({ entry, guides }: z.infer<typeof servicesValue>) => [
    ...(entry === false ? [{ key: 'entry', what: { zh: '没有办事服务入口', en: 'there is no entry to services' } }] : []),
    ...guides.filter((g) => ELEMENT_NAMES.length - g.elements.length >= LACKING).map((g) => ({
      key: g.url,
      what: g.present
        ? { zh: `“${g.name}”缺少要素:${ELEMENT_NAMES.filter((e) => !g.elements.includes(e)).join('、')}`, en: `“${g.name}” lacks ${ELEMENT_NAMES.filter((e) => !g.elements.includes(e)).join(', ')}` }
        : { zh: `“${g.name}”打不开`, en: `“${g.name}” is not there` },
    })),
  ],
  async run(trial) {
    const halls = entries(trial)
    const evidence: string[] = trial.homePage.sha256 === null ? [] : [trial.homePage.sha256]
    const none = (entry: boolean | null, hall: string | null, note?: string) => ({ outcome: 'ok' as const, evidence, ...(note === undefined ? {} : { note }), value: { entry, grouped: null, items: null, guides: [], statistics: { published: null, newestOn: null }, hall } })
    if (halls.length === 0) return none(whole(trial) ? false : null, null)
    const inside = halls.filter((h) => isInternal(h, trial.home.url))
    const elsewhere = halls.find((h) => !isInternal(h, trial.home.url)) ?? null
    const pages: PageView[] = []
    for (const url of inside.slice(0, 3)) pages.push(await trial.open(url))
    const hall = pages.find(isRead)
    for (const p of pages) if (p.sha256 !== null) evidence.push(p.sha256)
    if (hall === undefined) {
      if (elsewhere !== null) return none(true, elsewhere, 'the service hall lies on another site')
      const missing = pages.length > 0 && pages.every((p) => p.outcome === 'not_found') && (await stillMissing(trial, inside))
      return none(missing ? false : null, inside[0] ?? null, missing ? 'every entry leads to a page that is not there' : 'the service hall could not be read')
    }
    const candidates = guideLinks(hall, trial)
    const guides: Guide[] = []
    let unread = 0
    for (const link of candidates.slice(0, GUIDES)) {
      if (trial.left() < 3) break
      const one = await tryGuide(trial, link, evidence)
      if (one === null) unread += 1
      else guides.push(one)
    }
    const lines = hall.lines
    const published = lines.some((l) => /办件(?:统计|量|公示|数)|办理统计|今日办件|累计(?:受理|办件|办结)/.test(l)) ? true : null
    const stamp = lines.find((l) => /(?:统计|办件|更新)[^\n]{0,12}\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}/.test(l))
    const more = hall.facts.followUps.some((f) => f.why !== 'meta_refresh') || hall.facts.needsBrowser
    return {
      outcome: 'ok',
      evidence,
      ...(unread === 0 ? {} : { note: `${unread} guides could not be read` }),
      value: {
        entry: true,
        grouped: new Set(lines.filter((l) => GROUPS.test(l) && l.length <= 12)).size >= 2 ? true : null,
        // Counted only where the hall lists all it has on the page itself.
        items: candidates.length > 0 && !more && elsewhere === null ? candidates.length : null,
        guides,
        statistics: { published, newestOn: published === true && stamp !== undefined ? parseDay(stamp, trial.now) : null },
        hall: hall.url,
      },
    }
  },
}

function whole(trial: Trial): boolean {
  const { facts } = trial.home
  const readable = !facts.needsBrowser && facts.verdict === null && facts.links.length >= 12 && facts.columns.length >= 3 && facts.followUps.every((f) => f.why === 'next_page')
  return readable && !facts.links.some((l) => ANY.test(l.text) || /service|bsfw|zwfw|banshi|wsbs/i.test(l.url)) && !facts.links.some((l) => l.tag === 'img' && l.text === '' && /banner|service|bs/i.test(l.url))
}

function entries(trial: Trial): readonly string[] {
  const columns = trial.columns.filter((c) => c.class === 'service').map((c) => c.url)
  const linked = linksOf(trial.homePage.dom, trial.homePage.finalUrl).filter((l) => l.text.length <= 14 && HALL.test(l.text)).map((l) => l.url)
  return [...new Map([...columns, ...linked].map((u) => [sameKey(u), u])).values()].slice(0, 8)
}

async function stillMissing(trial: Trial, urls: readonly string[]): Promise<boolean> {
  for (const url of urls.slice(0, 3)) {
    const again = await trial.ask.fetch({ url, signal: trial.signal })
    if (again.status !== 404 && again.status !== 410) return false
  }
  return true
}

/** Links of the hall that the home page has not: to guides, by their names or by where they lie. */
function guideLinks(hall: PageView, trial: Trial): readonly Link[] {
  const known = new Set([...linksOf(trial.homePage.dom, trial.homePage.finalUrl).map((l) => sameKey(l.url)), ...trial.columns.map((c) => sameKey(c.url)), sameKey(hall.url)])
  const own = linksOf(hall.dom, hall.finalUrl).filter((l) => !known.has(sameKey(l.url)) && l.text.length >= 3 && l.text.length <= 60 && isInternal(l.url, trial.home.url) && attachmentType(l.url) === null)
  const likely = own.filter((l) => GUIDE.test(l.text) || /guide|bszn|(?:^|[/_.-])item|matter|sxzn/i.test(l.url))
  return [...new Map(likely.map((l) => [sameKey(l.url), l])).values()]
}

async function tryGuide(trial: Trial, link: Link, evidence: string[]): Promise<Guide | null> {
  const absent: Guide = { name: link.text, url: link.url, present: false, elements: [], unclearMaterials: [], vague: [], nameOnly: [], formRequired: false, formAvailable: null, basisLinked: null }
  const page = await trial.open(link.url)
  if (page.outcome === 'not_found') return (await stillMissing(trial, [link.url])) ? absent : null
  // A guide behind a wall, or drawn by script, was not read; one drawn plain that has nothing is a poor one.
  if (page.outcome !== 'ok' || page.facts.needsBrowser) return null
  const { forms, bare, ...guide } = readGuide(page, link.text)
  // Tabs that a script fills show their names only: whether the text is there, nobody can tell from here.
  if (bare && page.dom('script[src]').length > 3) return null
  if (page.sha256 !== null) evidence.push(page.sha256)
  return { name: link.text, url: link.url, present: true, ...guide, formAvailable: guide.formRequired ? await available(trial, forms) : null }
}

/** Does one of the forms come, and as what it says? false only where none is offered or none is there. */
async function available(trial: Trial, forms: readonly string[]): Promise<boolean | null> {
  if (forms.length === 0) return false
  let missing = 0
  for (const url of forms) {
    const reply = await trial.ask.fetch({ url, prefix: true, maxBytes: 4096, signal: trial.signal })
    if ((reply.outcome === 'ok' || reply.outcome === 'too_large') && fits(attachmentType(url) ?? '', reply.bytes) === 'fits') return true
    if (reply.status === 404 || reply.status === 410) missing += 1
  }
  return missing === forms.length ? false : null
}
