/**
 * Addresses as people paste them, made regular. Pure; nothing here throws.
 */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
const QUOTES = /^[\s"'“”‘’「」]+|[\s"'“”‘’「」。，、；;,]+$/g
/** Wrapped whole in brackets; “民生群（一）” is not, and keeps them. */
const WRAPPED = /^[（(【<《]([^（()）【】<>《》]+)[）)】>》]$/

/** Trims, drops invisible characters and quotation marks, un-escapes what HTML and WeChat escape (`&amp;`, `\x26amp;`). */
export function tidy(input: string): string {
  let text = input
    .slice(0, 4000)
    .replace(/\\x26amp;|&amp;|\\x26|\\u0026/gi, '&')
    .replace(CONTROL, ' ')
    .trim()
  // Quotation marks may stand inside brackets and outside of them.
  for (;;) {
    const bare = text.replace(QUOTES, '').replace(WRAPPED, '$1').trim()
    if (bare === text) return text
    text = bare
  }
}

/** Account names and ids as keys: full-width forms made plain, spaces dropped. */
export function squeeze(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}

const IN_TEXT = /https?:\/\/[^\s"'<>，。、；！）》】“”\u4e00-\u9fff]+/i
const BARE_HOST = /^(?:[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]*[a-z0-9\u00a1-\uffff])?\.)+[a-z\u00a1-\uffff][a-z0-9\u00a1-\uffff-]*\.?(?::\d{1,5})?(?:[/?#].*)?$/i
const BARE_LOCAL = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#].*)?$/i

/** Does the text look like an address typed without its scheme? */
function looksLikeHost(text: string): boolean {
  return BARE_HOST.test(text) || BARE_LOCAL.test(text)
}

/**
 * The absolute http(s) address in what was given: alone, without scheme, or inside a shared text
 * (“看看这个账号 https://v.douyin.com/x/ 复制此链接”). Null when there is none.
 */
export function urlIn(text: string): URL | null {
  const plain = text.replace(/^(https?)[:：]\s*[/／\\]{2}/i, '$1://')
  if (/^https?:\/\//i.test(plain) && !/\s/.test(plain)) return parse(plain)
  const inside = IN_TEXT.exec(plain)
  if (inside !== null) return parse(tidy(inside[0]))
  if (plain.startsWith('//')) return parse(`http:${plain}`)
  if (looksLikeHost(plain)) return parse(`http://${plain}`)
  return null
}

function parse(text: string): URL | null {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null
  url.username = ''
  url.password = ''
  // Punctuation that was caught with it, though something stood behind.
  url.pathname = url.pathname.replace(/[';,]+$/, '')
  // Said anew, an empty query or fragment takes its sign with it.
  url.search = url.search.replace(/[';,]+$/, '')
  if (url.hash === '') url.hash = ''
  const host = url.hostname.replace(/\.+$/, '')
  if (host === '') return null
  if (host !== url.hostname) url.hostname = host
  // Either scheme's default port, whichever scheme was typed with it: http://x:443 is a slip for https://x.
  if (url.port === '443' && url.protocol === 'http:') url.protocol = 'https:'
  else if (url.port === '80' && url.protocol === 'https:') url.protocol = 'http:'
  return url
}

/** Is the host one of the domains, or below one? */
export function onHost(url: URL, domains: readonly string[]): boolean {
  const host = url.hostname
  return domains.some((d) => host === d || host.endsWith(`.${d}`))
}

const INDEX_FILE = /\/(?:index|default|main)\.(?:html?|shtml|jsp|jspx|php|aspx?|do)$/i

/** Host (with a port that is not the scheme's own) and path, without index file and closing slash. */
export function hostPath(url: URL): string {
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(INDEX_FILE, '/').replace(/\/$/, '')
  return `${url.host}${path === '' ? '/' : path}`
}

export function params(url: URL, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = url.searchParams.get(name)
    if (value !== null && value !== '') return value
  }
  return null
}
