import { atLeast } from '../count.ts'
import type { ColumnFacts } from '../facts.ts'
import { columnAge, ownLimit, seenEmpty } from '../freshness.ts'
import { count, define, DOC_2019, LOOKED_WITHIN, months, span, weeks } from '../indicator.ts'
import { notObserved } from '../result.ts'
import { columnsKnown } from '../columns.ts'
import { G, ITEM } from './groups.ts'

export const w4a = define({
  id: 'W4a',
  part: 'veto',
  group: G.veto,
  item: ITEM.columnsStale,
  clause: {
    zh: '监测时间点前2周内的动态、要闻类栏目,以及监测时间点前6个月内的通知公告、政策文件类一级栏目,累计超过(含)5个未更新的,即单项否决。',
    en: 'Five or more columns together, of news not updated in the two weeks before the monitoring point and of first-level notices and policy documents not updated in the six months before it.',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'columns' }],
  sure: 'table',
  decided: 'automatic',
  proposes: 'rectify',
  params: {
    news: weeks(2, '动态、要闻类栏目更新期限', 'news columns updated within'),
    policy: months(6, '通知公告、政策文件类一级栏目更新期限', 'first-level notice and policy columns updated within'),
    count: count(5, '未更新栏目个数(含)', 'columns not updated, inclusive'),
    looked: LOOKED_WITHIN,
  },
  evaluate: (facts, p, now) => {
    const unknown = columnsKnown(facts)
    if (unknown !== null) return notObserved(unknown)
    // A blank column is counted by W4c, not here.
    const columns = facts.columns.filter((c) => counts(c) && !seenEmpty(c, now, p.looked.value))
    const places = columns.map((c) => columnAge(c, ownLimit(c, span(c.class === 'news' ? p.news : p.policy)), now, p.looked.value))
    return atLeast(p.count.value, places, columns, now)
  },
})

const counts = (c: ColumnFacts): boolean => c.class === 'news' || (c.level === 1 && (c.class === 'notice' || c.class === 'policy'))
