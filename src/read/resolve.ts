/**
 * Links as absolute addresses. The shapes that make up nearly all links of a page are joined by hand, because
 * `new URL` for each of them would take longer than reading the page; anything else goes through `new URL`.
 */
export type Resolver = (href: string) => string | null

export function resolver(pageUrl: string, baseHref: string | null): Resolver {
  let base: URL | null = null
  try {
    base = baseHref === null ? new URL(pageUrl) : new URL(baseHref, pageUrl)
  } catch {
    base = safeUrl(pageUrl)
  }
  const usable = base !== null && (base.protocol === 'http:' || base.protocol === 'https:')
  const origin = usable && base !== null ? base.origin : ''
  const scheme = base?.protocol ?? 'https:'
  const folder = usable && base !== null ? origin + base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1) : ''
  return (raw) => {
    const href = raw.trim()
    if (href === '' || href.length > 2000) return null
    const c = href.charCodeAt(0)
    if (c === 35) return null
    if (plain(href)) {
      if (c === 47) {
        if (href.charCodeAt(1) === 47) return href.indexOf('/', 2) > 2 ? scheme + href : slow(href)
        return origin === '' ? slow(href) : origin + href
      }
      const colon = href.indexOf(':')
      if (colon < 0) {
        if (folder !== '' && c !== 46 && c !== 63) return folder + href
        if (folder !== '' && c === 46 && href.charCodeAt(1) === 47) return folder + href.slice(2)
        return slow(href)
      }
      if ((href.startsWith('http://') || href.startsWith('https://')) && lowerHost(href)) return href.indexOf('/', 8) > 0 ? href : slow(href)
    }
    return slow(href)
  }

  function slow(href: string): string | null {
    try {
      const url = base === null ? new URL(href) : new URL(href, base)
      return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
    } catch {
      return null
    }
  }
}

function safeUrl(s: string): URL | null {
  try {
    return new URL(s)
  } catch {
    return null
  }
}

/** No character that an address parser would change, and no dot segment after the first. */
function plain(href: string): boolean {
  for (let i = 0; i < href.length; i++) {
    const c = href.charCodeAt(i)
    if (c <= 32 || c > 126 || c === 92 || c === 34 || c === 60 || c === 62 || c === 96 || c === 123 || c === 125 || c === 124 || c === 94 || c === 39) return false
    if (c === 46 && i > 0 && (href.charCodeAt(i - 1) === 47 || href.charCodeAt(i - 1) === 46)) return false
    if (c === 37 && i > 0 && href.charCodeAt(i - 1) === 47 && href.startsWith('%2', i)) return false
  }
  return true
}

function lowerHost(href: string): boolean {
  for (let i = 7; i < href.length; i++) {
    const c = href.charCodeAt(i)
    if (c === 47 && i > 8) return true
    if ((c >= 65 && c <= 90) || c === 58 || c === 64) return false
  }
  return true
}
