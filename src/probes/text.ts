import type { CheerioAPI } from 'cheerio'
import type { AnyNode, Element } from 'domhandler'

const BLOCKS = new Set(['p', 'div', 'li', 'ul', 'ol', 'tr', 'table', 'br', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'dd', 'dl', 'section', 'article', 'header', 'footer', 'form', 'td', 'th', 'option', 'center', 'hr'])
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'head'])
const MOST_NODES = 200_000

/** The visible lines of a document or of a part of it; blocks and table cells begin a new line. */
export function linesOf(dom: CheerioAPI, within?: AnyNode): readonly string[] {
  const out: string[] = []
  let line = ''
  const flush = (): void => {
    const text = squeeze(line)
    if (text !== '') out.push(text)
    line = ''
  }
  // By hand: a page nested a hundred thousand deep must not break the stack.
  const start = within ?? dom.root()[0]
  if (start === undefined) return out
  const stack: (AnyNode | null)[] = [start]
  for (let seen = 0; stack.length > 0 && seen < MOST_NODES; seen++) {
    const node = stack.pop()
    if (node === undefined) break
    if (node === null) flush()
    else if (node.type === 'text') line += node.data
    else if ('children' in node) {
      const name = 'name' in node ? node.name : ''
      if (UNSEEN.has(name)) continue
      const block = BLOCKS.has(name)
      if (block) {
        flush()
        stack.push(null)
      }
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] ?? null)
    }
  }
  flush()
  return out
}

export function squeeze(s: string): string {
  return s.replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, ' ').trim()
}

/** Letters, digits and Chinese characters only: for comparing titles that are punctuated or cut differently. */
export function bare(s: string): string {
  return s.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

export type Link = { readonly url: string; readonly text: string; readonly element: Element }

const MOST_LINKS = 4000

/** The links of a document that can be followed, resolved against its address. */
export function linksOf(dom: CheerioAPI, base: string): readonly Link[] {
  const out: Link[] = []
  const root = dom('base[href]').first().attr('href')
  const from = root === undefined ? base : (absolute(root, base) ?? base)
  for (const element of dom('a[href], area[href]').toArray().slice(0, MOST_LINKS)) {
    const url = absolute(dom(element).attr('href') ?? '', from)
    if (url === null) continue
    const text = squeeze(dom(element).text()) || squeeze(dom(element).attr('title') ?? dom(element).find('img').attr('alt') ?? '')
    out.push({ url, text: text.slice(0, 200), element })
  }
  return out
}

/** An http address without its fragment; null for anything else. */
export function absolute(href: string, base: string): string | null {
  const text = href.trim()
  if (text === '' || text.startsWith('#') || /^(?:javascript|mailto|tel|data|about|blob|file|ftp|sms|weixin):/i.test(text)) return null
  try {
    const url = new URL(text, base)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
    url.hash = ''
    return url.href
  } catch {
    return null
  }
}

/** The same address however it is written: without scheme, www and trailing slash. */
export function sameKey(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/#.*$/, '').replace(/\/(?:index\.s?html?)?$/i, '').toLowerCase()
}

export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return ''
  }
}
