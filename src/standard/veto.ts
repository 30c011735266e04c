import type { Text } from '../domain/text.ts'
import type { ChannelFacts } from './facts.ts'
import { DOC_2019, type Indicator, type Params } from './indicator.ts'
import { standing } from './person.ts'
import { forPerson, met, violated, type Place, type Result } from './result.ts'

type Veto<P extends Params> = Pick<Indicator, 'id' | 'group' | 'item' | 'clause' | 'needs' | 'sure' | 'appliesTo'> & {
  readonly ask: Text
  readonly params?: P
  /** Suspicions for whoever looks. Never part of the verdict. */
  readonly leads?: (facts: ChannelFacts, params: P, now: Date) => { readonly texts: readonly Text[]; readonly evidence: readonly string[] }
  /** What observations can decide; null leaves it to a person. */
  readonly look?: (facts: ChannelFacts, params: P, now: Date) => Result | null
}

/** A veto clause that a person decides, with leads where the crawler has some: a signed yes or no stands over the machine. */
export function vetoByPerson<const P extends Params>(spec: Veto<P>): Indicator {
  const { ask, params, leads, look, ...rest } = spec
  return {
    ...rest,
    part: 'veto',
    document: DOC_2019,
    capTenths: null,
    params: { ...params },
    decided: leads === undefined && look === undefined ? 'person' : 'assisted',
    form: { ask, questions: [{ key: 'found', text: ask, type: 'yes_no' }] },
    evaluate: (facts, p, now) => {
      const finding = standing(facts.findings, spec.id, now)
      const hints = leads?.(facts, p as unknown as P, now) ?? { texts: [], evidence: [] }
      if (finding === null || finding.value['found'] === undefined) {
        const machine = look?.(facts, p as unknown as P, now) ?? null
        return machine === null ? forPerson({ leads: hints.texts, evidence: hints.evidence }) : { ...machine, leads: hints.texts }
      }
      const places = (finding.places ?? []).map((x): Place => ({ name: x.note, url: x.url ?? null, answer: 'violated', reason: null, newest: null, daysOver: null, since: null }))
      const details = { places, evidence: finding.evidence, leads: hints.texts }
      return finding.value['found'] === true ? violated({ ...details, since: finding.on }) : met(details)
    },
  }
}
