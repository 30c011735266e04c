import { dayInChina, daysBetween } from '../../../src/domain/date.ts'
import { publishedAt } from '../streams.ts'
import type { DateStyle, Item } from '../types.ts'

export function clockTime(item: Item): string {
  return `${String(Math.floor(item.minute / 60)).padStart(2, '0')}:${String(item.minute % 60).padStart(2, '0')}`
}

function relative(item: Item, now: Date): string {
  const days = daysBetween(item.day, dayInChina(now))
  if (days < 0) return item.day
  if (days === 0) {
    const minutes = Math.floor((now.getTime() - publishedAt(item).getTime()) / 60_000)
    return minutes < 1 ? '刚刚' : minutes < 60 ? `${minutes}分钟前` : `${Math.floor(minutes / 60)}小时前`
  }
  if (days === 1) return `昨天 ${clockTime(item)}`
  if (days === 2) return `前天 ${clockTime(item)}`
  return days <= 45 ? `${days}天前` : item.day
}

/** The date of a row as the site prints it: an HTML fragment, empty for `none`. */
export function dateHtml(style: DateStyle, item: Item, now: Date, tag = 'span'): string {
  const [y, m, d] = item.day.split('-') as [string, string, string]
  const wrap = (s: string): string => `<${tag} class="date">${s}</${tag}>`
  switch (style) {
    case 'iso': return wrap(item.day)
    case 'iso_time': return wrap(`${item.day} ${clockTime(item)}`)
    case 'bracket_iso': return wrap(`[${item.day}]`)
    case 'paren_iso': return wrap(`(${item.day})`)
    case 'slash': return wrap(`${y}/${m}/${d}`)
    case 'dot': return wrap(`${y}.${m}.${d}`)
    case 'mmdd': return wrap(`${m}-${d}`)
    case 'bracket_mmdd': return wrap(`[${m}-${d}]`)
    case 'chinese': return wrap(`${y}年${Number(m)}月${Number(d)}日`)
    case 'relative': return wrap(relative(item, now))
    case 'split': return `<${tag} class="time"><b class="day">${d}</b><i class="year-month">${y}-${m}</i></${tag}>`
    case 'none': return ''
  }
}
