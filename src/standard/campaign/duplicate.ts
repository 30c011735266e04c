import type { Kind } from '../../domain/kinds.ts'
import type { DuplicateFacts } from '../facts.ts'
import { define } from '../indicator.ts'
import { met, notApplicable, notObserved, violated } from '../result.ts'
import { CAMPAIGN, DOC_2018 } from './groups.ts'

/** Kinds of which a unit may rightly have several. */
const SEVERAL: ReadonlySet<Kind> = new Set<Kind>(['feed', 'app', 'mini_program', 'other'])

export const duplicate = define({
  id: 'duplicate',
  part: 'campaign',
  group: CAMPAIGN,
  item: { zh: '同一平台重复开设', en: 'Several accounts on one platform' },
  clause: {
    zh: '一个单位原则上在同一平台只开设一个政务新媒体账号;功能相近、用户关注度和利用率低的要清理整合。',
    en: 'In principle a unit opens one account on one platform; those alike in function and little used are to be merged.',
  },
  document: DOC_2018,
  capTenths: null,
  appliesTo: ['account'],
  needs: [{ from: 'observations', what: 'register' }],
  sure: 'two_sources',
  decided: 'automatic',
  proposes: 'merge',
  params: {},
  evaluate: (facts) => {
    const { id, kind, openedOn, organisationId } = facts.channel
    if (SEVERAL.has(kind)) return notApplicable()
    if (organisationId === null || facts.duplicates === undefined) return notObserved('unknown_activity')
    const own: DuplicateFacts = { channelId: id, name: facts.channel.name, newest: facts.posts?.newest ?? null, openedOn }
    const others = facts.duplicates.filter((d) => d.channelId !== id)
    if (others.length === 0) return met()
    const places = others.map((d) => ({ id: d.channelId, name: d.name, url: null, answer: 'violated' as const, reason: null, newest: d.newest, daysOver: null, since: null }))
    const shown = { newest: own.newest, witness: facts.posts?.witness ?? null, evidence: facts.posts?.evidence ?? [], places }
    // The most active one stays. Where activity is not known of all, nobody can say which that is.
    if (own.newest === null || others.some((d) => d.newest === null)) return notObserved('unknown_activity', shown)
    return others.some((d) => ahead(d, own)) ? violated(shown) : met(shown)
  },
})

/** The later publication stands first; then the earlier opening; then the earlier entry in the register. */
function ahead(a: DuplicateFacts, b: DuplicateFacts): boolean {
  if (a.newest !== b.newest) return (a.newest ?? '') > (b.newest ?? '')
  if (a.openedOn !== b.openedOn && a.openedOn !== null && b.openedOn !== null) return a.openedOn < b.openedOn
  return a.channelId < b.channelId
}
