import { count, days } from '../indicator.ts'
import { forgedDateLeads } from '../leads.ts'
import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_5 = vetoByPerson({
  id: 'W1.5',
  group: G.veto,
  item: ITEM.serious,
  clause: { zh: '弄虚作假(如伪造发稿日期等)的,即单项否决。', en: 'Deceit, such as forged publication dates.' },
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'columns' }, { from: 'probe', probe: 'forged_dates' }, { from: 'person' }],
  sure: 'table',
  ask: { zh: '是否存在伪造发稿日期等弄虚作假行为?', en: 'Were publication dates forged, or was there other deceit?' },
  params: {
    lag: days(7, '线索:落款日期早于上次查看的天数', 'lead: days by which the date borne precedes our previous look'),
    batch: count(3, '线索:同日出现的条数', 'lead: items that appeared on one day'),
  },
  leads: (facts, p, now) => forgedDateLeads(facts, p.lag.value, p.batch.value, now),
})
