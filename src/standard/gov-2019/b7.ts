import { count, months, span, years } from '../indicator.ts'
import { scored } from '../scored.ts'
import { surveys } from '../surveys.ts'
import { G } from './groups.ts'

export const b7 = scored({
  id: 'B7',
  part: 'bonus',
  group: G.interaction,
  item: { zh: '调查征集', en: 'Surveys' },
  cap: 3,
  clause: { zh: '提供在线调查征集渠道(不含电子邮件方式)且监测时间点前1年内开展活动6次以上(含)的,加2分;结束后1个月内均公开结果反馈的,加1分。', en: 'Surveys online (not by e-mail), six or more within the year: 2 points; each followed by published feedback within a month: 1 point.' },
  needs: [{ from: 'probe', probe: 'interaction' }],
  decided: 'automatic',
  params: { count: count(6, '活动次数(含)', 'surveys, inclusive'), back: years(1, '回溯期', 'looking back'), feedback: months(1, '反馈期限', 'feedback within') },
  rules: [
    { key: 'held', text: { zh: '1年内调查征集6次以上', en: 'six or more surveys within the year' }, tenths: 20 },
    { key: 'feedback', text: { zh: '结束后1个月内均公开反馈', en: 'feedback on each within a month' }, tenths: 10 },
  ],
  look: (facts, p, now) => surveys(facts, { count: p.count.value, back: span(p.back), feedback: span(p.feedback) }, now),
})
