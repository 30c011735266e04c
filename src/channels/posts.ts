import { moment, witnessOf, type Moment } from './dates.ts'
import type { Post, Task } from './types.ts'

/** One post, from what a platform says of it. A date that is missing or unreadable stays missing. */
export function post(about: {
  id: string | null
  title: string | null
  url: string | null
  /** The platform's own field, as it stands. */
  raw: unknown
  /** The field's path, for the witness. */
  where: string
  at?: Moment | null
  pinned?: boolean
  comments?: number | null
  source?: 'platform' | 'feed' | 'embedded' | 'text'
}, task: Task): Post {
  const at = about.at === undefined ? moment(about.raw, task.now) : about.at
  return {
    id: about.id ?? about.url ?? about.title ?? '',
    title: (about.title ?? '').replace(/\s+/g, ' ').trim().slice(0, 200),
    url: about.url,
    date: at?.day ?? null,
    instant: at?.instant ?? null,
    precision: at?.precision ?? 'none',
    pinned: about.pinned === true,
    witness: witnessOf(about.raw, at, about.where, about.source ?? 'platform'),
    ...(about.comments === undefined ? {} : { comments: about.comments }),
  }
}

/** Reads each item by itself: one that cannot be read is left out and never fails the list. */
export function readEach<T>(items: readonly unknown[], read: (item: unknown) => T | null): T[] {
  return items.slice(0, 500).flatMap((item) => {
    const made = read(item)
    return made === null ? [] : [made]
  })
}
