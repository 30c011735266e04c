import type { Day } from '../../domain/date.ts'
import { epochDay, firstDate } from '../dates/parse.ts'
import { tagHolds } from '../html/attributes.ts'
import type { Context } from '../context.ts'

export type ScriptDate = { readonly key: string; readonly day: Day; readonly raw: string; readonly says: 'published' | 'updated'; readonly structured: boolean }

/** Characters of script that are searched on one page. */
const SCRIPT_CAP = 1_500_000
/** Names under which platforms keep the moment of publication in their scripts; `ct` is WeChat's. */
const KEYS =
  /\b(ct|ori_create_time|oriCreateTime|create_time|createTime|create_at|createAt|publish_at|publishAt|publish_?[tT]ime|publish_?[dD]ate|pub_?[tT]ime|pub_?[dD]ate|publishedAt|published_at|datePublished|ptime|releaseTime|newsPubTime|issueTime|release_date|first_publish_time|createdAt|created_at|dateCreated)\b["']?\]?\s*[:=]\s*(?:JsDecode\(\s*)?["']?((?:19|20)\d{2}[-/年.]\d{1,2}[-/月.]\d{1,2}[^"'<>]{0,24}|1[0-9]{9}(?:\d{3})?(?!\d)|(?:19|20)\d{6}(?!\d))/g

/** Dates that scripts keep under a telling name, WeChat's epochs among them. */
export function embeddedDates(context: Context): ScriptDate[] {
  const { tape } = context
  const out: ScriptDate[] = []
  let read = 0
  for (const node of context.all.scripts) {
    const from = tape.inner[node] ?? 0
    const size = (tape.shut[node] ?? from) - from
    if (size < 20 || read > SCRIPT_CAP || tagHolds(tape, node, 'ld+json')) continue
    const body = tape.text.slice(from, from + Math.min(size, SCRIPT_CAP - read))
    read += body.length
    for (const m of body.matchAll(KEYS)) {
      const day = dayOf(m[2] ?? '', context.today)
      if (day !== null) out.push({ key: m[1] ?? '', day, raw: m[0].slice(0, 120), says: 'published', structured: false })
      if (out.length >= 40) return out
    }
  }
  return out
}

/** The day in a script's value: an epoch or a written date; words and days without a year are none. */
export function dayOf(raw: string, today: Day): Day | null {
  const s = raw.trim()
  if (/^\d{10}$|^\d{13}$/.test(s)) return epochDay(Number(s))
  const hit = firstDate(s, today, true)
  return hit === null || hit.form === 'month_day' || hit.form === 'relative' ? null : hit.day
}

/** A short script that writes a date into the page where it stands: `document.write("2024-05-01".substring(0, 10))`. */
export function writtenDates(context: Context): (ScriptDate & { readonly at: number })[] {
  const { tape } = context
  const out: (ScriptDate & { at: number })[] = []
  for (const node of context.all.scripts) {
    const from = tape.inner[node] ?? 0
    const size = (tape.shut[node] ?? from) - from
    if (size < 20 || size > 600 || out.length >= 10) continue
    const body = tape.text.slice(from, from + size)
    if (!/write\s*\(|innerHTML|\.html\(|\.text\(|(?:date|time)\w*\s*\(\s*["']/i.test(body)) continue
    const m = /["'](\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}[^"'<>]{0,20})["']/.exec(body)
    const day = m === null ? null : dayOf(m[1] ?? '', context.today)
    if (day !== null) out.push({ key: 'document.write', day, raw: (m?.[1] ?? '').slice(0, 120), says: 'published', structured: false, at: tape.flowFrom[node] ?? 0 })
  }
  return out
}
