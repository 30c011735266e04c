import { dig, parseJson } from '../reply.ts'

/**
 * `window.__INITIAL_STATE__={…}` of a page: a script's object, in which `undefined` stands where JSON has null.
 * Undefined when the page has none or it cannot be read.
 */
export function initialState(html: string): unknown {
  const start = /window\.__INITIAL_STATE__\s*=\s*/.exec(html)
  if (start === null) return undefined
  const rest = html.slice(start.index + start[0].length)
  const end = rest.search(/<\/script>/i)
  const source = (end < 0 ? rest : rest.slice(0, end)).trim().replace(/;$/, '')
  return parseJson(withoutUndefined(source))
}

/** Replaces bare `undefined`, but not where it stands inside a string. One pass; a string that never ends ends it. */
function withoutUndefined(source: string): string {
  const parts: string[] = []
  for (let at = 0; at < source.length; ) {
    const quote = source.indexOf('"', at)
    parts.push(source.slice(at, quote < 0 ? source.length : quote).replace(/\bundefined\b/g, 'null'))
    if (quote < 0) break
    let end = quote + 1
    while (end < source.length && source[end] !== '"') end += source[end] === '\\' ? 2 : 1
    parts.push(source.slice(quote, end + 1))
    at = end + 1
  }
  return parts.join('')
}

/** Vue wraps some values in `_rawValue` or `_value`. */
export function raw(value: unknown): unknown {
  return dig(value, '_rawValue') ?? dig(value, '_value') ?? value
}
