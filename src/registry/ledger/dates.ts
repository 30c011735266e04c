import { isDay, makeDay } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { dayOfSerial } from '../sheet/serial.ts'
import type { Cell } from '../sheet/types.ts'

const DIGITS: Readonly<Record<string, string>> = { 〇: '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' }

/**
 * The day a cell states: a date cell, Excel's day number (as number or text), or text in any usual form
 * (2026-05-01, 2026/5/1, 2026.5.1, 20260501, 2026年5月1日, 二〇二六年五月一日, 1/5/2026 is refused as ambiguous), with or
 * without a time. `month` allows 2026年5月, read as its first day. Null where it is none.
 */
export function dayOfCell(cell: Cell, options: { month?: boolean } = {}): Day | null {
  if (cell.day !== undefined) return cell.day
  const text = plain(cell.text)
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?$/.exec(text)
  if (compact !== null) return makeDay(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return serial(Number(text))
  const full = /^((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/.exec(text)
  if (full !== null && time(text.slice(full[0].length))) return makeDay(Number(full[1]), Number(full[2]), Number(full[3]))
  if (options.month === true) {
    const month = /^((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(text)
    if (month !== null) return makeDay(Number(month[1]), Number(month[2]), 1)
  }
  return null
}

/** Day numbers in a ledger are of 1990 to 2099: what else has five digits is no date. */
function serial(number: number): Day | null {
  const day = dayOfSerial(number)
  return day !== null && isDay(day) && day >= '1990-01-01' && day < '2100-01-01' ? day : null
}

function plain(text: string): string {
  const narrow = text.normalize('NFKC').trim()
  if (!/[〇零一二三四五六七八九十]/.test(narrow)) return narrow
  return narrow
    .replace(/([一二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens: string | undefined, ones: string | undefined) => `${tens === undefined ? '1' : DIGITS[tens]}${ones === undefined ? '0' : DIGITS[ones]}`)
    .replace(/[〇零一二三四五六七八九]/g, (c) => DIGITS[c] ?? c)
}

/** What may follow a date: nothing, 日, a time, a weekday, a zone. */
function time(rest: string): boolean {
  return /^\s*日?(?:[T\s]*(?:(?:星期|周)[一二三四五六日天\d])?\s*(?:上午|下午|[AP]M)?\s*\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}秒?(?:\.\d+)?)?分?\s*(?:[AP]M|Z|[+-]\d{2}:?\d{2})?)?\s*$/i.test(rest) || /^\s*日?\s*(?:星期|周)[一二三四五六日天\d]\s*$/.test(rest)
}
