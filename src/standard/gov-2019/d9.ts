import type { Span } from '../../domain/date.ts'
import { holdsNothing } from '../anywhere.ts'
import type { ChannelFacts, ColumnFacts } from '../facts.ts'
import { columnAge, ownLimit } from '../freshness.ts'
import { LOOKED_WITHIN, months, span, weeks } from '../indicator.ts'
import { columnsOf, notUpdated } from '../opened.ts'
import { evidenceOf, type Place } from '../result.ts'
import { scored, type Tally } from '../scored.ts'
import { columnsKnown } from '../columns.ts'
import { blank } from './w4c.ts'
import { G } from './groups.ts'

export const d9 = scored({
  id: 'D9',
  part: 'deduction',
  group: G.release,
  item: { zh: '其他栏目', en: 'Other columns' },
  cap: 4,
  clause: {
    zh: '存在空白栏目的,每发现一个,扣2分;存在应更新未更新栏目的,每发现一个,扣1分(已按其他指标扣分的,不重复扣分)。',
    en: 'Each blank column costs 2 points, each column that ought to have been updated 1 point (not twice where another indicator has deducted).',
  },
  needs: [{ from: 'observations', what: 'columns' }],
  decided: 'automatic',
  params: {
    news: weeks(2, '动态、要闻类栏目更新期限', 'news columns updated within'),
    policy: months(6, '通知公告、政策文件、政策解读类栏目更新期限', 'notice, policy and interpretation columns updated within'),
    looked: LOOKED_WITHIN,
  },
  rules: [
    { key: 'blank', text: { zh: '空白栏目(个)', en: 'blank columns' }, tenths: 20, per: 'each' },
    { key: 'stale', text: { zh: '应更新未更新栏目(个)', en: 'columns that ought to have been updated' }, tenths: 10, per: 'each' },
  ],
  look: (facts, p, now) => {
    const unknown = columnsKnown(facts)
    if (unknown !== null) return { blank: { unseen: unknown }, stale: { unseen: unknown } }
    const looked = p.looked.value
    const taken = deductedElsewhere(facts, span(p.news), span(p.policy), now, looked)
    const rest = facts.columns.filter((c) => !taken.has(c.id))
    const aged = rest.flatMap((c): { column: ColumnFacts; place: Place }[] => {
      const limit = c.class === 'news' ? span(p.news) : POLICY.has(c.class) ? span(p.policy) : c.thresholdDays === undefined ? null : { days: c.thresholdDays }
      return limit === null || holdsNothing(c, now, looked) ? [] : [{ column: c, place: columnAge(c, ownLimit(c, limit), now, looked) }]
    })
    return {
      blank: tally(rest.map((column) => ({ column, place: blank(column, now, looked) }))),
      stale: tally(aged),
    }
  },
})

const POLICY: ReadonlySet<string> = new Set(['notice', 'policy', 'interpretation'])

/** Columns for which D4, D5 or D6 has already deducted 未更新. */
function deductedElsewhere(facts: ChannelFacts, news: Span, policy: Span, now: Date, looked: number): ReadonlySet<number> {
  const items = [
    { columns: columnsOf(facts, 'news'), limit: news },
    { columns: columnsOf(facts, 'policy', true), limit: policy },
    { columns: columnsOf(facts, 'interpretation', true), limit: policy },
  ]
  const taken = items.filter(({ columns, limit }) => {
    const t = notUpdated(columns, limit, now, looked)
    return 'count' in t && t.count > 0
  })
  return new Set(taken.flatMap(({ columns }) => columns.map((c) => c.id)))
}

function tally(rows: readonly { readonly column: ColumnFacts; readonly place: Place }[]): Tally {
  const bad = rows.filter((r) => r.place.answer === 'violated')
  const open = rows.filter((r) => r.place.answer === 'not_observed').length
  return {
    count: bad.length, places: bad.map((r) => r.place), evidence: evidenceOf(...bad.map((r) => r.column.evidence)),
    ...(open > 0 ? { open, why: 'partly_observed' } : {}),
  }
}
