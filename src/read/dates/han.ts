import { type Day, addDays, dayFromNumber, dayNumber, makeDay } from '../../domain/date.ts'
import { SEAM } from '../html/tape.ts'
import type { DateHit } from './hit.ts'

const DIGITS = '〇零○一二三四五六七八九'
const value = (c: number): number => {
  const at = DIGITS.indexOf(String.fromCharCode(c))
  return at < 0 ? -1 : at < 3 ? 0 : at - 2
}
const TEN = 0x5341

/** 二〇二〇年六月一日, and month and day up to 三十一. */
export function hanDate(flow: Uint16Array, i: number, end: number): DateHit | null {
  const first = flow[i] ?? 0
  if (first !== 0x4e8c && first !== 0x4e00) return null // a year starts with 二 or 一
  let year = 0
  let j = i
  for (; j - i < 4 && j < end; j++) {
    const d = value(flow[j] ?? 0)
    if (d < 0) return null
    year = year * 10 + d
  }
  if (j - i !== 4 || flow[j] !== 0x5e74) return null
  const month = number(flow, j + 1, end)
  if (month === null || flow[month.at] !== 0x6708) return null
  const dom = number(flow, month.at + 1, end)
  if (dom === null || flow[dom.at] !== 0x65e5) return null
  const day = makeDay(year, month.value, dom.value)
  if (day === null || year < 1900 || year > 2100) return null
  return { from: i, to: dom.at + 1, day, form: 'han', year, month: month.value, dom: dom.value, time: false }
}

function number(flow: Uint16Array, from: number, end: number): { value: number; at: number } | null {
  let tens = 0
  let ones = 0
  let at = from
  let seen = false
  for (; at < end && at - from < 3; at++) {
    const c = flow[at] ?? 0
    if (c === TEN) {
      tens = ones === 0 ? 1 : ones
      ones = 0
    } else {
      const d = value(c)
      if (d < 0) break
      ones = d
    }
    seen = true
  }
  return seen ? { value: tens * 10 + ones, at } : null
}

/** Characters with which a relative word may start: 刚 剛 今 昨 前 几 半 一…十 周 星 上. */
const STARTS = new Set([...'刚剛今昨前几幾半一二两三四五六七八九十'].map((c) => c.charCodeAt(0)))
/** What may follow them: 天 日 刚 才, a unit, or 个. */
const SECOND = new Set([...'天日刚剛才秒分小周星礼月年个個'].map((c) => c.charCodeAt(0)))
const DAY = 1440
/** Units with their minutes. */
const UNITS: readonly (readonly [string, number])[] = [
  ['秒', 0], ['分', 1], ['小时', 60], ['小時', 60], ['天', DAY], ['日', DAY], ['周', 7 * DAY], ['星期', 7 * DAY], ['礼拜', 7 * DAY], ['个月', 30 * DAY], ['個月', 30 * DAY], ['月', 30 * DAY],
  ['年', 365 * DAY],
]

/**
 * 刚刚, 今天 08:30, 昨天, 前天, 三天前: a day counted back from the judging day. Words that only tell of today in running
 * text (今天是…, 今天上午) are no dates: the day words need a time or the end of their element behind them.
 */
export function relativeDate(flow: Uint16Array, i: number, end: number, today: Day, minute = 1439): DateHit | null {
  const first = flow[i] ?? 0
  if (!STARTS.has(first)) return null
  // Most of these characters are plain text: what follows decides before any string is made.
  const second = flow[i + 1] ?? 0
  if (!SECOND.has(second) && !STARTS.has(second)) return null
  const text = String.fromCharCode(...flow.subarray(i, Math.min(end, i + 10)))
  const before = flow[i - 1] ?? 10
  if (before !== SEAM && before > 0x2fff && before < 0xff00) return null // the word is part of a sentence
  const word = /^(?:刚刚|剛剛|刚才)/.exec(text)
  if (word !== null) return back(i, word[0].length, 0, today)
  const day = /^(今天|昨天|前天|今日|昨日)([\s\ue000]*\d{1,2}[:：]\d{2}|(?=\n|\ue000|$|[\])】）]))/.exec(text)
  if (day !== null) return back(i, day[0].length, day[1]?.startsWith('今') === true ? 0 : day[1]?.startsWith('昨') === true ? 1 : 2, today)
  const han = /^([一二两三四五六七八九十几幾半]{1,3})(?=个?個?[秒分小天日周星礼月年])/.exec(text)
  if (han === null) return null
  const n = number(flow, i, end)?.value ?? (han[1] === '两' ? 2 : 3)
  return ago(i, i + (han[1]?.length ?? 1), n, flow, end, today, minute)
}

/** N天前, where the number ends at `at`; `minute` of the judging day, China's time. */
export function ago(from: number, at: number, n: number, flow: Uint16Array, end: number, today: Day, minute = 1439): DateHit | null {
  let j = at
  while (j - at < 2 && (flow[j] === 32 || flow[j] === SEAM)) j++
  if (!SECOND.has(flow[j] ?? 0)) return null
  const text = String.fromCharCode(...flow.subarray(j, Math.min(end, j + 8)))
  for (const [unit, minutes] of UNITS) {
    if (!text.startsWith(unit)) continue
    const rest = text.slice(unit.length).replace(/^[钟鐘\s\ue000]*/, '')
    const tail = /^(?:之前|以前|前)/.exec(rest)
    if (tail === null || n > 10_000) return null
    const used = text.length - rest.length + tail[0].length
    // 20小时前 at noon is yesterday: hours are counted from the judging minute.
    const days = Math.max(0, Math.ceil((n * minutes - minute) / DAY))
    return back(from, j - from + used, minutes >= DAY ? (n * minutes) / DAY : days, today)
  }
  return null
}

function back(from: number, length: number, days: number, today: Day): DateHit | null {
  const number = dayNumber(today) - days
  const day = days === 0 ? addDays(today, 0) : dayFromNumber(number)
  if (number < 0) return null
  return { from, to: from + length, day, form: 'relative', year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), dom: Number(day.slice(8, 10)), time: false }
}
