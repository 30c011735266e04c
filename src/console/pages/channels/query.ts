import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** Filters as they stand in the address; the API takes the same names. */
export const FILTERS = [
  'text', 'kinds', 'region', 'organisation', 'states', 'outcomes', 'filing', 'daysFrom', 'daysTo', 'undated', 'visiting', 'proposals', 'rules', 'candidate', 'openedFrom', 'openedTo', 'removedFrom', 'removedTo', 'openOn', 'settledFrom', 'settledTo', 'campaign',
] as const
export type FilterName = (typeof FILTERS)[number]
export type Filters = Partial<Record<FilterName, string>>
const OTHERS = ['sort', 'descending', 'page', 'size'] as const

export type ChannelQuery = {
  readonly filters: Filters
  /** Everything, as the list's route takes it. */
  readonly query: Record<string, string>
  /** Changes some of it; null or '' takes a value away. A changed filter goes back to the first page. */
  change(to: Readonly<Partial<Record<FilterName | (typeof OTHERS)[number], string | null | undefined>>>): void
  /** The address's query with the filters and the order, without the page: what a saved view keeps. */
  readonly kept: string
  open(kept: string): void
}

/** The list's state is the address: it can be bookmarked, and “back” undoes. */
export function useChannelQuery(): ChannelQuery {
  const [search, setSearch] = useSearchParams()
  const said = search.toString()
  const { query, filters, kept } = useMemo(() => {
    const from = new URLSearchParams(said)
    const pick = (names: readonly string[]) => Object.fromEntries(names.flatMap((n) => { const v = from.get(n); return v === null || v === '' ? [] : [[n, v]] }))
    const own = pick(FILTERS)
    return { filters: own as Filters, query: { ...own, ...pick(OTHERS) } as Record<string, string>, kept: new URLSearchParams({ ...own, ...pick(['sort', 'descending']) }).toString() }
  }, [said])
  const change = useCallback<ChannelQuery['change']>((to) => {
    setSearch((before) => {
      const next = new URLSearchParams(before)
      for (const [name, value] of Object.entries(to)) {
        if (value === null || value === undefined || value === '') next.delete(name)
        else next.set(name, value)
      }
      if (!('page' in to)) next.delete('page')
      return next
    })
  }, [setSearch])
  const open = useCallback((query_: string) => setSearch(new URLSearchParams(query_)), [setSearch])
  return { filters, query, kept, change, open }
}
