import type { Text } from '../../domain/text.ts'
import type { Indicator } from '../indicator.ts'
import { vetoByPerson } from '../veto.ts'
import { APP, asReference, DOC_2026 } from './groups.ts'

/** A rule of the 2026 measures that a person answers with yes or no. */
export function byPerson(spec: { readonly id: string; readonly item: Text; readonly clause: Text; readonly ask: Text }): Indicator {
  const asked = vetoByPerson({ ...spec, group: APP, appliesTo: ['app', 'mini_program'], needs: [{ from: 'person' }], sure: 'published' })
  return {
    ...asked, part: 'campaign', document: DOC_2026, proposes: 'rectify',
    evaluate: (facts, params, now) => asReference(facts, asked.evaluate(facts, params, now)),
  }
}
