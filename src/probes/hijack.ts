import { z } from 'zod'
import type { Element } from 'domhandler'
import { isInternal } from './links/collect.ts'
import { several } from './links/several.ts'
import { viewPage } from './page.ts'
import type { PageView } from './page.ts'
import { columnPages } from './tags.ts'
import { hostOf, linksOf } from './text.ts'
import type { Link } from './text.ts'
import type { Probe, Trial } from './types.ts'

const suspect = z.object({ url: z.string().nullable(), what: z.string(), kind: z.enum(['home', 'hidden_link', 'bad_words', 'outlink', 'dead_outlink']), page: z.string() })
export const hijackValue = z.object({ suspects: z.array(suspect), urgent: z.boolean() })
type Suspect = z.infer<typeof suspect>

const WORDS = /澳门(?:赌场|新葡京|威尼斯人|银河|永利)|葡京(?:娱乐|赌)|太阳城(?:娱乐|集团|赌)|百家乐|六合彩|时时彩|老虎机|博彩(?:网|平台|公司)|赌博(?:网站|平台)|真人(?:荷官|娱乐城)|体育投注|bet365|开元棋牌|棋牌游戏平台|成人(?:视频|网站)|色情(?:视频|网站)|裸聊|代开发票|办证刻章/i
/** What warns of such things has the same words: 打击、警惕、严禁… */
const WARNING = /打击|整治|警惕|严禁|谨防|防范|查处|举报|取缔|案|罪|拒绝|远离|揭秘|提醒|公安/
const OUTLINKS = 12
const AT_ONCE = 4

/** Hijack and decay (W1.3, W1.4): leads for people, reported as urgent. */
export const hijack: Probe = {
  id: 'hijack',
  serves: ['W1.3', 'W1.4'],
  needs: ['http'],
  budget: { requests: 40, seconds: 90 },
  value: hijackValue,
  faults: ({ suspects }: z.infer<typeof hijackValue>) => suspects.map((s) => ({ key: s.kind === 'home' ? 'home' : `${s.kind} ${s.url ?? ''}`, what: { zh: s.what, en: s.what }, suspicion: true as const })),
  async run(trial) {
    const pages = [trial.homePage, ...(await columnPages(trial, 5))]
    const suspects: Suspect[] = [...ofHome(trial.homePage), ...pages.flatMap(hiddenLinks), ...pages.flatMap(badWords)]
    suspects.push(...(await outlinks(trial, pages)))
    const once = [...new Map(suspects.map((s) => [`${s.kind}\n${s.url}\n${s.what}`, s])).values()].slice(0, 60)
    return { outcome: 'ok', value: { suspects: once, urgent: once.some((s) => s.kind !== 'dead_outlink') }, evidence: pages.flatMap((p) => (p.sha256 === null ? [] : [p.sha256])) }
  },
}

const DECAYED: Readonly<Record<string, string>> = { parked: '域名停放、出售或赌博页面', default_page: '服务器默认页', icp_block: '未备案拦截页' }

function ofHome(page: PageView): Suspect[] {
  const verdict = page.facts.verdict
  const what = verdict === null ? undefined : DECAYED[verdict.verdict]
  return what === undefined ? [] : [{ url: page.url, what: `首页为${what}:${verdict?.evidence.slice(0, 80) ?? ''}`, kind: 'home', page: page.url }]
}

/** A style that hides by itself: not a menu that a script opens (those hold links of the site). */
const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\b|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}px|(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)|opacity\s*:\s*0(?:\s*;|\s*$)/i

function hiddenLinks(page: PageView): Suspect[] {
  const hidden = linksOf(page.dom, page.finalUrl).filter((l) => !isInternal(l.url, page.finalUrl) && !official(l.url) && isHidden(l.element))
  const bad = hidden.filter((l) => WORDS.test(l.text))
  // One hidden link to elsewhere may be a counter; several, or one that names what it sells, were put there.
  const shown = bad.length > 0 ? bad : new Set(hidden.map((l) => hostOf(l.url))).size >= 3 ? hidden : []
  return shown.slice(0, 10).map((l) => ({ url: l.url, what: `隐藏的站外链接“${l.text.slice(0, 40)}”`, kind: 'hidden_link' as const, page: page.url }))
}

function isHidden(element: Element): boolean {
  let at: Element | null = element
  for (let depth = 0; at !== null && depth < 12; depth++) {
    if (HIDING.test(at.attribs['style'] ?? '') || at.name === 'marquee' && /(?:height|width)\s*=?\s*["']?[0-4]["'\s>]/.test(JSON.stringify(at.attribs))) return true
    at = at.parent !== null && at.parent.type === 'tag' ? (at.parent as Element) : null
  }
  return false
}

function official(url: string): boolean {
  return /(?:\.gov\.cn|\.conac\.cn|\.edu\.cn|\.cac\.gov\.cn)(?::\d+)?$/i.test(hostOf(url))
}

function badWords(page: PageView): Suspect[] {
  const metas = [page.facts.title, page.facts.metas['keywords'] ?? '', page.facts.metas['description'] ?? '']
  const hit = metas.find((t) => WORDS.test(t) && !WARNING.test(t))
  const out: Suspect[] = hit === undefined ? [] : [{ url: page.url, what: `页面标题或关键词含“${WORDS.exec(hit)?.[0] ?? ''}”`, kind: 'bad_words', page: page.url }]
  for (const l of linksOf(page.dom, page.finalUrl)) {
    if (!isInternal(l.url, page.finalUrl) && WORDS.test(l.text) && !WARNING.test(l.text)) out.push({ url: l.url, what: `站外链接文字含“${WORDS.exec(l.text)?.[0] ?? ''}”`, kind: 'bad_words', page: page.url })
  }
  return out.slice(0, 10)
}

/** Asked again before a name is called dead: name servers have bad moments. */
const UNKNOWN = /\b(?:ENOTFOUND|ENODATA|NXDOMAIN)\b/

/**
 * Outlinks whose hosts are for sale, parked, bare servers or sell gambling now; and names that nobody holds any more (whoever
 * registers them next has a link from here). What cannot be reached otherwise says nothing.
 */
async function outlinks(trial: Trial, pages: readonly PageView[]): Promise<readonly Suspect[]> {
  const byHost = new Map<string, { link: Link; page: string }>()
  for (const page of pages) for (const link of linksOf(page.dom, page.finalUrl)) {
    if (!isInternal(link.url, trial.home.url) && !official(link.url) && !byHost.has(hostOf(link.url))) byHost.set(hostOf(link.url), { link, page: page.url })
  }
  const out: Suspect[] = []
  const dead: Suspect[] = []
  let reached = false
  const attempt = async ({ link, page }: { link: Link; page: string }): Promise<void> => {
    const reply = await trial.ask.fetch({ url: link.url, prefix: true, maxBytes: 100_000, signal: trial.signal })
    reached ||= reply.status !== null
    if (reply.outcome === 'dns' && UNKNOWN.test(reply.error ?? '') && trial.left() > 0) {
      const again = await trial.ask.fetch({ url: link.url, method: 'HEAD', maxBytes: 1000, signal: trial.signal })
      if (again.outcome === 'dns' && UNKNOWN.test(again.error ?? '')) dead.push({ url: link.url, what: `外链“${link.text.slice(0, 40)}”的域名已不存在,可能被他人注册`, kind: 'dead_outlink', page })
      return
    }
    if (reply.outcome !== 'ok' && reply.outcome !== 'too_large') return
    const target = viewPage({ url: link.url, finalUrl: reply.url, status: reply.status, outcome: 'ok', bytes: reply.bytes, headers: reply.headers, sha256: null }, trial.now)
    const decayed = DECAYED[target.facts.verdict?.verdict ?? '']
    const title = target.facts.title
    if (decayed !== undefined || (WORDS.test(title) && !WARNING.test(title))) out.push({ url: link.url, what: `外链“${link.text.slice(0, 40)}”指向${decayed ?? `“${title.slice(0, 40)}”`}`, kind: 'outlink', page })
  }
  await several([...byHost.values()].slice(0, OUTLINKS), AT_ONCE, attempt, () => trial.left() < 2)
  // Where nobody elsewhere answers, it is we who know no names.
  return reached ? [...out, ...dead] : out
}
