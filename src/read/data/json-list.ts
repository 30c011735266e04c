import type { Day } from '../../domain/date.ts'
import type { ListItem } from '../../domain/page.ts'
import { epochDay, firstDate, isFuture } from '../dates/parse.ts'
import { urlDate } from '../dates/url.ts'
import type { Resolver } from '../resolve.ts'

/** Names under which the list endpoints of government CMSs keep what a row needs, most telling first; compared in lower case. */
const DATES = [
  'docrelpubtime', 'publishedtime', 'publishedtimestr', 'display_publish_time', 'first_publish_time', 'visible_publish_time', 'publishtime', 'publish_time', 'publishdate', 'publish_date', 'pubdate',
  'pub_date', 'pubtime', 'pub_time', 'fbsj', 'fbrq', 'releasetime', 'releasedate', 'release_time', 'release_date', 'docpubtime', 'published_at', 'date_published', 'datepublished', 'issuetime', 'showtime', 'displaytime',
  'infodate', 'newsdate', 'articledate', 'senddate', 'posttime', 'postdate', 'ptime', 'rq', 'sj', 'time', 'date', 'datetime', 'createdate', 'createtime', 'create_time', 'created_at', 'inputtime', 'addtime', 'updatetime', 'update_time',
]
const OTHER_DATES = /(?:pub|rel|issue|post|show|disp|send|news|info|art|doc)[a-z_]{0,12}(?:time|date|at)$|fb(?:sj|rq|time|date)$/
const TITLES = ['title', 'doctitle', 'docsubject', 'articletitle', 'infotitle', 'newstitle', 'subject', 'name', 'bt', 'headline', 'showtitle', 'listtitle', 'linktitle', 'header']
const URLS = ['url', 'docpuburl', 'pageurl', 'linkurl', 'href', 'link', 'post_url', 'arturl', 'articleurl', 'docurl', 'weburl', 'htmlurl', 'infourl', 'infostaticurl', 'path']
const MAX_ITEMS = 400

/** Rows from parsed JSON of any shape: the longest array of objects that have a title and a date. */
export function itemsFromJson(value: unknown, resolve: Resolver, today: Day): ListItem[] {
  let best: ListItem[] = []
  let budget = 20_000
  const visit = (v: unknown, depth: number): void => {
    if (budget-- <= 0 || depth > 8 || typeof v !== 'object' || v === null) return
    if (Array.isArray(v)) {
      const items = itemsOf(v, resolve, today)
      if (items.filter((i) => i.date !== null).length > best.filter((i) => i.date !== null).length || (best.length === 0 && items.length > 0)) best = items
      if (items.length === 0) for (const child of v.slice(0, 200)) visit(child, depth + 1)
      return
    }
    for (const child of Object.values(v)) visit(child, depth + 1)
  }
  visit(value, 0)
  return best
}

function itemsOf(rows: readonly unknown[], resolve: Resolver, today: Day): ListItem[] {
  const items: ListItem[] = []
  for (const row of rows.slice(0, MAX_ITEMS)) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) continue
    const fields = new Map<string, unknown>()
    for (const [key, field] of Object.entries(row)) fields.set(key.toLowerCase().replace(/^f_|^c_|^s_/, ''), field)
    const title = text(pick(fields, TITLES))
    if (title === null || title.length < 2) continue
    const href = text(pick(fields, URLS))
    const url = href === null ? null : resolve(href)
    const dated = dateIn(fields, today)
    const inUrl = dated === null && url !== null ? urlDate(url) : null
    if (dated !== null) {
      const future = isFuture(dated.day, today)
      items.push({ title, url, date: future ? null : dated.day, witness: { source: 'embedded', day: future ? null : dated.day, raw: dated.raw, where: dated.key, ...(future ? { doubt: 'future' } : {}) } })
    } else if (inUrl !== null && !isFuture(inUrl.day, today)) items.push({ title, url, date: inUrl.day, witness: { source: 'url', day: inUrl.day, raw: inUrl.raw, where: 'address' } })
    else if (url !== null) items.push({ title, url, date: null, witness: null })
  }
  return items
}

function pick(fields: ReadonlyMap<string, unknown>, names: readonly string[]): unknown {
  for (const name of names) {
    const v = fields.get(name)
    if ((typeof v === 'string' && v.trim() !== '') || typeof v === 'number') return v
  }
  return undefined
}

function text(v: unknown): string | null {
  return typeof v === 'string' ? v.replace(/<[^>]{0,200}>/g, '').replace(/\s+/g, ' ').trim().slice(0, 300) : null
}

function dateIn(fields: ReadonlyMap<string, unknown>, today: Day): { day: Day; raw: string; key: string } | null {
  for (const key of DATES) {
    const v = fields.get(key)
    const raw = typeof v === 'number' ? String(v) : typeof v === 'string' ? v.trim() : ''
    if (raw === '') continue
    const day = /^\d{10}$|^\d{13}$/.test(raw) ? epochDay(Number(raw)) : (firstDate(raw, today)?.day ?? null)
    if (day !== null) return { day, raw: raw.slice(0, 120), key }
  }
  // A name of the CMS's own that says as much (docRelTime, xxfbsj).
  for (const [key, v] of fields) {
    if (!OTHER_DATES.test(key)) continue
    const raw = typeof v === 'number' ? String(v) : typeof v === 'string' ? v.trim() : ''
    const day = /^\d{10}$|^\d{13}$/.test(raw) ? epochDay(Number(raw)) : raw === '' ? null : (firstDate(raw, today)?.day ?? null)
    if (day !== null) return { day, raw: raw.slice(0, 120), key }
  }
  return null
}

/** JSON as CMS templates write it: a JSONP wrapper, single quotes, bare keys, trailing commas. Null when it is none. */
export function looseJson(source: string): unknown {
  let s = source.trim()
  if (s.charCodeAt(0) === 0xfeff) s = s.slice(1)
  const jsonp = /^[\w$.]{1,60}\s*\(\s*(?=[[{])/.exec(s)
  if (jsonp !== null) s = s.slice(jsonp[0].length, Math.max(jsonp[0].length, s.lastIndexOf(')')))
  const first = s.charCodeAt(0)
  if (first !== 91 && first !== 123) return null
  try {
    return JSON.parse(s)
  } catch {
    return tolerant(s)
  }
}

/** Object literals of scripts, made into JSON token by token; null when they hold more than data. Plain stretches are copied whole. */
function tolerant(s: string): unknown {
  let out = ''
  let from = 0
  let i = 0
  const put = (text: string, next: number): void => {
    out += s.slice(from, i) + text
    from = next
    i = next
  }
  while (i < s.length) {
    const c = s.charCodeAt(i)
    if (c === 34 || c === 39) {
      const end = stringEnd(s, i, c)
      if (end < 0) return null
      const body = s.slice(i + 1, end)
      put(jsonString(body, c === 39), end + 1)
    } else if (c === 95 || c === 36 || ((c | 32) >= 97 && (c | 32) <= 122)) {
      let end = i + 1
      while (end < s.length && end - i < 80 && isWord(s.charCodeAt(end))) end++
      const word = s.slice(i, end)
      put(word === 'true' || word === 'false' || word === 'null' ? word : word === 'undefined' ? 'null' : `"${word}"`, end)
    } else if (c >= 48 && c <= 57) while (i < s.length && isWord(s.charCodeAt(i))) i++ // 1e5 is a number, not a name
    else if (c === 44 && /^,\s*[\]}]/.test(s.slice(i, i + 40))) put('', i + 1)
    else if (c === 47 && s.charCodeAt(i + 1) === 47) {
      const end = s.indexOf('\n', i)
      put('', end < 0 ? s.length : end)
    } else i++
  }
  try {
    return JSON.parse(out + s.slice(from))
  } catch {
    return null
  }
}

/** Offset of the quote that ends the string begun at `open`; -1 where none does. */
function stringEnd(s: string, open: number, quote: number): number {
  for (let i = open + 1; i < s.length; i++) {
    const c = s.charCodeAt(i)
    if (c === quote) return i
    if (c === 92) i++
  }
  return -1
}

/** A script's string as a JSON one. */
function jsonString(body: string, single: boolean): string {
  const plain = /[\n\r\t]/.test(body) ? body.replace(/[\n\r\t]/g, ' ') : body
  if (!single) return `"${plain}"`
  const bare = plain.includes("\\'") ? plain.replaceAll("\\'", "'") : plain
  return `"${bare.includes('"') ? bare.replace(/\\"|"/g, '\\"') : bare}"`
}

function isWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c === 36
}
