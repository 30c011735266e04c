import { useSearchParams } from 'react-router'

/** What a list is narrowed to, as the address has it. A change of anything but the page begins at the first page. */
export function useAddressState(): { get: (key: string) => string | undefined; page: number; set: (next: Readonly<Record<string, string | undefined | null>>) => void } {
  const [search, change] = useSearchParams()
  return {
    get: (key) => search.get(key) ?? undefined,
    page: Math.max(1, Number(search.get('page') ?? 1) || 1),
    set: (next) => change((now) => {
      const after = new URLSearchParams(now)
      if (!('page' in next)) after.delete('page')
      for (const [key, value] of Object.entries(next)) if (value === undefined || value === null || value === '') after.delete(key); else after.set(key, value)
      return after
    }),
  }
}
