import type { PageKind, PageFacts } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { attribute } from '../html/attributes.ts'
import { T } from '../html/tags.ts'
import type { Anchor } from '../lists/links.ts'
import { drawsByScript } from './drawing.ts'

type Consultation = Pick<PageFacts, 'consultation' | 'consultationHides'>

const WORDS = /咨询|信箱|留言|写信|建言|投诉|互动交流|问政|12345|我要(?:问|说|写信|咨询)|在线提问|网民来信|意见建议|领导信箱|民意征集|政民互动/
/** Pictures that lead to what is no part of the site: badges, and the way home. */
const BADGE = /conac\.cn|beian|pucha|zfwzgl|12377|jubao/i
const MOST = 20
/** Characters of a link's words: a banner may name several entries at once. */
const LONGEST = 60
/** Characters of a line that reads as a button or a menu's entry. */
const LABEL = 16

/**
 * Links that lead to where a citizen may ask or write (检查指标: 互动交流 entry), by their words or those of their pictures; and, for a home page
 * that shows none, what may hide one all the same.
 */
export function readConsultation(context: Context, kind: PageKind, links: readonly Anchor[]): Consultation {
  const entries: { text: string; url: string }[] = []
  const seen = new Set<string>()
  const bare: string[] = []
  const named = new Set<string>()
  for (const link of links) {
    const words = link.text.length >= 2 ? link.text : pictured(context, link.node)
    if (link.url === null) continue
    if (words === '') bare.push(link.url)
    else named.add(link.url)
    if (entries.length >= MOST || words.length > LONGEST || !WORDS.test(words) || seen.has(link.url)) continue
    seen.add(link.url)
    entries.push({ text: words.slice(0, LONGEST), url: link.url })
  }
  if (kind !== 'home' || entries.length > 0) return { consultation: entries, consultationHides: [] }
  const hides: PageFacts['consultationHides'][number][] = []
  if (context.all.frames.length > 0 || drawsByScript(context)) hides.push('script')
  if (context.tape.seen().split('\n').some((line) => line.length <= LABEL && WORDS.test(line))) hides.push('words')
  // A picture of a story leads where its title leads, too.
  if (bare.some((url) => !named.has(url) && url !== context.source.url && !BADGE.test(url) && !/^https?:\/\/[^/]+\/?$/.test(url))) hides.push('picture')
  return { consultation: entries, consultationHides: hides }
}

/** What a link without text says in its tooltip, or its pictures in theirs. */
function pictured({ tape }: Context, node: number): string {
  const own = attribute(tape, node, 'title') ?? (tape.tag[node] === T.area ? attribute(tape, node, 'alt') : null)
  if (own !== null && own.trim() !== '') return own.trim()
  for (let n = node + 1; n < (tape.next[node] ?? 0); n++) {
    if (tape.tag[n] !== T.img) continue
    const words = (attribute(tape, n, 'alt') ?? attribute(tape, n, 'title') ?? '').trim()
    if (words !== '') return words
  }
  return ''
}
