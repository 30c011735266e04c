import type { Text } from '../../domain/text.ts'

/** The figures of a campaign, in the order of its tables. */
export const FIGURE_NAMES = {
  baseline: { zh: '基线', en: 'Baseline' },
  checked: { zh: '已检查', en: 'Checked' },
  not_observed: { zh: '未能观测', en: 'Not observed' },
  candidates: { zh: '在办候选', en: 'Candidates' },
  ordered: { zh: '责令整改', en: 'Ordered' },
  rectified: { zh: '已整改', en: 'Rectified' },
  kept: { zh: '保留备案', en: 'Kept' },
  merged: { zh: '已整合', en: 'Merged' },
  shut_down: { zh: '已关停', en: 'Shut down' },
  removed: { zh: '已清理', en: 'Removed' },
  remaining: { zh: '现有', en: 'Remaining' },
} as const satisfies Record<string, Text>
export type FigureName = keyof typeof FIGURE_NAMES
export const FIGURES = Object.keys(FIGURE_NAMES) as FigureName[]

export const GROUP_NAMES: Readonly<Record<string, Text>> = {
  new_media: { zh: '政务新媒体', en: 'New media' }, website: { zh: '网站', en: 'Websites' }, wechat_group: { zh: '微信群', en: 'WeChat groups' }, qq_group: { zh: 'QQ群', en: 'QQ groups' }, other_group: { zh: '其他群组', en: 'Other groups' },
  all_media_and_groups: { zh: '新媒体和群组合计', en: 'Media and groups together' },
}
export const CHANNEL_STATES: Readonly<Record<string, Text>> = { active: { zh: '在运行', en: 'running' }, paused: { zh: '暂停巡检', en: 'paused' }, closed: { zh: '已关停', en: 'shut' }, merged: { zh: '已整合', en: 'merged' } }
