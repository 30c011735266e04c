import { holdsNothing } from '../anywhere.ts'
import { atLeast } from '../count.ts'
import { columnsKnown } from '../columns.ts'
import { columnAge, STATIC_CLASSES } from '../freshness.ts'
import { count, define, DOC_2019, LOOKED_WITHIN, span, years } from '../indicator.ts'
import { notObserved } from '../result.ts'
import { G, ITEM } from './groups.ts'

/** Off by default: how long 长期 is, no national text says. One year is local practice. Finished topics do not count. */
export const w4b = define({
  id: 'W4b',
  part: 'veto',
  group: G.veto,
  item: ITEM.columnsStale,
  clause: { zh: '应更新但长期未更新的栏目数量超过(含)10个的,即单项否决。', en: 'Ten or more columns that ought to be updated have not been for long.' },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'columns' }],
  sure: 'table',
  decided: 'automatic',
  proposes: 'rectify',
  off: true,
  params: {
    long: years(1, '“长期”的期限(地方做法)', 'how long “long” is (local practice)'),
    count: count(10, '长期未更新栏目个数(含)', 'columns not updated for long, inclusive'),
    looked: LOOKED_WITHIN,
  },
  evaluate: (facts, p, now) => {
    const unknown = columnsKnown(facts)
    if (unknown !== null) return notObserved(unknown)
    const columns = facts.columns.filter((c) => !STATIC_CLASSES.has(c.class) && c.class !== 'topic' && !holdsNothing(c, now, p.looked.value))
    return atLeast(p.count.value, columns.map((c) => columnAge(c, span(p.long), now, p.looked.value)), columns, now)
  },
})
