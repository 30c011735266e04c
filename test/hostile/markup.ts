import type { Rand } from './random.ts'

const WORDS = ['关于', '通知', '公告', '工作', '会议', '县政府', 'report', '2024', '第3号', '&amp;', '&nbsp;', '&lt;b&gt;', '&#20013;', '&#x6587;', '&hellip;', 'a&b=1', '《办法》', '“引号”', '①', '１２', '😀']
const INLINE = ['span', 'b', 'i', 'em', 'strong', 'font', 'u', 'small', 'custom-tag']
const BLOCKS = ['div', 'section', 'article', 'ul', 'table', 'dl', 'p', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'center', 'form', 'nav']
const HIDDEN = ['script', 'style', 'noscript', 'template', 'textarea', 'iframe', 'select', 'noframes']

const text = (r: Rand): string => r.times(1 + r.int(6), () => r.pick(WORDS)).join(r.pick(['', ' ', '\n  ', '\t']))
const name = (r: Rand, n: string): string => (r.chance(0.2) ? n.toUpperCase() : n)
const attr = (r: Rand, n: string, v: string): string => {
  const space = r.pick(['', '', ' ', '\n'])
  const quote = r.chance(0.2) && v !== '' && !/[\s"'=<>`]/.test(v) ? '' : r.pick(['"', "'"])
  return `${name(r, n)}${space}=${space}${quote}${quote === '' ? v : v.replaceAll(quote, quote === '"' ? '&quot;' : '&#39;')}${quote}`
}
const attrs = (r: Rand, must: readonly string[] = []): string => {
  const extra = r.times(r.int(3), () => attr(r, r.pick(['class', 'id', 'data-x', 'style', 'onclick', 'title']), r.pick(['x', 'a > b', 'fn("x")', '<li>', '', '<!--', '</div>', 'a=b', '标题 >'])))
  return [...extra.slice(0, 1), ...must, ...extra.slice(1)].map((a) => r.pick([' ', ' ', '\n', '\t ']) + a).join('')
}
const hrefs = (r: Rand): string => r.pick(['/a/1.html', 'b.html', '../c/', 'http://other.gov.cn/x?a=1&b=2', 'https://www.a.gov.cn/%E4%B8%AD', '/x y', '//cdn.a.cn/p', '?p=2', '#top', 'javascript:void(0)', 'mailto:a@b.cn', '', './d.html#s', '/中文/路径.html', '/t20240601_123.html'])
const link = (r: Rand, depth: number): string => `<${name(r, 'a')}${attrs(r, [attr(r, 'href', hrefs(r))])}>${inline(r, depth)}</${name(r, 'a')}>`

function inline(r: Rand, depth: number): string {
  if (depth <= 0 || r.chance(0.5)) return text(r)
  const tag = r.pick(INLINE)
  return r.pick([
    () => `<${name(r, tag)}${attrs(r)}>${inline(r, depth - 1)}</${name(r, tag)}>`,
    () => `${text(r)}<br>${text(r)}`,
    () => `<img${attrs(r, [attr(r, 'src', '/i.png')])}${r.pick(['', '/', ' /'])}>`,
    () => `<!-- ${r.pick(['x', '<a href="/hidden">hidden</a>', '2024-06-01', '--', '>'])} -->`,
    () => `${text(r)}${inline(r, depth - 1)}`,
  ])()
}

const rawBody = (r: Rand, tag: string): string => (tag === 'select'
  ? `<option value="1">${text(r)}<option>二</option>`
  : r.times(r.int(4), () => r.pick(['var a = "<li>";', 'if (a < b && c > d) {}', '<a href="/inside">inside</a>', '</', '</scrip', '<!-- x -->', '<div>', '2024-06-01', '/* </ */'])).join(' '))

function block(r: Rand, depth: number): string {
  const inner = (): string => r.times(1 + r.int(3), () => (depth > 0 && r.chance(0.5) ? block(r, depth - 1) : `${inline(r, 2)}${r.chance(0.5) ? link(r, 1) : ''}`)).join(r.pick(['', '\n']))
  if (r.chance(0.12)) {
    const tag = r.pick(HIDDEN)
    return `<${name(r, tag)}${attrs(r)}>${rawBody(r, tag)}</${name(r, tag)}${r.pick(['', ' ', '\n'])}>`
  }
  const tag = r.pick(BLOCKS)
  const open = (t: string): string => `<${name(r, t)}${attrs(r)}>`
  const close = (t: string): string => `</${name(r, t)}>`
  if (tag === 'ul') return `${open('ul')}${r.times(1 + r.int(5), () => `${open('li')}${r.chance(0.8) ? link(r, 1) : inner()}${r.chance(0.6) ? `<span>2024-0${1 + r.int(6)}-1${r.int(9)}</span>` : ''}${r.chance(0.7) ? close('li') : ''}`).join('\n')}${close('ul')}`
  if (tag === 'table') return `${open('table')}${r.chance(0.5) ? '<tbody>' : ''}${r.times(1 + r.int(4), () => `${open('tr')}${r.times(1 + r.int(3), () => `${open('td')}${r.chance(0.6) ? link(r, 1) : inline(r, 1)}${r.chance(0.8) ? '</td>' : ''}`).join('')}${r.chance(0.8) ? '</tr>' : ''}`).join('')}${close('table')}`
  if (tag === 'dl') return `${open('dl')}${r.times(1 + r.int(3), () => `<dt>${text(r)}<dd>${inline(r, 1)}`).join('')}</dl>`
  if (tag === 'p' || /^h\d$/.test(tag)) return `${open(tag)}${inline(r, 2)}${tag === 'p' && r.chance(0.3) ? '' : close(tag)}`
  if (tag === 'form') return `<form action="/s" method=post><input name=q value="&lt;">${text(r)}</form>`
  return `${open(tag)}${inner()}${close(tag)}`
}

/** A page as people write them: tags left open where HTML lets them be, any quotes, any case. Browsers agree on what it means. */
export function writtenPage(r: Rand): string {
  const head = [
    `<title>${text(r)}</title>`, '<meta charset="utf-8">', ...r.times(r.int(4), () => `<meta ${attr(r, r.pick(['name', 'property']), r.pick(['PubDate', 'ArticleTitle', 'keywords', 'og:title', 'description', 'SiteName']))} ${attr(r, 'content', text(r))}${r.pick(['', '/', ' /'])}>`),
    ...r.times(r.int(2), () => `<script>${rawBody(r, 'script')}</script>`), ...(r.chance(0.2) ? ['<link rel=stylesheet href="/s.css">'] : []), ...(r.chance(0.1) ? [`<base href="${r.pick(['/base/', 'http://www.b.gov.cn/x/', './'])}">`] : []),
  ]
  return `${r.pick(['<!DOCTYPE html>', '<!doctype HTML PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">', '<!DOCTYPE html>\n<!-- x -->'])}<html lang="zh-CN"><head>${head.join('\n')}</head><body${attrs(r)}>${r.times(2 + r.int(6), () => block(r, 3)).join('\n')}</body></html>`
}

const STRAY = ['</div>', '</a>', '</li>', '</ul>', '</td>', '</table>', '</p>', '</span>', '</h1>', '</body>', '<a href="/stray">', '<li>', '<div>', '<td>', '<', '>', '"', '<!-- x -->', '<!>', '</>', '<?xml x?>', '<p>', '<br/>', '</br>', '&', '<script></script>', '<b>', '</b>']
/** The same with tags lost, doubled or put where they do not belong. */
export function brokenPage(r: Rand): string {
  let page = writtenPage(r)
  const from = page.indexOf('<body')
  for (let k = 0; k < 1 + r.int(4); k += 1) {
    const at = from + 10 + r.int(Math.max(1, page.length - from - 20))
    const lt = page.indexOf('<', at)
    const gt = page.indexOf('>', lt)
    if (lt < 0 || gt < 0) continue
    page = r.pick([
      () => page.slice(0, lt) + page.slice(gt + 1),
      () => page.slice(0, gt + 1) + page.slice(lt),
      () => page.slice(0, lt) + r.pick(STRAY) + page.slice(lt),
      () => page.slice(0, lt),
    ])()
    if (page.length < from + 40) break
  }
  return page
}
