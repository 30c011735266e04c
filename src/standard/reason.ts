import { OUTCOMES, type Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'

/** Reasons for “not observed” that no single visit can give. */
export const OWN_REASONS = {
  not_visited: { zh: '尚未巡检', en: 'not visited yet' },
  observation_old: { zh: '最近未能查看,上次结果已过时', en: 'not looked at recently: what was seen has aged' },
  undated: { zh: '未见可信日期', en: 'no trustworthy date was seen' },
  unconfirmed: { zh: '尚未经间隔24小时以上的再次确认', en: 'not yet confirmed by a second sighting 24 hours apart' },
  too_few_samples: { zh: '监测次数不足', en: 'too few samples' },
  one_vantage: { zh: '打不开的访问尚未经第二出口复核', en: 'failures to open were not confirmed from a second vantage' },
  partly_observed: { zh: '部分栏目未能查看,尚不能下结论', en: 'some places could not be seen, and they could change the answer' },
  probe_not_run: { zh: '该项探测尚未运行', en: 'the probe has not run' },
  sample_missing: { zh: '尚未抽样', en: 'no sample has been drawn' },
  person_needed: { zh: '待人工核查', en: 'a person has to look' },
  lead_only: { zh: '仅为线索,待人工核查', en: 'a lead only: a person has to look' },
  unknown_activity: { zh: '活跃程度不明', en: 'not known which is the less active' },
} as const satisfies Record<string, Text>

export type Reason = Outcome | keyof typeof OWN_REASONS

/** A reason in words. */
export function reasonText(reason: Reason): Text {
  return reason in OWN_REASONS ? OWN_REASONS[reason as keyof typeof OWN_REASONS] : OUTCOMES[reason as Outcome].name
}
