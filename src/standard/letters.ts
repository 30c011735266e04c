import type { ChannelFacts } from './facts.ts'
import { place } from './interpretation.ts'
import { probe, type ProbeValue } from './needs.ts'
import type { Place } from './result.ts'

export type Letter = ProbeValue<'letters'>['letters'][number]

export function letterPopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'letters', now)
  return 'unseen' in seen ? null : seen.value.letters.filter(isAnswered).map((l) => l.url)
}

/** D18 asks of published letters what an answered one must show; a letter still waiting is D19's and W5b's matter. */
const isAnswered = (l: Letter): boolean => l.answer || l.answeredOn !== null

/** What a published, answered letter lacks. */
export function lacking(l: Letter): readonly Place[] {
  const miss = (is: boolean, zh: string, en: string): Place[] => (is ? [place(l.title, l.url, 'violated', zh, en)] : [])
  return [
    ...miss(l.askedOn === null, '缺留言时间', 'time asked missing'),
    ...miss(l.answeredOn === null, '缺答复时间', 'time answered missing'),
    ...miss(l.unit === null, '缺答复单位', 'answering unit missing'),
    ...miss(!l.answer, '缺答复内容', 'answer missing'),
  ]
}
