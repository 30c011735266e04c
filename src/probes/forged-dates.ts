import { z } from 'zod'
import { daysBetween } from '../domain/date.ts'
import type { ItemRow, Probe } from './types.ts'

const suspect = z.object({ url: z.string().nullable(), what: z.string(), kind: z.enum(['late', 'batch', 'edited']), items: z.array(z.object({ title: z.string(), url: z.string().nullable(), date: z.string(), firstSeenOn: z.string() })) })
export const forgedDatesValue = z.object({ suspects: z.array(suspect) })
type Suspect = z.infer<typeof suspect>

/** Days by which an item may come up after the date it bears: drafts wait for approval. */
const LATE = 14
const BATCH = 6
/** A batch bears dates of so many different days … */
const SPREAD = 4
/** … the earliest of which lies so many days before it came up. */
const BACK = 7
const SHOWN = 50

/**
 * 伪造发稿日期, as suspicions for people (W1.5): items that came up long after the date they bear, though we had looked at
 * that list in between; batches put up together under spread dates; dates changed after first sight. Pure.
 */
export function forgedDates(items: readonly ItemRow[]): readonly Suspect[] {
  const out: Suspect[] = []
  // Only what was not there at an earlier look can have come up later.
  const came = items.filter((i) => i.previousLookOn !== null && i.previousLookOn >= i.date && i.firstSeenOn > i.previousLookOn)
  const groups = Map.groupBy(came, (i) => `${i.column}\n${i.firstSeenOn}`)
  const inBatch = new Set<ItemRow>()
  for (const group of groups.values()) {
    const back = group.filter((i) => daysBetween(i.date, i.firstSeenOn) > 1)
    const days = new Set(back.map((i) => i.date))
    const earliest = [...days].sort()[0]
    const first = back[0]
    if (first === undefined || earliest === undefined || back.length < BATCH || days.size < SPREAD || daysBetween(earliest, first.firstSeenOn) < BACK) continue
    for (const i of back) inBatch.add(i)
    out.push({ url: first.column, kind: 'batch', what: `${first.firstSeenOn} 同时出现 ${back.length} 条,日期分布在 ${days.size} 天(最早 ${earliest})`, items: shown(back) })
  }
  for (const i of came) {
    const days = daysBetween(i.date, i.firstSeenOn)
    if (days > LATE && !inBatch.has(i)) out.push({ url: i.url, kind: 'late', what: `标注日期 ${i.date},${i.previousLookOn ?? ''} 查看时尚无,${i.firstSeenOn} 才出现(晚 ${days} 天)`, items: shown([i]) })
  }
  for (const i of items) {
    if (i.dateBefore !== undefined && i.dateBefore !== null && i.dateBefore !== i.date) out.push({ url: i.url, kind: 'edited', what: `日期由 ${i.dateBefore} 改为 ${i.date}`, items: shown([i]) })
  }
  return out.slice(0, SHOWN)
}

function shown(items: readonly ItemRow[]): Suspect['items'] {
  return items.slice(0, SHOWN).map(({ title, url, date, firstSeenOn }) => ({ title, url, date, firstSeenOn }))
}

/** Computed from the rows of items that the visit has kept. */
export const forgedDatesProbe: Probe = {
  id: 'forged_dates',
  serves: ['W1.5'],
  needs: ['history'],
  budget: { requests: 0, seconds: 10 },
  value: forgedDatesValue,
  faults: ({ suspects }: z.infer<typeof forgedDatesValue>) => suspects.map((s) => ({ key: `${s.kind} ${s.url ?? ''}`, what: { zh: s.what, en: s.what }, suspicion: true as const })),
  run: async (trial) => (trial.history?.items === undefined ? { outcome: 'own_fault', value: null, note: 'no rows of items were handed in' } : { outcome: 'ok', value: { suspects: forgedDates(trial.history.items) } }),
}
