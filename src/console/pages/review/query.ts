import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { VIEW_NAMES } from '../../words/review.ts'
import type { ViewName } from '../../words/review.ts'

export const PAGE_SIZE = 50
/** What of the address narrows the queue. */
export const FILTERS = ['text', 'region', 'kinds', 'proposals', 'rules', 'states', 'assignee', 'dueBy', 'organisation'] as const
const SORTS = ['weight', 'deadline', 'opened', 'changed'] as const
type Filter = (typeof FILTERS)[number]

/** The queue as the address has it, so that a view can be bookmarked, and a change of it. */
export function useQueueAddress() {
  const [search, set] = useSearchParams()
  const named = search.get('view')
  const view: ViewName = named !== null && Object.hasOwn(VIEW_NAMES, named) ? named as ViewName : 'open'
  const filter = useMemo(() => Object.fromEntries(FILTERS.flatMap((f) => (search.get(f) === null ? [] : [[f, search.get(f) ?? '']]))) as Partial<Record<Filter, string>>, [search])
  const page = Math.max(1, Number(search.get('page') ?? 1) || 1)
  const sort = SORTS.find((s) => s === search.get('sort')) ?? (view === 'overdue' || view === 'week' ? 'deadline' : 'weight')
  const id = Number(search.get('id')) || null
  /** Changes some of it; null takes one away. Another filter begins at the first page. `replace` leaves no trace for “back”. */
  const change = useCallback((next: Readonly<Record<string, string | null>>, replace = false) => {
    set((now) => {
      const after = new URLSearchParams(now)
      if (!('page' in next) && !('id' in next)) { after.delete('page'); after.delete('id') }
      for (const [key, value] of Object.entries(next)) if (value === null || value === '') after.delete(key); else after.set(key, value)
      return after
    }, { replace })
  }, [set])
  return { view, filter, page, sort, id, change }
}
