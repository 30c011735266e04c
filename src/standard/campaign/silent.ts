import { anywhere } from '../anywhere.ts'
import { define, LOOKED_WITHIN, months, span } from '../indicator.ts'
import { notObserved } from '../result.ts'
import { CAMPAIGN, PRACTICE } from './groups.ts'

export const silent = define({
  id: 'silent',
  part: 'campaign',
  group: CAMPAIGN,
  item: { zh: '网站长期不更新', en: 'Website long not updated' },
  clause: {
    zh: '网站首页及全部栏目3个月内均无任何信息更新的,列为“僵尸”网站,提出关停建议。',
    en: 'Nothing was published for three months on the home page or in any column: a zombie site, proposed for shutdown.',
  },
  document: PRACTICE,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'home' }, { from: 'observations', what: 'columns' }],
  sure: 'derived',
  decided: 'automatic',
  proposes: 'shut_down',
  params: { limit: months(3, '全站无更新期限', 'nothing published anywhere within'), looked: LOOKED_WITHIN },
  evaluate: (facts, p, now) => {
    if (facts.home === undefined) return notObserved('not_visited')
    const result = anywhere(facts, facts.home, span(p.limit), now, p.looked.value)
    // A site whose columns were never found was not seen whole.
    return result.answer === 'violated' && facts.columns.length === 0 ? notObserved('partly_observed', { newest: result.newest, witness: result.witness }) : result
  },
})
