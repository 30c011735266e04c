import { Parser } from 'htmlparser2'
import { decode } from '../../read/index.ts'
import { absolute, sameKey } from '../text.ts'

export type Written = { readonly url: string; readonly tag: string; readonly page: string }

const SOURCES: Readonly<Record<string, string>> = { a: 'href', area: 'href', img: 'src', iframe: 'src', frame: 'src' }
const MOST = 3000

/** Addresses written in a page's HTML, not made by its scripts, each once, in order. Streaming: a giant page costs no tree. */
export function writtenLinks(bytes: Uint8Array, page: string): readonly Written[] {
  const out = new Map<string, Written>()
  let base = page
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'base' && attributes['href'] !== undefined) base = absolute(attributes['href'], page) ?? base
      const name = SOURCES[tag]
      const href = name === undefined ? undefined : attributes[name]
      if (href === undefined || out.size >= MOST) return
      const url = absolute(href, base)
      if (url !== null && !out.has(url)) out.set(url, { url, tag, page })
    },
  })
  parser.end(decode(bytes).text)
  return [...out.values()]
}

/** Of several pages: each address once, with the first page it stands on. */
export function onceEach(of: readonly (readonly Written[])[]): readonly Written[] {
  const out = new Map<string, Written>()
  for (const link of of.flat()) if (!out.has(link.url)) out.set(link.url, link)
  return [...out.values()]
}

const ATTACHMENT = /\.(pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|rtf|txt|csv|mp3|mp4)$/i

/** The type that an address says its file has; null where it is a page. */
export function attachmentType(url: string): string | null {
  try {
    return ATTACHMENT.exec(decodeURIComponent(new URL(url).pathname))?.[1]?.toLowerCase() ?? null
  } catch {
    return null
  }
}

/** Same site: one host, www or not. */
export function isInternal(url: string, home: string): boolean {
  return sameKey(new URL(url).origin) === sameKey(new URL(home).origin)
}
