import type { Reply } from './types.ts'

type Answer = Extract<Reply, { status: number }>

/** The body as text: what was rendered as it is; bytes by the declared charset, else strict UTF-8, else GB18030. */
export function textOf(reply: Answer): string {
  if (typeof reply.body === 'string') return reply.body
  const declared = /charset\s*=\s*"?([\w-]+)/i.exec(reply.headers['content-type'] ?? '')?.[1]?.toLowerCase()
  if (declared !== undefined && /^(?:gb2312|gbk|gb18030)$/.test(declared)) return new TextDecoder('gb18030').decode(reply.body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(reply.body)
  } catch {
    return new TextDecoder('gb18030').decode(reply.body)
  }
}

/**
 * JSON that never throws: undefined when it is none. Whole numbers too large for a double are kept as their digits
 * (ids of Bilibili and Weibo), a JSONP wrapper and a byte order mark are taken off.
 */
export function parseJson(text: string): unknown {
  const plain = text.replace(/^\ufeff/, '').trim()
  const body = /^[\w$.]+\((.*)\)\s*;?$/s.exec(plain)?.[1] ?? plain
  try {
    return JSON.parse(body, exact as (key: string, value: unknown) => unknown)
  } catch {
    return undefined
  }
}

/** Node's reviver is given the number's own text as `context.source`. */
function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source !== undefined ? context.source : value
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** A list; one object alone counts as a list of one (albums of one article come so), anything else as none. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? [value] : []
}

/** What lies at a path, or undefined. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((v, key) => (typeof v === 'object' && v !== null ? (v as Record<string | number, unknown>)[key] : undefined), value)
}

export function text(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null
}

export function number(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : null
}

const HIDDEN = ['script', 'style', 'template'] as const

/**
 * The visible words of a page: tags, scripts and styles dropped, at most 200,000 characters. One pass, whatever the
 * page holds: what is never closed ends it.
 */
export function visible(html: string, limit = 200_000): string {
  const parts: string[] = []
  let length = 0
  for (let at = 0; at < html.length && length < limit; ) {
    const tag = html.indexOf('<', at)
    const words = html.slice(at, Math.min(tag < 0 ? html.length : tag, at + limit - length))
    if (words !== '') parts.push(words)
    length += words.length
    if (tag < 0) break
    const name = html.slice(tag + 1, tag + 10).toLowerCase()
    const hidden = HIDDEN.find((h) => name.startsWith(h))
    const from = hidden === undefined ? tag : closing(html, hidden, tag)
    const end = from < 0 ? -1 : html.indexOf('>', from)
    if (end < 0) break
    parts.push(' ')
    at = end + 1
  }
  return parts.join('').replace(/\s+/g, ' ').trim()
}

/** Where `</script` stands, in any case; the usual spellings are looked for, the rest of the page is not searched twice. */
function closing(html: string, name: string, from: number): number {
  const lower = html.indexOf(`</${name}`, from)
  return lower >= 0 ? lower : html.indexOf(`</${name.toUpperCase()}`, from)
}

/** What stands inside the first script that a pattern opens; null when there is none or it is not closed. */
export function scriptText(html: string, opening: RegExp): string | null {
  const start = opening.exec(html)
  if (start === null) return null
  const from = start.index + start[0].length
  const end = closing(html, 'script', from)
  return end < 0 ? null : html.slice(from, end)
}
