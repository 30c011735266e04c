import type { Step } from '../../domain/candidate.ts'
import type { Text } from '../../domain/text.ts'

/** The queue's views, in the order of a day's work. */
export const VIEW_NAMES = {
  open: { zh: '待研判', en: 'To decide' },
  mine: { zh: '我的', en: 'Mine' },
  answered: { zh: '待复查', en: 'To re-check' },
  contested: { zh: '申诉', en: 'Appeals' },
  overdue: { zh: '逾期', en: 'Overdue' },
  week: { zh: '七日内到期', en: 'Due in 7 days' },
  confirm: { zh: '待确认关停整合', en: 'To confirm' },
  escalated: { zh: '督办', en: 'Escalated' },
  settled: { zh: '已办结', en: 'Settled' },
  all: { zh: '全部', en: 'All' },
} as const satisfies Record<string, Text>
export type ViewName = keyof typeof VIEW_NAMES

export const SORT_NAMES: Readonly<Record<string, Text>> = {
  weight: { zh: '先重后轻', en: 'Gravest first' },
  deadline: { zh: '先到期', en: 'Nearest deadline' },
  opened: { zh: '先发现', en: 'Oldest first' },
  changed: { zh: '最近处理', en: 'Lately handled' },
}

/** The key that opens each decision. Two steps share one where no state knows both. */
export const STEP_KEYS: Readonly<Partial<Record<Step, string>>> = {
  dismiss: 'D', order: 'R', plan_merge: 'M', plan_shut_down: 'S', keep: 'F', exempt: 'E', pass: 'P', fail: 'X', extend: 'T', escalate: 'U', uphold: 'H',
  confirm_merged: 'C', confirm_shut_down: 'C', reopen: 'O',
}

/** Colours only support the words beside them. */
export const STATE_COLOURS: Readonly<Record<string, string>> = {
  open: 'blue', ordered: 'orange', answered: 'cyan', to_merge: 'purple', to_shut_down: 'red', contested: 'magenta', escalated: 'volcano', exempted: 'default', dismissed: 'default',
  rectified: 'green', merged: 'green', shut_down: 'green', kept: 'green', withdrawn: 'default',
}
export const PROPOSAL_COLOURS: Readonly<Record<string, string>> = { rectify: 'gold', merge: 'purple', shut_down: 'red' }

export const WITNESS_NAMES: Readonly<Record<string, Text>> = {
  meta: { zh: '网页元数据', en: 'a meta tag' }, json_ld: { zh: '结构化数据', en: 'structured data' }, label: { zh: '正文“发布日期”', en: 'a labelled date' }, byline: { zh: '标题旁日期', en: 'a date by the title' },
  list_row: { zh: '列表行', en: 'a row of the list' }, embedded: { zh: '脚本数据', en: 'data in a script' }, time_tag: { zh: '时间标签', en: 'a time element' }, url: { zh: '网址中的日期', en: 'the address' },
  feed: { zh: '订阅源', en: 'the feed' }, platform: { zh: '平台时间', en: 'the platform’s own time' }, text: { zh: '正文文字', en: 'the text' }, first_seen: { zh: '首次发现时间', en: 'our first sight' }, attestation: { zh: '单位填报', en: 'the unit’s statement' },
}

/** The campaign's own rules by name; the standards' rules go by their codes, as officials know them. */
export const RULE_NAMES: Readonly<Record<string, Text>> = {
  zombie: { zh: '“僵尸”账号', en: 'Zombie account' }, gone: { zh: '渠道已不存在', en: 'Channel gone' }, duplicate: { zh: '同一平台重复开设', en: 'Several on one platform' }, silent: { zh: '网站长期不更新', en: 'Website long silent' }, unused: { zh: '工作群组长期不用', en: 'Group long unused' },
}
export function ruleName(rule: string): Text {
  return RULE_NAMES[rule] ?? { zh: rule, en: rule }
}

/** A word of the services as a heading or a button begins it: English with a capital. */
export function titled({ zh, en }: Text): Text {
  return { zh, en: en.charAt(0).toUpperCase() + en.slice(1) }
}
