import { type Day, makeDay } from '../../domain/date.ts'
import { monthOf } from './months.ts'

export type UrlDate = { readonly day: Day; readonly raw: string }

/**
 * The day in an address, in order of trust: t20200601_, /2020/6/1/, /2020-06/01/, /20200601/,
 * /2020/jun/01/, 2020-06-01, 20200601 within a name, /20/0601/09/. It is the day of creation in the CMS; a moved article keeps it. Months alone do
 * not count: no day is made up.
 */
export function urlDate(url: string): UrlDate | null {
  // An archive's address holds the page's own: only the inner one tells of the page.
  const inner = Math.max(url.lastIndexOf('http://'), url.lastIndexOf('https://'))
  if (inner > 0) return urlDate(url.slice(inner))
  const from = url.indexOf('/', 8)
  if (from < 0 || !/\d{4}/.test(url)) return null
  const path = url.slice(from, from + 400)
  const named = /\/(\d{4})\/([a-z]{3,9})\/(\d{1,2})(?=\/|$|[_.-])/i.exec(path)
  const month = named === null ? 0 : monthOf(named[2] ?? '')
  const spelled = named === null || month === 0 ? null : makeDay(Number(named[1]), month, Number(named[3]))
  if (named !== null && spelled !== null) return { day: spelled, raw: named[0].slice(0, 60) }
  for (const shape of SHAPES) {
    const m = shape.exec(path)
    if (m === null) continue
    const year = Number(m[1]) + (m[1]?.length === 2 ? 2000 : 0)
    if (year < 1995 || year > 2100) continue
    const day = makeDay(year, Number(m[2]), Number(m[3]))
    if (day !== null) return { day, raw: m[0].slice(0, 60) }
  }
  return null
}

const SHAPES = [
  /[/_][a-z]?(\d{4})(\d{2})(\d{2})_/i,
  /\/(\d{4})\/(\d{1,2})\/(\d{1,2})(?=\/|$|[_.-])/,
  /\/(\d{4})[-_](\d{2})\/(\d{2})(?=\/|$)/,
  /\/(\d{4})\/(\d{2})(\d{2})\//,
  /\/(\d{4})(\d{2})\/(\d{2})\//,
  /\/(\d{4})(\d{2})(\d{2})(?=\/|$|[_.-])/,
  /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
  /\/(\d{4})(\d{2})\/t?\d{4}(\d{2})(?=\D)/,
  /[/_-](20\d{2})(\d{2})(\d{2})\d{0,6}(?=[_.\-/]|$)/,
  // With the hour behind: shorter ones are numbers of anything.
  /\/(\d{2})\/(\d{2})(\d{2})\/(?:[01]\d|2[0-3])\//,
]

/** The month in an address (/202606/, /2026-06/, /2026/06/): for the year of a row that prints none. Never a day. */
export function urlMonth(url: string): { readonly year: number; readonly month: number } | null {
  const from = url.indexOf('/', 8)
  if (from < 0) return null
  const m = /\/((?:19|20)\d{2})[-_/]?(0?[1-9]|1[0-2])(?=\/)/.exec(url.slice(from, from + 400))
  return m === null ? null : { year: Number(m[1]), month: Number(m[2]) }
}
