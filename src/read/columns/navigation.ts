import { columnKey } from '../../domain/column-key.ts'
import type { ColumnLink } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import { T } from '../html/tags.ts'
import type { Anchor } from '../lists/links.ts'
import { classifyColumn } from './classify.ts'

/** 一级栏目 of one site that are kept: a site with more lists the rest in its map, not its navigation. */
const MAX_COLUMNS = 40
const HOME = /^(?:网站|本站)?(?:首页|主页|首\s*页)$|^(?:返回)?首页$|^home$/i
const NOT_A_COLUMN = /^(?:登录|注册|登陆|退出|无障碍|繁体|简体|繁體|English|EN|长者模式|长者版|关怀版|适老版|手机版|移动版|网站地图|站点地图|收藏|设为首页|加入收藏|联系我们|RSS|搜索|更多|微信|微博|邮箱|客户端|智能问答|返回|上一页|下一页|网站支持IPv6)/i

/**
 * The columns that the navigation names: level 1 the entries themselves, level 2 those folded under them. The navigation
 * is the element with the most short links among those that are called nav or menu, hold the link to the home page, or
 * are a <nav>; the same path under another query is the same column. Empty where no navigation can be told.
 */
export function readNavigation(context: Context, links: readonly Anchor[]): ColumnLink[] {
  const isOwn = ownSite(context.source.url)
  const container = findNavigation(context, links, isOwn)
  if (container === 0) return []
  const { tape } = context
  const end = tape.next[container] ?? 0
  const inside = links.filter((l) => l.node > container && l.node < end)
  const root = context.resolve('/')
  const own = root === null ? '' : columnKey(root)
  const here = columnKey(context.source.url)
  const seen = new Set<string>()
  const found: { readonly name: string; readonly url: string; readonly depth: number }[] = []
  for (const link of inside) {
    const name = link.text.replace(/\s+/g, '')
    if (link.url === null || name.length < 2 || name.length > 16 || HOME.test(name) || NOT_A_COLUMN.test(name)) continue
    if (!isOwn(link.url)) continue
    const key = columnKey(link.url)
    if (key === here || key === own || seen.has(key)) continue
    seen.add(key)
    found.push({ name, url: link.url, depth: listDepth(context, link.node, container) })
    if (found.length >= 200) break
  }
  // The first level is that of the columns: the link to the home page may stand outside their list.
  const top = Math.min(...found.map((c) => c.depth))
  const out = found.map(({ name, url, depth }): ColumnLink => ({ name, url, class: classifyColumn(name), level: depth > top ? 2 : 1 }))
  const first = out.filter((c) => c.level === 1).slice(0, MAX_COLUMNS)
  return [...first, ...out.filter((c) => c.level > 1).slice(0, 120)]
}

/** Is an address on the page's own site: its host, or one under the same name (zwgk.example.gov.cn for www.example.gov.cn)? */
function ownSite(pageUrl: string): (url: string) => boolean {
  const own = hostOf(pageUrl)
  if (own === '') return () => true
  const origin = `${pageUrl.slice(0, pageUrl.indexOf('://') + 3)}${own}/`
  const numbers = /^[\d.:[\]a-f]+$/i.test(own) // an address in numbers has no names under it
  const labels = own.split('.')
  const base = own.startsWith('www.') || labels.length > 3 ? labels.slice(1).join('.') : own
  return (url) => {
    if (url.startsWith(origin)) return true
    const host = hostOf(url)
    return host === own || (!numbers && (host === base || host.endsWith(`.${base}`)))
  }
}

function hostOf(url: string): string {
  const from = url.indexOf('://')
  if (from < 0) return ''
  let end = from + 3
  while (end < url.length && url.charCodeAt(end) !== 47 && url.charCodeAt(end) !== 63 && url.charCodeAt(end) !== 35) end++
  return url.slice(from + 3, end).toLowerCase()
}

function findNavigation(context: Context, links: readonly Anchor[], isOwn: (url: string) => boolean): number {
  const { tape } = context
  const tried = new Map<number, number>()
  const consider = (node: number, bonus: number): void => {
    if (node === 0 || tried.has(node)) return
    const score = weigh(context, links, node, isOwn)
    if (score > 0) tried.set(node, score + bonus)
  }
  for (const link of links.slice(0, 400)) {
    if (!HOME.test(link.text.replace(/\s+/g, ''))) continue
    let node = tape.parent[link.node] ?? 0
    for (let level = 0; level < 5 && node > 0 && tape.tag[node] !== T.body; level++, node = tape.parent[node] ?? 0) {
      if (shortLinks(context, links, node) >= 4) {
        consider(node, 4)
        break
      }
    }
  }
  for (let node = 1, looked = 0; node < tape.size && looked < 30; node++) {
    const tag = tape.tag[node]
    if (tag !== T.nav && tag !== T.div && tag !== T.ul && tag !== T.table && tag !== T.header) continue
    if (tag !== T.nav && !tagHolds(tape, node, 'nav') && !tagHolds(tape, node, 'menu') && !tagHolds(tape, node, 'daohang')) continue
    const name = `${attribute(tape, node, 'class') ?? ''} ${attribute(tape, node, 'id') ?? ''}`
    if (tag !== T.nav && !/nav|menu|daohang/i.test(name)) continue
    looked++
    consider(node, /foot|bottom|side|crumb|position|page|lang/i.test(name) ? -12 : 2)
  }
  let best = 0
  let bestScore = 5
  for (const [node, score] of tried) {
    if (score > bestScore) {
      bestScore = score
      best = node
    }
  }
  return best
}

/** Short links with addresses that lead on, less what no navigation has: long texts, dates, links without an address. */
function weigh(context: Context, links: readonly Anchor[], node: number, isOwn: (url: string) => boolean): number {
  const { tape } = context
  const end = tape.next[node] ?? 0
  const first = firstInside(links, node)
  // With hundreds of links it is the page, not its navigation.
  if ((links[first + 300]?.node ?? end) < end) return 0
  let short = 0
  let long = 0
  let home = 0
  const depths = new Map<number, number>()
  for (let i = first; i < links.length; i++) {
    const link = links[i]
    if (link === undefined || link.node >= end) break
    const length = link.text.replace(/\s+/g, '').length
    if (HOME.test(link.text.replace(/\s+/g, ''))) home = 1
    else if (length >= 2 && length <= 8 && link.url !== null && isOwn(link.url) && !NOT_A_COLUMN.test(link.text)) {
      short++
      const depth = listDepth(context, link.node, node)
      depths.set(depth, (depths.get(depth) ?? 0) + 1)
    } else if (length > 16) long++
  }
  if (short < 3 || long * 2 > short) return 0
  const early = (tape.open[node] ?? 0) < tape.text.length * 0.5 ? 3 : 0
  const firstLevel = depths.get(Math.min(...depths.keys())) ?? 0
  return Math.min(14, firstLevel) + home * 6 + early - long * 2
}

function shortLinks(context: Context, links: readonly Anchor[], node: number): number {
  const end = context.tape.next[node] ?? 0
  let n = 0
  for (let i = firstInside(links, node), most = i + 300; i < links.length && i < most; i++) {
    const link = links[i]
    if (link === undefined || link.node >= end) break
    if (link.text.length >= 2 && link.text.length <= 12) n++
  }
  return n
}

/** Index of the first link that stands after `node` starts. */
function firstInside(links: readonly Anchor[], node: number): number {
  let low = 0
  let high = links.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((links[middle]?.node ?? 0) <= node) low = middle + 1
    else high = middle
  }
  return low
}

/** Lists (ul, ol, dl) between a link and its navigation: what is folded under an entry lies deeper. */
function listDepth(context: Context, node: number, top: number): number {
  const { tape } = context
  let depth = 0
  let at = tape.parent[node] ?? 0
  for (let i = 0; i < 20 && at > top; i++, at = tape.parent[at] ?? 0) {
    const tag = tape.tag[at]
    if (tag === T.ul || tag === T.ol || tag === T.dl) depth++
    else if (tag === T.dd) depth++
  }
  return depth
}
