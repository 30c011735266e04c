import { goneSince } from '../campaign/gone.ts'
import { dayInChina } from '../../domain/date.ts'
import { hours } from '../indicator.ts'
import { evidenceOf, violated } from '../result.ts'
import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

/** That it is gone from every store is seen; whether it can be used once installed, a person tries. */
export const n2b = vetoByPerson({
  id: 'N2b',
  group: G.veto,
  item: ITEM.contentStale,
  clause: { zh: '移动客户端(APP)无法下载或使用,发生“僵尸”“睡眠”情况的,即单项否决。', en: 'The app cannot be downloaded or used.' },
  appliesTo: ['app'],
  needs: [{ from: 'observations', what: 'existence' }, { from: 'person' }],
  sure: 'published',
  ask: { zh: '移动客户端是否无法下载或无法使用?', en: 'Is it impossible to download or to use the app?' },
  params: { apart: hours(24, '两次确认的最短间隔(含)', 'shortest interval between two sightings, inclusive') },
  look: (facts, p, now) => {
    const seen = goneSince(facts, now)
    const [first, last] = [seen[0], seen.at(-1)]
    if (first === undefined || last === undefined || last.at.getTime() - first.at.getTime() < p.apart.value * 3_600_000) return null
    return violated({ since: dayInChina(first.at), evidence: evidenceOf(...seen.map((s) => s.evidence)) })
  },
})
