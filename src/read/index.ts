import type { FollowUp, ListItem, PageFacts, PageForm, PageKind, PageLink, PageSource } from '../domain/page.ts'
import { judgeArticle } from './article.ts'
import { readConsultation } from './collect/consultation.ts'
import { readFollowUps } from './collect/followups.ts'
import { readFooter } from './collect/footer.ts'
import { readMetas, type Metas } from './collect/metas.ts'
import { readNavigation } from './columns/navigation.ts'
import { openContext, type Context } from './context.ts'
import { commentedItems, embeddedItems } from './data/embedded-lists.ts'
import { drawsByScript } from './collect/drawing.ts'
import { decode } from './decode.ts'
import { attribute } from './html/attributes.ts'
import { Tape } from './html/tape.ts'
import { T } from './html/tags.ts'
import { itemsOf, judgeList } from './list-page.ts'
import { type Anchor, anchors } from './lists/links.ts'
import { readSections, type Section } from './lists/sections.ts'
import { judgePage } from './verdict/judge.ts'

export { classifyColumn } from './columns/classify.ts'
export { parseDay } from './dates/parse.ts'
export { urlDate } from './dates/url.ts'
export { decode } from './decode.ts'
export { readFeed, type FeedFacts, type NoFeed } from './data/feed.ts'
export { readFollowUp } from './data/follow-up.ts'

/** Reading is synchronous and one at a time, so that one tape serves every page of the process. */
let tape = new Tape()
/** A tape that one giant page has blown up is let go. */
const TAPE_LIMIT = 3_000_000

/**
 * Everything one reading of a page yields, from its bytes and what came with them. Pure: the same bytes, source and
 * judging moment give the same facts. Never throws, whatever the bytes; work is bounded by the caps of each collector.
 */
export function readPage(bytes: Uint8Array, source: PageSource): PageFacts {
  if (tape.flow.length > TAPE_LIMIT) tape = new Tape()
  const decoded = decode(bytes, source)
  const context = openContext(decoded.text, source, tape)
  const metas = readMetas(context)
  const links = anchors(context)
  const sections = readSections(context, links)
  let embedded: ListItem[] = []
  const dated = sections.reduce((n, s) => n + s.dated, 0)
  if (source.kind !== 'article') {
    embedded = dated < 3 || decoded.text.includes('<record') ? embeddedItems(context) : []
    if (dated === 0 && embedded.length === 0) embedded = commentedItems(context)
  }
  const kind = source.kind ?? guessKind(context, metas, sections, embedded)
  const judged = kind === 'article' ? judgeArticle(context, metas, sections) : judgeList({ kind, url: source.url }, sections, embedded)
  const followUps = readFollowUps(context, metas, links)
  const textLength = visibleLength(context)
  const verdict = judgePage(context, {
    links: links.length,
    dated,
    textLength,
    embedded: embedded.length,
    frames: context.all.frames.length,
    redirects: followUps.filter((f) => f.why === 'meta_refresh' || f.why === 'script_redirect').length,
  })
  const items = kind === 'article' ? [] : itemsOf(sections, embedded)
  const listState = kind === 'article' ? 'none' : stateOf(context, items, textLength)
  return {
    kind,
    title: context.title,
    charset: decoded.charset,
    replacements: decoded.replacements,
    date: judged.date,
    confidence: judged.confidence,
    witnesses: judged.witnesses,
    sections: sections.map(({ name, url, items, newest }) => ({ name, url, items, newest })),
    items,
    listState,
    columns: readNavigation(context, links),
    followUps,
    verdict,
    metas: metas.values,
    links: pageLinks(context, links),
    forms: pageForms(context),
    ...readConsultation(context, kind, links),
    footer: readFooter(context, metas),
    textLength,
    needsBrowser: needsBrowser(context, kind, listState, verdict !== null && verdict.verdict !== 'empty_shell', followUps, textLength),
  }
}

/** Home by its address; an article by its metas or by more text than rows; else a list. */
function guessKind(context: Context, metas: Metas, sections: readonly Section[], embedded: readonly ListItem[]): PageKind {
  const path = /^https?:\/\/[^/]+(\/[^?#]*)?/.exec(context.source.url)
  if (path !== null && /^\/(?:(?:index|default|home)\.\w{2,5})?$/.test(path[1] ?? '/')) return 'home'
  if (metas.values['articletitle'] !== undefined || metas.values['og:type'] === 'article') return 'article'
  const rows = sections.reduce((n, s) => n + (s.aside ? 0 : s.dated), 0) + embedded.length
  const prose = proseLength(context)
  if (prose > 300 && prose > rows * 60) return 'article'
  return rows >= 4 || (sections.length >= 3 && rows > 0) ? 'listing' : sections.length > 0 && prose < 120 ? 'listing' : 'article'
}

/** Characters in lines long enough to be paragraphs. */
function proseLength(context: Context): number {
  const { flow, flowSize } = context.tape
  let total = 0
  let from = 0
  for (let i = 0; i <= flowSize; i++) {
    if (i < flowSize && flow[i] !== 10) continue
    if (i - from >= (context.chinese ? 60 : 160)) total += i - from
    from = i + 1
  }
  return total
}

function visibleLength(context: Context): number {
  let n = 0
  const { flow, flowSize } = context.tape
  for (let i = 0; i < flowSize; i++) if ((flow[i] ?? 0) > 32) n++
  return n
}

const NOTHING = /暂无(?:相关)?(?:内容|信息|数据|记录|文章|资料)|没有(?:找到)?(?:相关)?(?:内容|信息|数据|记录|文章)|无(?:相关)?(?:记录|数据)|共\s*0\s*(?:条|页|篇)|栏目(?:建设|维护)中|no (?:data|records|results)/i

function stateOf(context: Context, items: readonly ListItem[], textLength: number): PageFacts['listState'] {
  if (items.length >= 3 || items.some((i) => i.date !== null)) return 'listed'
  const seen = context.tape.seen()
  if (NOTHING.test(seen.length > 40_000 ? seen.slice(0, 40_000) : seen)) return 'empty'
  if (textLength < 4000) return 'unreadable'
  return items.length > 0 ? 'listed' : 'none'
}

/** Does the page draw by script what the reading needs? */
function needsBrowser(context: Context, kind: PageKind, listState: PageFacts['listState'], barred: boolean, followUps: readonly FollowUp[], textLength: number): boolean {
  if (barred) return false
  if (followUps.some((f) => f.why === 'jpage' || f.why === 'buildstatic' || f.why === 'meta_refresh' || f.why === 'script_redirect' || f.why === 'frame')) return false
  const scripts = context.all.scripts.length
  if (kind === 'article') return scripts > 0 && textLength < 120
  // 暂无数据 may be what stands there until a script, or a frame, has brought the rows.
  if (listState === 'empty') return context.all.frames.length > 0 || drawsByScript(context)
  return listState === 'unreadable' && scripts > 0
}

const MAX_LINKS = 5000

function pageLinks(context: Context, links: readonly Anchor[]): PageLink[] {
  const out: PageLink[] = []
  for (const link of links) {
    if (link.url !== null && out.length < MAX_LINKS) out.push({ url: link.url, text: link.text, tag: context.tape.tag[link.node] === T.area ? 'area' : 'a' })
  }
  for (const node of context.all.images) {
    if (out.length >= MAX_LINKS) break
    const src = attribute(context.tape, node, 'src')
    const url = src === null || src.startsWith('data:') ? null : context.resolve(src)
    if (url !== null) out.push({ url, text: attribute(context.tape, node, 'alt') ?? '', tag: 'img' })
  }
  for (const node of context.all.frames) {
    const src = attribute(context.tape, node, 'src')
    const url = src === null ? null : context.resolve(src)
    if (url !== null) out.push({ url, text: '', tag: context.tape.tag[node] === T.frame ? 'frame' : 'iframe' })
  }
  return out
}

function pageForms(context: Context): PageForm[] {
  const { tape } = context
  return context.all.forms.slice(0, 30).map((form) => {
    const end = tape.next[form] ?? 0
    const fields = context.all.inputs.filter((n) => n > form && n < end).map((n) => attribute(tape, n, 'name') ?? attribute(tape, n, 'id') ?? '').filter((n) => n !== '')
    return {
      action: context.resolve(attribute(tape, form, 'action') ?? '') ?? context.source.url,
      method: attribute(tape, form, 'method')?.toLowerCase() === 'post' ? 'post' : 'get',
      fields: fields.slice(0, 60),
      text: tape.textOf(form, 300),
    }
  })
}
