import type { Text } from '../../../domain/text.ts'
import type { FilterName, Filters } from './query.ts'

/** Filters that only a link from a figure sets, in words, so that each can be seen and taken away. */
export function otherFilters(f: Filters): { name: string; text: Text; drops: FilterName[] }[] {
  const said: { name: string; text: Text; drops: FilterName[] }[] = []
  const put = (name: string, zh: string, en: string, drops: FilterName[]): void => void said.push({ name, text: { zh, en }, drops })
  if (f.rules !== undefined) put('rules', `依据 ${f.rules.replaceAll(',', '、')}`, `rule ${f.rules.replaceAll(',', ', ')}`, ['rules'])
  if (f.candidate === 'true') put('candidate', '有待处置的候选', 'with an open candidate', ['candidate'])
  const span = (from?: string, to?: string): string => `${from ?? '…'} – ${to ?? '…'}`
  if (f.openedFrom !== undefined || f.openedTo !== undefined) put('opened', `候选发现于 ${span(f.openedFrom, f.openedTo)}`, `candidate opened ${span(f.openedFrom, f.openedTo)}`, ['openedFrom', 'openedTo'])
  if (f.removedFrom !== undefined || f.removedTo !== undefined) put('removed', `关停整合于 ${span(f.removedFrom, f.removedTo)}`, `closed or merged ${span(f.removedFrom, f.removedTo)}`, ['removedFrom', 'removedTo'])
  if (f.openOn !== undefined) put('openOn', `${f.openOn} 日终有待处置候选`, `with an open candidate at the end of ${f.openOn}`, ['openOn'])
  if (f.settledFrom !== undefined || f.settledTo !== undefined) put('settled', `候选办结于 ${span(f.settledFrom, f.settledTo)}`, `candidate settled ${span(f.settledFrom, f.settledTo)}`, ['settledFrom', 'settledTo'])
  if (f.campaign !== undefined) put('campaign', '在专项行动基线内', 'in the campaign’s baseline', ['campaign'])
  return said
}
