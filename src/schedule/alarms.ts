import { fill } from '../domain/text.ts'
import type { Text } from '../domain/text.ts'
import type { WatcherFigures } from './watcher.ts'

const HOUR = 3_600_000
const percent = (share: number): string => `${Math.round(share * 100)}%`

type Figures = Omit<WatcherFigures, 'alarms'>
type Rule = { readonly when: (f: Figures, visits: number, now: number) => boolean; readonly text: Text }

/** What is wrong with the watching itself, in words. One row a trouble: its bound, and what to say. */
const RULES: readonly Rule[] = [
  {
    when: (f) => f.channels === 0,
    text: { zh: '尚未登记任何渠道:请导入台账', en: 'no channel is registered: import a ledger' },
  },
  {
    when: (f, _, now) => f.lastVisit !== null && Date.parse(f.lastVisit) > now + HOUR,
    text: { zh: '时钟异常:最近一次巡检({lastVisit})晚于当前时间', en: 'the clock is off: the last visit ({lastVisit}) lies in the future' },
  },
  {
    when: (f, visits) => f.overdue > 0 && visits === 0,
    text: { zh: '巡检已停滞:24小时内没有任何巡检,{overdue} 个渠道逾期', en: 'watching stands still: no visit in 24 hours while {overdue} channels are overdue' },
  },
  {
    when: (f, _, now) => f.oldestDue !== null && Date.parse(f.oldestDue) < now - 24 * HOUR,
    text: { zh: '有渠道逾期超过24小时未巡检(最早应于 {oldestDue}),共逾期 {overdue} 个', en: 'channels are more than 24 hours late (the oldest was due {oldestDue}); {overdue} are overdue' },
  },
  {
    when: (f) => f.lastVisit !== null && f.coverage !== null && f.coverage < 0.95,
    text: { zh: '14天覆盖率仅 {coverage},低于95%', en: 'only {coverage} of the channels were visited in 14 days (95% wanted)' },
  },
  {
    when: (f) => (f.outcomes['own_network'] ?? 0) > 0,
    text: { zh: '我方网络曾异常:24小时内 {own_network} 次巡检因此无法判断', en: 'our own network failed: {own_network} visits in 24 hours could not see' },
  },
  {
    when: (f, visits) => visits >= 20 && (f.outcomes['own_fault'] ?? 0) > visits * 0.02,
    text: { zh: '程序内部错误过多:24小时内 {own_fault} 次,请查看日志', en: 'too many faults of our own: {own_fault} in 24 hours; see the log' },
  },
  {
    when: (f, visits) => visits >= 20 && (f.failureShare ?? 0) > 0.5,
    text: { zh: '24小时内 {failureShare} 的巡检未能取得结果', en: '{failureShare} of the visits in 24 hours observed nothing' },
  },
]

/** `visits`: how many the last 24 hours had. */
export function alarmsOf(figures: Figures, visits: number, now: Date): Text[] {
  const values = {
    ...figures.outcomes,
    overdue: figures.overdue,
    lastVisit: figures.lastVisit ?? '',
    oldestDue: figures.oldestDue ?? '',
    coverage: percent(figures.coverage ?? 0),
    failureShare: percent(figures.failureShare ?? 0),
  }
  return RULES.filter((r) => r.when(figures, visits, now.getTime())).map((r) => fill(r.text, values))
}
