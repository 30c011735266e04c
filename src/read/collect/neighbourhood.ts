import { attribute, tagHolds } from '../html/attributes.ts'
import { T } from '../html/tags.ts'
import type { Context } from '../context.ts'

export type Neighbourhood = {
  /** Beside the main text: recommendations, comments, side bars, navigation to other articles. */
  readonly aside: boolean
  readonly link: boolean
  readonly foot: boolean
  /** In running text: its block holds much more than the date. */
  readonly prose: boolean
}

const ASIDE = /(?:^|[\s_-])comments?(?:[\s_-]|list|item|body|area|box|meta|$)|reply|pinglun|recommend|related|relate|sidebar|side-bar|aside|hot-?news|ranking|\brank|teaser|carousel|more-?(?:news|articles)|xgxw|xiangguan|tuijian|also-?read|popular|trending|\bnext\b|\bprev/i
const FOOT = /foot|copyright|bottom|\bbanquan/i

/** What surrounds an element, read from the names that its ancestors carry; one that also holds the title (at flow offset `title`) is the main text. */
export function neighbourhood(context: Context, node: number, title = -1): Neighbourhood {
  const { tape } = context
  let aside = false
  let link = false
  let foot = false
  let prose = false
  let block = false
  let at = node
  for (let level = 0; level < 14 && at > 0; level++, at = tape.parent[at] ?? 0) {
    const tag = tape.tag[at] ?? 0
    if (tag === T.body || tag === T.html) break
    if (tag === T.a) link = true
    if (tag === T.aside) aside = true
    if (tag === T.footer) {
      // An article may have a footer of its own: only the page's counts.
      if (!insideArticle(context, at)) foot = true
    }
    const size = (tape.flowTo[at] ?? 0) - (tape.flowFrom[at] ?? 0)
    if (!block && (tag === T.p || tag === T.div || tag === T.li || tag === T.td || tag === T.section || tag === T.article)) {
      block = true
      prose = size > 160
    }
    if (title >= 0 && (tape.flowFrom[at] ?? 0) <= title && (tape.flowTo[at] ?? 0) > title) break
    if (size > 6000) continue // an ancestor this large is the page itself, whatever it is called
    if (!tagHolds(tape, at, 'class') && !tagHolds(tape, at, 'id')) continue
    const name = `${attribute(tape, at, 'class') ?? ''} ${attribute(tape, at, 'id') ?? ''}`
    if (!aside && ASIDE.test(name) && level > 0) aside = true
    if (!foot && FOOT.test(name) && !insideArticle(context, at)) foot = true
  }
  return { aside, link, foot, prose }
}

function insideArticle(context: Context, node: number): boolean {
  let at = context.tape.parent[node] ?? 0
  for (let i = 0; i < 10 && at > 0; i++, at = context.tape.parent[at] ?? 0) if (context.tape.tag[at] === T.article) return true
  return false
}
