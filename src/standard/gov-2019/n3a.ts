import { probe } from '../needs.ts'
import { met, violated } from '../result.ts'
import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const n3a = vetoByPerson({
  id: 'N3a',
  group: G.veto,
  item: ITEM.interaction,
  clause: { zh: '未提供有效互动功能的,即单项否决。', en: 'No working means of interaction.' },
  appliesTo: ['account'],
  needs: [{ from: 'probe', probe: 'interaction' }, { from: 'person' }],
  sure: 'two_sources',
  ask: { zh: '是否未提供有效互动功能(留言、评论、菜单、自动回复等均无)?', en: 'Are there no working means of interaction (comments, messages, menu, automatic replies)?' },
  look: (facts, _, now) => {
    const seen = probe(facts, 'interaction', now)
    if ('unseen' in seen || seen.value.effective === null) return null
    return seen.value.effective ? met({ evidence: seen.evidence }) : violated({ evidence: seen.evidence })
  },
})
