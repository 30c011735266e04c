import { type Day, dayInChina, startOfDay } from '../../domain/date.ts'
import type { PageSource } from '../../domain/page.ts'
import { firstDate } from '../dates/parse.ts'

/** A moment as a feed wrote it. `day` is the day in China; a day without a time stands at midnight there. */
export type FeedTime = { readonly instant: Date; readonly day: Day; readonly precision: 'second' | 'minute' | 'day' }

/** 2000-01-01: feeds are no older, and an earlier date is a zero or a placeholder. */
const EARLIEST = 946_684_800_000
const LATEST = 4_102_444_800_000
const MINUTE = 60_000

/** The zones that RFC 822, 5.1 names, in minutes ahead of UTC. */
const ZONES: Readonly<Record<string, number>> = { Z: 0, UT: 0, UTC: 0, GMT: 0, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 }
const CHINA = 480

const CLOCK = /(上午|下午|晚上)?\s*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2})(?:[.,]\d{1,9})?)?秒?分?\s*([ap]m\b)?\s*(?:(?:gmt|utc?)?([+-])(\d{1,2}):?(\d{2})?|([a-z]{1,4})\b)?/i
/** `Sun Jun 07 12:00:00 +0800 2020` */
const C_LOCALE = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(\S{1,6})\s+(\d{4})$/i
/** RFC 822 as it was first written has years of two digits. */
const SHORT_YEAR = /^((?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3}\s+)(\d{2}\s+\d{1,2}:)/i

/**
 * When a feed says an entry was published: RFC 822 dates, ISO instants and what generators write in their stead. A
 * time without a zone is China's, and CST is China Standard Time on a .cn host. Null for what is no date, for a day
 * that no calendar has, and for 3/4/2024, which may be either of two days.
 */
export function feedTime(raw: string, source: Pick<PageSource, 'url' | 'now'>): FeedTime | null {
  const text = raw.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, 120)
  if (/^\d{9,10}$|^\d{12,13}$/.test(text)) return at(Number(text) * (text.length < 11 ? 1000 : 1), 'second')
  const s = text.replace(C_LOCALE, '$2 $1 $5 $3 $4').replace(SHORT_YEAR, '$120$2')
  const hit = firstDate(s, dayInChina(source.now))
  if (hit === null || hit.day === null) return null
  if (hit.form === 'numeric' && !s.includes('.') && hit.month <= 12 && hit.dom <= 12 && hit.month !== hit.dom) return null
  const midnight = startOfDay(hit.day).getTime()
  const clock = hit.form === 'relative' ? null : CLOCK.exec(s)
  if (clock === null) return at(midnight, 'day')
  const afternoon = clock[1] === '下午' || clock[1] === '晚上' || clock[5]?.toLowerCase() === 'pm'
  const hour = Number(clock[2])
  const hours = afternoon && hour < 12 ? hour + 12 : clock[5]?.toLowerCase() === 'am' && hour === 12 ? 0 : hour
  const minutes = Number(clock[3])
  const seconds = Number(clock[4] ?? 0)
  if (hours > 24 || minutes > 59 || seconds > 60) return null
  const ahead = clock[6] === undefined ? named(clock[9], source.url) : (clock[6] === '-' ? -1 : 1) * (Number(clock[7]) * 60 + Number(clock[8] ?? 0))
  return at(midnight + (hours * 60 + minutes + CHINA - ahead) * MINUTE + seconds * 1000, clock[4] === undefined ? 'minute' : 'second')
}

/** A zone by its name, in minutes ahead of UTC; China's where there is none or an unknown one. */
function named(zone: string | undefined, url: string): number {
  const name = zone?.toUpperCase() ?? ''
  if (name === 'CST' && /^https?:\/\/[^/:]*\.cn(?:[:/]|$)/i.test(url)) return CHINA
  return ZONES[name] ?? CHINA
}

function at(ms: number, precision: FeedTime['precision']): FeedTime | null {
  return ms >= EARLIEST && ms < LATEST ? { instant: new Date(ms), day: dayInChina(new Date(ms)), precision } : null
}
