import { addDays, dayInChina, daysBetween, startOfDay } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import { between, hash } from './random.ts'
import { titleOf } from './titles.ts'
import type { Extra, Item, Stream } from './types.ts'

/** Minute of the day in China at an instant. */
export function minuteInChina(at: Date): number {
  return Math.floor((at.getTime() / 60_000 + 480) % 1440)
}

/** Noon in China on a day: all that a day brings is out by then. */
export function noon(day: Day): Date {
  return new Date(`${day}T12:00:00+08:00`)
}

/** The instant an item came out. */
export function publishedAt(item: Pick<Item, 'day' | 'minute'>): Date {
  const hh = String(Math.floor(item.minute / 60)).padStart(2, '0')
  const mm = String(item.minute % 60).padStart(2, '0')
  return new Date(`${item.day}T${hh}:${mm}:00+08:00`)
}

/** Sequence 0 is the newest of the base day, negative ones are older, positive ones come after it. */
function regular(stream: Stream, seq: number): Item {
  const day = seq > 0 && stream.next !== null
    ? addDays(stream.next.first, (seq - 1) * stream.next.period)
    : addDays(stream.anchor, seq === 0 ? 0 : seq * stream.gap - (stream.gap > 1 ? hash(stream.key, seq) % Math.ceil(stream.gap / 2) : 0))
  return { id: String(5000 + seq), title: titleOf(stream.key, seq), day, minute: between(360, 569, stream.key, seq, 'minute'), pinned: false, future: false }
}

function fromExtra(stream: Stream, extra: Extra): Item {
  return {
    id: extra.id, title: extra.title, day: extra.day, minute: between(360, 569, stream.key, extra.id),
    pinned: extra.place === 'pinned', future: extra.future,
  }
}

/** The last answer of each stream: what it shows changes only with the minute. */
const shownAt = new WeakMap<Stream, { readonly minute: number; readonly items: readonly Item[] }>()

/** What the column shows at `now`, in the order in which it shows it. */
export function itemsAt(stream: Stream, now: Date): readonly Item[] {
  const minute = Math.floor(now.getTime() / 60_000)
  const last = shownAt.get(stream)
  if (last?.minute === minute) return last.items
  const items = compute(stream, now)
  shownAt.set(stream, { minute, items })
  return items
}

function compute(stream: Stream, now: Date): readonly Item[] {
  const today = dayInChina(now)
  const rows: Item[] = []
  if (stream.next !== null && today >= stream.next.first) {
    const most = Math.floor(daysBetween(stream.next.first, today) / stream.next.period) + 1
    for (let seq = most; seq > 0; seq--) {
      const item = regular(stream, seq)
      if (publishedAt(item) <= now) rows.push(item)
    }
  }
  for (let seq = 0; seq > -stream.past; seq--) rows.push(regular(stream, seq))
  const shown = stream.extras.filter((e) => startOfDay(e.from) <= now && (!e.future || e.day > today))
  const byDate = shown.filter((e) => e.place === 'by_date').map((e) => fromExtra(stream, e))
  const listed = [...rows, ...byDate].sort((a, b) => (a.day === b.day ? b.minute - a.minute : a.day < b.day ? 1 : -1))
  return [...shown.filter((e) => e.place !== 'by_date').map((e) => fromExtra(stream, e)), ...listed]
}

/** The newest publication at `now`: the greatest date of all rows that are not in the future. */
export function newestAt(stream: Stream, now: Date): Day | null {
  let newest: Day | null = null
  for (const item of itemsAt(stream, now)) if (!item.future && (newest === null || item.day > newest)) newest = item.day
  return newest
}

/** One item by its id, if it is shown at `now`. */
export function itemById(stream: Stream, id: string, now: Date): Item | null {
  return itemsAt(stream, now).find((i) => i.id === id) ?? null
}
