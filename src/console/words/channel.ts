import type { Text } from '../../domain/text.ts'

/** States of a channel in the register. Colours only support the words. */
export const CHANNEL_STATES: Readonly<Record<string, { readonly name: Text; readonly colour: string }>> = {
  active: { name: { zh: '在管', en: 'Active' }, colour: 'green' },
  paused: { name: { zh: '已暂停', en: 'Paused' }, colour: 'gold' },
  closed: { name: { zh: '已关停', en: 'Closed' }, colour: 'default' },
  merged: { name: { zh: '已整合', en: 'Merged' }, colour: 'purple' },
}

export const FILINGS: Readonly<Record<string, Text>> = {
  filed: { zh: '已备案', en: 'Filed' }, pending: { zh: '备案中', en: 'Pending' }, unfiled: { zh: '未备案', en: 'Not filed' }, exempt: { zh: '无需备案', en: 'Exempt' },
}

export const RUNNING: Readonly<Record<string, Text>> = {
  running: { zh: '正常运行', en: 'Running' }, suspended: { zh: '暂停运行', en: 'Suspended' }, closing: { zh: '正在关停', en: 'Closing' }, closed: { zh: '已关停', en: 'Closed' }, cancelled: { zh: '已注销', en: 'Cancelled' }, migrated: { zh: '已迁移', en: 'Migrated' },
}

export const FUNCTIONS: Readonly<Record<string, Text>> = { publishing: { zh: '发布类', en: 'Publishing' }, service: { zh: '服务类', en: 'Service' } }

export const VISITING_NAMES: Readonly<Record<string, Text>> = {
  never: { zh: '尚未巡检', en: 'Never visited' }, overdue: { zh: '逾期未巡检', en: 'Overdue' }, in_hand: { zh: '正在巡检', en: 'In hand' },
  covered: { zh: '14天内巡检过', en: 'Visited in 14 days' }, uncovered: { zh: '14天内未巡检', en: 'Not visited in 14 days' }, unseen: { zh: '14天内未取得结果', en: 'Not seen in 14 days' },
}

/** Why a visit is due. */
export const DUE_REASONS: Readonly<Record<string, Text>> = {
  first: { zh: '首次巡检', en: 'first visit' }, deadline: { zh: '临近更新期限', en: 'a limit is near' }, overdue: { zh: '超期后每日巡检', en: 'daily while over its limit' }, audit: { zh: '随机抽查', en: 'random audit' },
  policy: { zh: '按策略', en: 'by policy' }, run_now: { zh: '人工要求', en: 'asked for' }, confirm: { zh: '复核是否消失', en: 'to confirm that it is gone' }, retry: { zh: '失败后重试', en: 'retry after a failure' },
  coverage: { zh: '最长间隔', en: 'longest interval' }, watch: { zh: '关停后监测', en: 'watched after closing' },
}

/** Classes of a website's columns. */
export const CLASS_NAMES: Readonly<Record<string, Text>> = {
  news: { zh: '动态要闻', en: 'News' }, notice: { zh: '通知公告', en: 'Notices' }, policy: { zh: '政策文件', en: 'Policy documents' }, interpretation: { zh: '政策解读', en: 'Interpretation' }, overview: { zh: '概况信息', en: 'Overview' },
  organisation: { zh: '机构职能', en: 'Organisation' }, leaders: { zh: '领导信息', en: 'Leaders' }, interaction: { zh: '互动交流', en: 'Interaction' }, service: { zh: '办事服务', en: 'Services' }, data: { zh: '数据发布', en: 'Data' }, topic: { zh: '专题专栏', en: 'Topics' }, other: { zh: '其他', en: 'Other' },
}

/** What an observation is about. */
export const ABOUT_NAMES: Readonly<Record<string, Text>> = {
  home: { zh: '首页', en: 'Home page' }, column: { zh: '栏目', en: 'Column' }, consultation: { zh: '互动入口', en: 'Consultation entries' }, account: { zh: '账号', en: 'Account' }, existence: { zh: '是否存在', en: 'Existence' },
}
