import type { Day } from '../../domain/date.ts'
import type { Context } from '../context.ts'
import { firstDate, isFuture, parseDay } from '../dates/parse.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import type { Row } from './rows.ts'

export type Attributed = { readonly day: Day; readonly raw: string; readonly where: string }

/** Elements of a row whose tags are looked at. */
const MAX_ELEMENTS = 12
const LABELLED = /(?:发布|发表|公布|更新)?(?:时间|日期)\s*[:：]\s*([^\n]{6,40})/
const NAMES = ['data-time', 'data-date', 'data-pubdate', 'data-publish', 'datetime']

/**
 * The day that a row shows to no reader but carries in its tags: `<time datetime>`, data-time and its like, or a tooltip
 * that names it (发布时间：…). A date in a tooltip without its name is part of the title, and no witness.
 */
export function attributeDay(context: Context, row: Row): Attributed | null {
  const { tape } = context
  const end = tape.next[row.node] ?? 0
  for (let node = row.node, looked = 0; node < end && looked < MAX_ELEMENTS; node++, looked++) {
    for (const name of NAMES) {
      const value = tagHolds(tape, node, name) ? attribute(tape, node, name) : null
      const day = value === null || value.length > 40 ? null : whole(value, context)
      if (value !== null && day !== null) return { day, raw: value, where: name }
    }
    if (!tagHolds(tape, node, 'title=')) continue
    const labelled = LABELLED.exec(attribute(tape, node, 'title')?.slice(0, 400) ?? '')
    const day = labelled === null ? null : whole(labelled[1] ?? '', context)
    if (labelled !== null && day !== null) return { day, raw: labelled[0].slice(0, 120), where: 'title attribute' }
  }
  return null
}

/** Has the page any attribute that may hold a row's date? Asked once, so that rows of other pages cost nothing. */
export function mayCarry(context: Context): boolean {
  const { text } = context.tape
  return context.all.times.length > 0 || /\sdata-(?:time|date|pub)/i.test(text) || (text.includes('title=') && /title=["'][^"']{0,300}(?:时间|日期)\s*[:：]/.test(text))
}

function whole(value: string, context: Context): Day | null {
  const hit = firstDate(value, context.today, context.dayFirst)
  const day = hit === null ? (/^\d{10}$|^\d{13}$/.test(value.trim()) ? parseDay(value, context.source.now) : null) : hit.form === 'relative' || hit.form === 'month_day' ? null : hit.day
  return day === null || isFuture(day, context.today) ? null : day
}
