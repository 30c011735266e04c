import type { Text } from '../../domain/text.ts'

export const VERDICTS = {
  failed: { name: { zh: '不合格', en: 'failed' }, colour: 'red' },
  passed: { name: { zh: '合格', en: 'passed' }, colour: 'green' },
  undecided: { name: { zh: '尚不能判定', en: 'undecided' }, colour: 'default' },
} as const satisfies Record<string, { name: Text; colour: string }>

export const ANSWERS = {
  violated: { name: { zh: '存在问题', en: 'problem found' }, colour: 'red' },
  met: { name: { zh: '未发现问题', en: 'no problem found' }, colour: 'green' },
  not_observed: { name: { zh: '未能核查', en: 'not observed' }, colour: 'default' },
  person: { name: { zh: '待人工核查', en: 'a person has to look' }, colour: 'gold' },
  not_applicable: { name: { zh: '不适用', en: 'not applicable' }, colour: 'default' },
} as const satisfies Record<string, { name: Text; colour: string }>

export const PARTS: Readonly<Record<string, Text>> = {
  veto: { zh: '单项否决', en: 'Vetoes' },
  deduction: { zh: '扣分指标', en: 'Deductions' },
  bonus: { zh: '加分指标', en: 'Bonus' },
  campaign: { zh: '专项指标', en: 'Campaign' },
}

export const EVERY: Readonly<Record<'week' | 'month' | 'quarter', Text>> = {
  week: { zh: '每周一凌晨', en: 'every Monday, early' },
  month: { zh: '每月1日凌晨', en: 'on the 1st of each month, early' },
  quarter: { zh: '每季度首日凌晨', en: 'on the first day of each quarter, early' },
}
