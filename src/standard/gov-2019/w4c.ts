import { dayInChina, daysBetween } from '../../domain/date.ts'
import { isObserved } from '../../domain/outcome.ts'
import { atLeast } from '../count.ts'
import { columnsKnown } from '../columns.ts'
import type { ColumnFacts } from '../facts.ts'
import { listOf, seenEmpty } from '../freshness.ts'
import { count, define, DOC_2019, LOOKED_WITHIN } from '../indicator.ts'
import { notObserved, type Place } from '../result.ts'
import type { Reason } from '../reason.ts'
import { G, ITEM } from './groups.ts'

export const w4c = define({
  id: 'W4c',
  part: 'veto',
  group: G.veto,
  item: ITEM.columnsStale,
  clause: { zh: '空白栏目数量超过(含)5个的,即单项否决。', en: 'Five or more columns are blank.' },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'columns' }],
  sure: 'table',
  decided: 'automatic',
  proposes: 'rectify',
  params: { count: count(5, '空白栏目个数(含)', 'blank columns, inclusive'), looked: LOOKED_WITHIN },
  evaluate: (facts, p, now) => {
    const unknown = columnsKnown(facts)
    if (unknown !== null) return notObserved(unknown)
    return atLeast(p.count.value, facts.columns.map((c) => blank(c, now, p.looked.value)), facts.columns, now)
  },
})

/** Blank, by a look that saw the column; a list that could not be read may be blank too. */
export function blank(column: ColumnFacts, now: Date, lookedWithin: number): Place {
  const place = { id: column.id, name: column.name, url: column.url, newest: null, daysOver: null, since: null }
  const open = (reason: Reason): Place => ({ ...place, answer: 'not_observed', reason })
  if (seenEmpty(column, now, lookedWithin)) return { ...place, answer: 'violated', reason: null }
  if (!isObserved(column.outcome) || column.outcome === 'moved') return open(column.outcome)
  if (column.observedAt === null) return open('not_visited')
  if (daysBetween(dayInChina(column.observedAt), dayInChina(now)) > lookedWithin) return open('observation_old')
  return listOf(column) === 'unreadable' ? open('undated') : { ...place, answer: 'met', reason: null }
}
