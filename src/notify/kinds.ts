import type { Text } from '../domain/text.ts'

/** What there is news of. */
export const NEWS_KINDS = {
  new_candidate: { zh: '新增候选', en: 'new candidates' },
  deadline_near: { zh: '期限临近', en: 'deadlines near' },
  deadline_passed: { zh: '已逾期', en: 'deadlines passed' },
  zombie_return: { zh: '死灰复燃', en: 'zombie returns' },
  watcher_alarm: { zh: '巡检告警', en: 'watcher alarms' },
} as const satisfies Record<string, Text>

export type NewsKind = keyof typeof NEWS_KINDS
export const NEWS_KIND_IDS = Object.keys(NEWS_KINDS) as NewsKind[]

export function newsKindName(kind: string): Text {
  return Object.hasOwn(NEWS_KINDS, kind) ? NEWS_KINDS[kind as NewsKind] : { zh: kind, en: kind }
}
