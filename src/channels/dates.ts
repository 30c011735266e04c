import { addMonths, dayInChina, makeDay, startOfDay, type Day } from '../domain/date.ts'
import type { Witness } from '../domain/witness.ts'
import type { Precision } from './types.ts'

/** A moment as a platform wrote it. Day precision stands at midnight in China; zone-less text is China's. */
export type Moment = { readonly instant: Date; readonly day: Day; readonly precision: Exclude<Precision, 'none'> }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 2000-01-01: no platform here is older, and a smaller epoch is a zero, a counter or another unit. */
const EARLIEST = 946_684_800_000
const LATEST = 4_102_444_800_000

const at = (ms: number, precision: Moment['precision']): Moment | null =>
  ms >= EARLIEST && ms < LATEST ? { instant: new Date(ms), day: dayInChina(new Date(ms)), precision } : null

/** Unix time by its digits: 9 to 10 are seconds, 12 to 13 milliseconds; numbers or text. Null for anything else (0, ''). */
export function epoch(value: unknown): Moment | null {
  const digits = typeof value === 'number' ? String(Math.trunc(value)) : typeof value === 'string' ? value.trim() : ''
  if (/^\d{9,10}$/.test(digits)) return at(Number(digits) * 1000, 'second')
  return /^\d{12,13}$/.test(digits) ? at(Number(digits), 'second') : null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** China's wall clock to a moment; null where there is no such day or time. */
function wall(year: number, month: number, day: number, precision: Moment['precision'], hour = 0, minute = 0, second = 0, zone = 8 * 60): Moment | null {
  const date = makeDay(year, month, day)
  if (date === null || hour > 24 || minute > 59 || second > 60) return null
  const ms = startOfDay(date).getTime() + 8 * HOUR + hour * HOUR + minute * MINUTE + second * 1000 - zone * MINUTE
  return at(ms, precision)
}

/** `+0800`, `+08:00`, `Z`, `GMT`, `CST` (China's here) to minutes; China's where there is none. */
function zoneOf(text: string | undefined): number {
  if (text === undefined || text === '' || /^cst$/i.test(text)) return 480
  if (/^(?:z|gmt|utc?)$/i.test(text)) return 0
  const m = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)
  if (m === null) return 480
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0))
}

const NUMERIC = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日|号)?(?:(?:\s*[T\s]|-)\s*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2})(?:\.\d+)?)?\s*秒?\s*(Z|GMT|UTC|CST|[+-]\d{2}:?\d{2})?)?$/i
/** `Sun Jun 07 12:00:00 +0800 2020` (Weibo) */
const C_LOCALE = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})\s+([+-]\d{4}|GMT|UTC|CST)\s+(\d{4})$/i
/** RFC 822, the weekday and the zone may be missing. */
const RFC822 = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{2}:?\d{2}|[a-z]{1,4})?)?$/i
const MONTH_DAY = /^(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?(?:\s+(\d{1,2})[:：](\d{2}))?$/

/** A date in words or figures, against the judging moment. Null for what is none: never a date that was not said. */
export function moment(raw: unknown, now: Date): Moment | null {
  if (typeof raw === 'number') return epoch(raw)
  if (typeof raw !== 'string') return null
  const text = raw.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, 80)
  if (text === '') return null
  if (/^\d{9,13}$/.test(text)) return epoch(text)
  const n = NUMERIC.exec(text)
  if (n !== null) {
    const precision = n[4] === undefined ? 'day' : n[6] === undefined ? 'minute' : 'second'
    return wall(Number(n[1]), Number(n[2]), Number(n[3]), precision, Number(n[4] ?? 0), Number(n[5] ?? 0), Number(n[6] ?? 0), zoneOf(n[7]))
  }
  const c = C_LOCALE.exec(text)
  if (c !== null) return wall(Number(c[7]), monthOf(c[1]), Number(c[2]), 'second', Number(c[3]), Number(c[4]), Number(c[5]), zoneOf(c[6]))
  const r = RFC822.exec(text)
  if (r !== null) return wall(Number(r[3]), monthOf(r[2]), Number(r[1]), r[4] === undefined ? 'day' : 'second', Number(r[4] ?? 0), Number(r[5] ?? 0), Number(r[6] ?? 0), zoneOf(r[7]))
  const md = MONTH_DAY.exec(text)
  if (md !== null) return yearless(Number(md[1]), Number(md[2]), md[3], md[4], now)
  return relative(text, now)
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1
}

/** A date without its year is this year's, or last year's where that would lie in the future by more than a day. */
function yearless(month: number, day: number, hour: string | undefined, minute: string | undefined, now: Date): Moment | null {
  const year = Number(dayInChina(now).slice(0, 4))
  const precision = hour === undefined ? 'day' : 'minute'
  const made = wall(year, month, day, precision, Number(hour ?? 0), Number(minute ?? 0))
  if (made !== null && made.instant.getTime() <= now.getTime() + DAY) return made
  return wall(year - 1, month, day, precision, Number(hour ?? 0), Number(minute ?? 0))
}

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 几: 3, 幾: 3, 数: 3 }

/** 12, 十二, 二十, 两, 半 (a half), 几 (taken as 3); null for none. */
export function count(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  if (text === '半') return 0.5
  const m = /^([一二两兩三四五六七八九几幾])?(十)?([一二三四五六七八九几幾])?$/.exec(text)
  if (m === null || text === '') return null
  if (m[2] === undefined) return m[3] === undefined && m[1] !== undefined ? (DIGITS[m[1]] ?? null) : null
  return (m[1] === undefined ? 1 : (DIGITS[m[1]] ?? 0)) * 10 + (m[3] === undefined ? 0 : (DIGITS[m[3]] ?? 0))
}

const AGO = /^([\d一二两兩三四五六七八九十几幾半]+)\s*个?\s*(秒钟?|分钟?|分鐘|小时|小時|钟头|天|日|周|週|星期|礼拜|月|年)(?:半)?(?:之)?[前]$|^([\d一二两三四五六七八九十几半]+)\s*个?\s*(秒钟?|分钟?|小时|天|日|周|星期|月|年)以前$/
const TODAY = /^(今天|今日|今早|今晚|昨天|昨日|昨晚|昨夜|前天|前日|前晚)\s*(.*)$/
const WEEKDAY = /^(?:上)?(?:周|星期|礼拜)([一二三四五六日天])\s*(.*)$/
const CLOCK = /^(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[:：]|点|时)\s*(\d{1,2}|半)?(?:分)?(?:[:：]\d{2})?$/

function relative(text: string, now: Date): Moment | null {
  if (/^(?:刚刚|剛剛|刚才|just now)$/i.test(text)) return at(now.getTime(), 'minute')
  const ago = AGO.exec(text)
  if (ago !== null) {
    const n = count(ago[1] ?? ago[3] ?? '')
    return n === null ? null : back(n, ago[2] ?? ago[4] ?? '', now)
  }
  const word = TODAY.exec(text)
  if (word !== null) {
    const days = word[1]?.startsWith('今') ? 0 : word[1]?.startsWith('昨') ? 1 : 2
    return onDay(days, word[2] ?? '', /晚|夜/.test(word[1] ?? '') ? '晚' : '', now)
  }
  const weekday = WEEKDAY.exec(text)
  if (weekday !== null) {
    const wanted = '日一二三四五六'.indexOf((weekday[1] ?? '').replace('天', '日'))
    const today = new Date(startOfDay(dayInChina(now)).getTime() + 8 * HOUR).getUTCDay()
    const days = (today - wanted + 7) % 7
    // The most recent one in the past: today's own only when its time has come.
    const made = onDay(days, weekday[2] ?? '', '', now)
    return made !== null && made.instant.getTime() > now.getTime() ? onDay(days + 7, weekday[2] ?? '', '', now) : made
  }
  const clock = CLOCK.test(text) && /[:：点]/.test(text)
  return clock ? onDay(0, text, '', now) : null
}

/** So many days before today, at the time the rest of the text says; day precision where it says none. */
function onDay(days: number, rest: string, part: string, now: Date): Moment | null {
  const midnight = startOfDay(dayInChina(new Date(now.getTime() - days * DAY))).getTime()
  if (rest === '') return at(midnight, 'day')
  const m = CLOCK.exec(rest)
  if (m === null) return null
  const hour = count(m[2] ?? '') ?? Number.NaN
  const minute = m[3] === '半' ? 30 : Number(m[3] ?? 0)
  const when = m[1] ?? part
  const evening = /下午|傍晚|晚|夜/.test(when) && hour < 12
  const noon = when === '中午' && hour < 11
  if (!(hour <= 24) || minute > 59) return null
  return at(midnight + (hour + (evening || noon ? 12 : 0)) * HOUR + minute * MINUTE, 'minute')
}

/** So much before now. Months and years go by the calendar, and say no more than the month. */
function back(n: number, unit: string, now: Date): Moment | null {
  if (unit.startsWith('秒')) return at(now.getTime() - n * 1000, 'minute')
  if (unit.startsWith('分')) return at(now.getTime() - n * MINUTE, 'minute')
  if (/^(?:小|钟)/.test(unit)) return at(now.getTime() - n * HOUR, 'minute')
  if (/^[天日]/.test(unit)) return at(startOfDay(dayInChina(new Date(now.getTime() - n * DAY))).getTime(), 'day')
  if (/^[周週星礼]/.test(unit)) return at(startOfDay(dayInChina(new Date(now.getTime() - n * 7 * DAY))).getTime(), 'day')
  const months = unit === '年' ? n * 12 : n
  const day = Number.isInteger(months) ? addMonths(dayInChina(now), -months) : dayInChina(new Date(now.getTime() - months * 30 * DAY))
  return at(startOfDay(day).getTime(), 'month')
}

/** The witness of a platform's own timestamp; `day` is null where it could not be read. */
export function witnessOf(raw: unknown, found: Moment | null, where: string, source: Witness['source'] = 'platform'): Witness {
  return { source, day: found?.day ?? null, raw: String(raw ?? '').slice(0, 120), where }
}

