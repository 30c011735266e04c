import type { AnyNode, Element } from 'domhandler'
import type { Day } from '../../domain/date.ts'
import { parseDay } from '../../read/index.ts'
import type { PageView } from '../page.ts'
import { fieldOf, linkOf, rowsOf } from '../recipes/apply.ts'
import type { RecipeMailbox } from '../recipes/schema.ts'
import { absolute, squeeze } from '../text.ts'

export type Row = {
  readonly title: string
  readonly url: string | null
  readonly askedOn: Day | null
  readonly answeredOn: Day | null
  readonly unit: string | null
  /** null where the list does not say. */
  readonly answered: boolean | null
}

type Key = 'title' | 'askedOn' | 'answeredOn' | 'unit' | 'status'

/** What the heads of such lists are called. */
const HEADS: readonly (readonly [Key, RegExp])[] = [
  ['answeredOn', /^(?:答复|回复|反馈|办结|办理|处理)(?:时间|日期)/],
  ['askedOn', /^(?:来信|写信|留言|提问|咨询|提交|诉求|信件)?(?:时间|日期)$/],
  ['unit', /^(?:受理|答复|回复|办理|承办|处理|责任|收信|信件)?(?:单位|部门|机构)(?:名称)?$/],
  ['status', /^(?:办理|处理|信件|当前|受理|回复|答复)?(?:状态|情况|进度|结果)$/],
  ['title', /^(?:来信|信件|留言|咨询|诉求|问题|事项)?(?:标题|主题|题目|名称|内容)$/],
]
const DONE = /已(?:办结|回复|答复|办理|反馈|处理|解决)|办结|已完成/
const OPEN = /(?:未|待|尚未|正在)(?:办结|回复|答复|办理|处理|受理)|办理中|处理中|受理中|已受理|转办|审核中/

/** The letters on a public list: by a recipe, by a table with heads, or by rows that label what they hold. */
export function readLetters(page: PageView, now: Date, recipe: RecipeMailbox | null): readonly Row[] {
  if (recipe !== null) {
    return rowsOf(page.dom, recipe.rows).flatMap((row) => {
      const title = fieldOf(page.dom, row, recipe.title)
      if (title === null) return []
      const status = fieldOf(page.dom, row, recipe.status)
      return [made({ title, askedOn: fieldOf(page.dom, row, recipe.askedOn), answeredOn: fieldOf(page.dom, row, recipe.answeredOn), unit: fieldOf(page.dom, row, recipe.unit), status }, linkOf(page.dom, row, recipe.link, page.finalUrl), now)]
    })
  }
  for (const table of page.dom('table').toArray().slice(0, 40)) {
    const rows = fromTable(page, table, now)
    if (rows.length > 0) return rows
  }
  return fromHeadedList(page, now) ?? fromLabels(page, now)
}

function fromTable(page: PageView, table: Element, now: Date): Row[] {
  const { dom } = page
  const rows = dom(table).find('tr').toArray().slice(0, 500)
  const cells = (row: AnyNode): Element[] => dom(row).children('th, td').toArray()
  const at = rows.slice(0, 3).findIndex((r) => cells(r).length >= 3)
  const head = rows[at]
  if (head === undefined) return []
  const columns = heads(cells(head).map((c) => squeeze(dom(c).text()).replace(/\s/g, '')))
  if (columns === null) return []
  return rows.slice(at + 1).flatMap((row) => {
    const its = cells(row)
    return its.length < 3 ? [] : rowOf(page, columns, its, now)
  })
}

/** Lists made of `ul`, the first row of which names the columns. */
function fromHeadedList(page: PageView, now: Date): Row[] | null {
  const { dom } = page
  for (const list of dom('ul, ol, div').toArray().slice(0, 2000)) {
    const rows = dom(list).children('li, ul, dl, div').toArray()
    if (rows.length < 2) continue
    const first = rows[0]
    if (first === undefined) continue
    const columns = heads(dom(first).children().toArray().map((c) => squeeze(dom(c).text()).replace(/\s/g, '')))
    if (columns === null) continue
    const out = rows.slice(1, 500).flatMap((row) => rowOf(page, columns, dom(row).children().toArray(), now))
    if (out.length > 0) return out
  }
  return null
}

function heads(names: readonly string[]): readonly (Key | null)[] | null {
  const columns = names.map((n) => HEADS.find(([, re]) => re.test(n))?.[0] ?? null)
  const once = columns.map((c, i) => (c !== null && columns.indexOf(c) === i ? c : null))
  return once.includes('title') && (once.includes('askedOn') || once.includes('answeredOn')) && once.filter((c) => c !== null).length >= 3 ? once : null
}

function rowOf(page: PageView, columns: readonly (Key | null)[], cells: readonly Element[], now: Date): Row[] {
  const { dom } = page
  const raw: Partial<Record<Key, string>> = {}
  columns.forEach((key, i) => {
    const cell = cells[i]
    if (key !== null && cell !== undefined) raw[key] = key === 'title' ? titleOf(page, cell) : squeeze(dom(cell).text())
  })
  if (raw.title === undefined || raw.title === '') return []
  const link = cells.map((c) => (c.tagName === 'a' ? dom(c) : dom(c).find('a[href]').first()).attr('href')).find((h) => h !== undefined)
  return [made({ title: raw.title, askedOn: raw.askedOn ?? null, answeredOn: raw.answeredOn ?? null, unit: raw.unit ?? null, status: raw.status ?? null }, link === undefined ? null : absolute(link, page.finalUrl), now)]
}

function titleOf(page: PageView, cell: Element): string {
  const text = squeeze(page.dom(cell).text())
  const whole = page.dom(cell).attr('title') ?? page.dom(cell).find('[title]').first().attr('title')
  return /(?:\.{2,}|…)$/.test(text) && whole !== undefined ? squeeze(whole) : text
}

/** Rows that say `来信时间：2026-11-02 受理单位：…` beside a link. */
function fromLabels(page: PageView, now: Date): Row[] {
  const { dom } = page
  const out: Row[] = []
  for (const row of dom('li, dl, tr, .item, .list-item').toArray().slice(0, 3000)) {
    const link = dom(row).find('a[href]').first()
    const text = squeeze(dom(row).text())
    if (link.length === 0 || text.length > 800 || dom(row).find('li, tr').length > 0) continue
    const label = (re: RegExp): string | null => re.exec(text)?.[1] ?? null
    const askedOn = label(/(?:来信|写信|留言|提问|咨询|提交|诉求)(?:时间|日期)\s*[:：]?\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2})/)
    const answeredOn = label(/(?:答复|回复|反馈|办结)(?:时间|日期)\s*[:：]?\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2})/)
    if (askedOn === null && answeredOn === null) continue
    const unit = label(/(?:受理|答复|回复|办理|承办|处理)(?:单位|部门|机构)\s*[:：]\s*([^\s:：|]{2,40}?)(?=\s|$|答复|回复|来信|状态|办理)/)
    const status = label(/(?:状态|情况)\s*[:：]?\s*([^\s:：|]{2,8})/) ?? text.match(/\[?(已办结|已回复|已答复|办理中|未回复|待回复|处理中)\]?/)?.[1] ?? null
    const url = absolute(link.attr('href') ?? '', page.finalUrl)
    out.push(made({ title: squeeze(link.attr('title') ?? link.text()), askedOn, answeredOn, unit, status }, url, now))
  }
  return out.length >= 2 ? out : []
}

function made(raw: { title: string; askedOn: string | null; answeredOn: string | null; unit: string | null; status: string | null }, url: string | null, now: Date): Row {
  const answeredOn = raw.answeredOn === null ? null : parseDay(raw.answeredOn, now)
  const said = raw.status === null ? null : OPEN.test(raw.status) ? false : DONE.test(raw.status) ? true : null
  const unit = raw.unit === null || /^[-—无\s]*$/.test(raw.unit) ? null : raw.unit.slice(0, 80)
  return { title: raw.title.slice(0, 200), url, askedOn: raw.askedOn === null ? null : parseDay(raw.askedOn, now), answeredOn, unit, answered: answeredOn !== null ? true : said }
}
