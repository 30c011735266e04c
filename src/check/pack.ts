import type { CheckedIndicator, Result } from '../standard/index.ts'

/** What most results leave empty; left out where it is stored. */
const EMPTY: Omit<Result, 'answer'> = {
  reason: null, since: null, newest: null, witness: null, daysOver: null, evidence: [], places: [], points: [], openTenths: 0, leads: [],
}

export type PackedResult = { readonly id: string } & Pick<Result, 'answer'> & Partial<Result>

/** Results as they are stored: without what is empty. `unpack` gives them back the same. */
export function pack(results: readonly CheckedIndicator[]): PackedResult[] {
  return results.map(({ id, result }) => {
    const told = Object.entries(result).filter(([key, v]) => key === 'answer' || !(v === null || v === 0 || v === undefined || (Array.isArray(v) && v.length === 0)))
    return { id, answer: result.answer, ...Object.fromEntries(told) }
  })
}

export function unpack(packed: readonly PackedResult[]): CheckedIndicator[] {
  return packed.map(({ id, ...result }) => ({ id, result: { ...EMPTY, ...result } }))
}
