import type { PageVerdict } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { SIGNATURES, type Signature } from './signatures.ts'

/** Less visible text than this, with a title and nothing else, is a shell and not a page. */
const SHELL_TEXT = 120

/**
 * Is the page something else than it seems? `dated` rows or links in number are the positive sentinel: a page that
 * shows real content is judged by none of the bare-page signatures.
 */
export function judgePage(context: Context, counts: { links: number; dated: number; textLength: number; embedded: number; frames: number; redirects: number }): PageVerdict | null {
  const { tape, source } = context
  const content = counts.dated >= 3 || counts.embedded >= 3
  const seen = tape.seen()
  const head = tape.text.length > 60_000 ? tape.text.slice(0, 60_000) : tape.text
  for (const signature of SIGNATURES) {
    if (counts.textLength > signature.maxText || counts.links > signature.maxLinks) continue
    if (content && signature.where !== 'title') continue
    if (signature.status !== undefined && (source.status === undefined || !signature.status.includes(source.status))) continue
    const found = signature.mark.exec(haystack(context, signature, seen, head))
    if (found === null) continue
    const verdict: PageVerdict = { verdict: signature.verdict, signature: signature.name, evidence: found[0].replace(/\s+/g, ' ').slice(0, 120) }
    if (signature.verdict !== 'moved') return verdict
    const target = targetOf(context, seen)
    return target === null ? verdict : { ...verdict, target }
  }
  if (content || counts.frames > 0 || counts.redirects > 0) return null
  if (counts.textLength < SHELL_TEXT && counts.links < 5) {
    return { verdict: 'empty_shell', signature: 'few-words', evidence: `${counts.textLength} characters of text, ${counts.links} links` }
  }
  return null
}

function haystack(context: Context, signature: Signature, seen: string, head: string): string {
  switch (signature.where) {
    case 'source':
      return head
    case 'title':
      return context.title
    case 'header':
      return Object.entries(context.source.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n').slice(0, 8000)
    default:
      return `${context.title}\n${seen.length > 20_000 ? seen.slice(0, 20_000) : seen}`
  }
}

/** Where a notice of removal says the site went: an address in its text, or its first link elsewhere. */
function targetOf(context: Context, seen: string): string | null {
  const spelled = /https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./?=&%-]*)?|(?<![\w.-])www\.[\w-]+(?:\.[\w-]+)+/i.exec(seen.slice(0, 4000))?.[0]
  if (spelled !== undefined) return context.resolve(spelled.startsWith('http') ? spelled : `http://${spelled}`)
  for (const node of context.all.links) {
    const from = context.tape.open[node] ?? 0
    const href = /href\s*=\s*["']?(https?:\/\/[^"'\s>]+)/i.exec(context.tape.text.slice(from, context.tape.inner[node]))?.[1]
    if (href !== undefined) return context.resolve(href)
  }
  return null
}
