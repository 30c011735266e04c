import { anywhere, homeAge } from '../anywhere.ts'
import { define, DOC_2019, LOOKED_WITHIN, span, weeks } from '../indicator.ts'
import { met, notObserved, violated } from '../result.ts'
import { G, ITEM } from './groups.ts'

/**
 * The home page speaks for itself where it dates its every row. Where it is only an entrance, or does not date its rows,
 * the second-level pages are asked. A home page dated only in part beside a fresh column stays open: what it shows
 * undated may be what the column published.
 */
export const w3 = define({
  id: 'W3',
  part: 'veto',
  group: G.veto,
  item: ITEM.homeStale,
  clause: {
    zh: '监测2周,首页无信息更新的,即单项否决;如首页仅为网站栏目导航入口,所有二级页面无信息更新的,即单项否决。',
    en: 'Watched for two weeks, the home page shows no new information; where the home page is only an entrance to the columns, none of the second-level pages does.',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'home' }, { from: 'observations', what: 'columns' }],
  sure: 'table',
  decided: 'automatic',
  proposes: 'rectify',
  params: { limit: weeks(2, '首页更新期限', 'home page updated within'), looked: LOOKED_WITHIN },
  evaluate: (facts, p, now) => {
    const home = facts.home
    if (home === undefined) return notObserved('not_visited')
    const limit = span(p.limit)
    const own = homeAge(home, limit, now, p.looked.value)
    const shown = { newest: home.newest, witness: home.witness, evidence: home.evidence }
    if (own.answer === 'met') return met(shown)
    if (own.answer === 'not_observed' && own.reason !== 'undated') return notObserved(own.reason ?? 'undated', shown)
    const entrance = home.navigationOnly === true
    if (own.answer === 'violated' && !entrance && home.everyRowDated === true) {
      return violated({ ...shown, since: own.since, daysOver: own.daysOver })
    }
    const site = anywhere(facts, home, limit, now, p.looked.value)
    return site.answer === 'met' && own.answer === 'violated' && !entrance ? notObserved('undated', shown) : site
  },
})
