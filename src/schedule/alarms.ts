import type { Alarm, AlarmCode } from '../domain/alarm.ts'
import { fill } from '../domain/text.ts'
import type { Text } from '../domain/text.ts'
import type { WatcherBounds, WatcherFigures } from './watcher.ts'

const HOUR = 3_600_000
const percent = (share: number): string => `${Math.round(share * 100)}%`

type Figures = Omit<WatcherFigures, 'alarms'>
type Seen = { readonly visits: number; readonly now: number; readonly bounds: WatcherBounds }
type Rule = { readonly code: AlarmCode; readonly when: (f: Figures, seen: Seen) => boolean; readonly text: Text }

/** What is wrong with the watching itself, in words. One row a trouble: its bound, and what to say. */
const RULES: readonly Rule[] = [
  {
    code: 'no_channel',
    when: (f) => f.channels === 0,
    text: { zh: '尚未登记任何渠道:请导入台账', en: 'no channel is registered: import a ledger' },
  },
  {
    code: 'clock_behind',
    when: (f, { now }) => f.lastVisit !== null && Date.parse(f.lastVisit) > now + HOUR,
    text: { zh: '时钟异常:最近一次巡检({lastVisit})晚于当前时间,请校准时钟', en: 'the clock is off: the last visit ({lastVisit}) lies in the future; set the clock right' },
  },
  {
    code: 'standstill',
    when: (f, { visits }) => f.overdue > 0 && visits === 0,
    text: { zh: '巡检已停滞:24小时内没有任何巡检,{overdue} 个渠道逾期;请查看巡检进程是否在运行及其日志', en: 'watching stands still: no visit in 24 hours while {overdue} channels are overdue; see whether a worker runs, and its log' },
  },
  {
    code: 'overdue',
    when: (f, { now, bounds }) => f.oldestDue !== null && Date.parse(f.oldestDue) < now - bounds.overdueHours * HOUR,
    text: { zh: '有渠道逾期超过{hours}小时未巡检(最早应于 {oldestDue}),共逾期 {overdue} 个;请增加巡检进程或并发,或检查策略', en: 'channels are more than {hours} hours late (the oldest was due {oldestDue}); {overdue} are overdue; add workers or concurrency, or look at the policies' },
  },
  {
    code: 'coverage',
    when: (f) => f.lastVisit !== null && f.coverage !== null && f.coverage < 0.95,
    text: { zh: '14天覆盖率仅 {coverage},低于95%', en: 'only {coverage} of the channels were visited in 14 days (95% wanted)' },
  },
  {
    code: 'own_network',
    when: (f) => (f.outcomes['own_network'] ?? 0) > 0,
    text: { zh: '我方网络曾异常:24小时内 {own_network} 次巡检因此无法判断;请检查本机网络', en: 'our own network failed: {own_network} visits in 24 hours could not see; look at this machine’s network' },
  },
  {
    code: 'own_fault',
    when: (f, { visits }) => (f.outcomes['own_fault'] ?? 0) >= 3 && (f.outcomes['own_fault'] ?? 0) > visits * 0.02,
    text: { zh: '程序内部错误过多:24小时内 {own_fault} 次,请查看日志', en: 'too many faults of our own: {own_fault} in 24 hours; see the log' },
  },
  {
    code: 'failure_share',
    when: (f, { visits, bounds }) => visits >= 20 && (f.failureShare ?? 0) > bounds.failures,
    text: { zh: '24小时内 {failureShare} 的巡检未能取得结果;原因见调度页的结果分布', en: '{failureShare} of the visits in 24 hours observed nothing; the outcomes on the scheduling page say why' },
  },
]

/** `visits`: how many the last 24 hours had. */
export function alarmsOf(figures: Figures, seen: { visits: number; now: Date; bounds: WatcherBounds }): Alarm[] {
  const values = {
    ...figures.outcomes,
    overdue: figures.overdue,
    lastVisit: figures.lastVisit ?? '',
    oldestDue: figures.oldestDue ?? '',
    coverage: percent(figures.coverage ?? 0),
    failureShare: percent(figures.failureShare ?? 0),
    hours: seen.bounds.overdueHours,
  }
  return RULES.filter((r) => r.when(figures, { ...seen, now: seen.now.getTime() })).map((r) => ({ code: r.code, ...fill(r.text, values) }))
}
