import type { Text } from '../../domain/text.ts'
import type { ChannelFacts } from '../facts.ts'
import type { Result } from '../result.ts'

export const APP: Text = { zh: '政务移动互联网应用程序', en: 'Government mobile applications' }
export const DOC_2026: Text = {
  zh: '国办函〔2026〕12号《政务移动互联网应用程序规范化管理办法》',
  en: 'State Council General Office Letter [2026] No. 12, on the management of government mobile applications',
}

/** For the public, the rules are a reference only (参照): whatever is found is a note and never a candidate. */
export function asReference(facts: ChannelFacts, result: Result): Result {
  if (facts.channel.internalUse === true || result.answer === 'not_applicable') return result
  return { ...result, advisory: true, leads: [...result.leads, { zh: '面向公众的应用程序参照执行', en: 'for applications that serve the public, by reference only' }] }
}
