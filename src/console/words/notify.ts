import type { Text } from '../../domain/text.ts'

export const WAYS = { email: { zh: '邮件', en: 'e-mail' }, wecom: { zh: '企业微信机器人', en: 'WeCom robot' }, dingtalk: { zh: '钉钉机器人', en: 'DingTalk robot' } } as const satisfies Record<string, Text>
export const MODES = { digest: { zh: '每日汇总', en: 'a digest a day' }, instant: { zh: '即时', en: 'at once' } } as const satisfies Record<string, Text>
export const NEWS = {
  new_candidate: { zh: '新增候选', en: 'new candidates' },
  deadline_near: { zh: '期限临近', en: 'deadlines near' },
  deadline_passed: { zh: '已逾期', en: 'deadlines passed' },
  zombie_return: { zh: '死灰复燃', en: 'zombie returns' },
  watcher_alarm: { zh: '巡检告警', en: 'watcher alarms' },
} as const satisfies Record<string, Text>
export const LETTER_STATES: Readonly<Record<string, Text>> = { waiting: { zh: '待发送', en: 'waiting' }, sent: { zh: '已发送', en: 'sent' }, failed: { zh: '发送失败', en: 'failed' } }
