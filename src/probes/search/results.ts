import { parseDay } from '../../read/index.ts'
import type { Day } from '../../domain/date.ts'
import type { PageView } from '../page.ts'
import { fieldOf, linkOf, rowsOf } from '../recipes/apply.ts'
import type { RecipeSearch } from '../recipes/schema.ts'
import { bare, linksOf, sameKey } from '../text.ts'

export type Results = {
  /** null: it cannot be told whether this is a page of results. */
  readonly readable: boolean | null
  readonly found: boolean
  readonly grouped: boolean | null
  readonly dated: boolean | null
  readonly newest: Day | null
  readonly serves: boolean | null
}

const SENTINEL = /(?:共|约|为您|总共)?\s*(?:搜索|检索|找|查询|查)到?.{0,12}\d*\s*(?:条|项|个|篇)?(?:结果|记录|信息)|相关结果|搜索结果|检索结果|查询结果|没有(?:找到|检索到|搜索到|查询到)|未(?:找到|检索到|搜索到|查询到)|暂无(?:相关)?(?:数据|结果|信息|内容)|用时|耗时/
const NOTHING = /没有(?:找|检索|搜索|查询)到|未(?:找|检索|搜索|查询)到|(?:共|找到|约)\s*(?:0|零)\s*(?:条|项|个|篇)|暂无(?:相关)?(?:数据|结果|信息|内容)/
const GROUPS = /^(?:全部|综合|新闻|资讯|动态|政策|文件|政策文件|公告|通知|服务|办事|互动|问答|解读|图片|视频|信息公开|机构|部门|附件)(?:类|\(\d+\)|（\d+）|\d+)?$/

/** Reads a page of results: is the headline among its links, by its address or by its words? */
export function readResults(page: PageView, title: string, url: string, now: Date, recipe: RecipeSearch | null): Results {
  const wanted = bare(title)
  const rows = recipe === null ? [] : rowsOf(page.dom, recipe.results).map((row) => ({ text: fieldOf(page.dom, row, recipe.title) ?? '', url: linkOf(page.dom, row, recipe.link, page.finalUrl) }))
  const links = recipe === null ? linksOf(page.dom, page.finalUrl).map((l) => ({ text: l.text, url: l.url })) : rows
  // A page without results may still show the newest headlines at its side.
  const none = page.lines.some((line) => NOTHING.test(line)) && rows.length === 0
  const found = !none && links.some((l) => (l.url !== null && sameKey(l.url) === sameKey(url)) || matches(bare(l.text), wanted))
  const said = page.lines.some((line) => SENTINEL.test(line)) || (recipe !== null && rows.length > 0)
  const words = new Set(page.dom('a, li, span, button, label').toArray().slice(0, 3000).flatMap((e) => {
    const text = page.dom(e).text().replace(/\s+/g, '')
    return text.length <= 12 && GROUPS.test(text) ? [text.replace(/[（(]?\d+[)）]?$/, '')] : []
  }))
  const days = page.facts.items.flatMap((i) => (i.date === null ? [] : [i.date]))
  const stamped = days.length > 0 ? days : page.lines.flatMap((l) => (/\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}/.test(l) ? [parseDay(l, now)] : [])).filter((d) => d !== null)
  return {
    readable: found || said ? true : null,
    found,
    // The navigation of the site has such words too: only the page of results may be asked, and two kinds beside “all” are groups.
    grouped: found || said ? words.has('全部') || words.has('综合') ? words.size >= 3 : null : null,
    dated: found ? stamped.length > 0 : null,
    newest: stamped.reduce<Day | null>((a, b) => (a === null || b > a ? b : a), null),
    serves: page.lines.some((l) => /^(?:在线办理|我要办|立即办理|在线申办|申办)$/.test(l)) ? true : null,
  }
}

/** A result's title may be cut or carry its source; one of a few letters says nothing. */
function matches(a: string, b: string): boolean {
  if (a.length < 6 || b.length < 6) return a === b
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.includes(short) && short.length >= Math.min(12, long.length * 0.6)
}
