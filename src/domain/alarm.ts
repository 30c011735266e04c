import type { Text } from './text.ts'

/** What may be wrong with the watching itself, by code; docs/operations.md says of each what to do. */
export const ALARMS = {
  database: { zh: '数据库无应答', en: 'the database does not answer' },
  queue: { zh: '任务队列无应答', en: 'the queue does not answer' },
  queue_waiting: { zh: '任务等待过久', en: 'jobs wait too long' },
  queue_hung: { zh: '任务卡住', en: 'a job hangs' },
  queue_failing: { zh: '任务失败待重试', en: 'jobs fail' },
  workers_gone: { zh: '没有巡检进程', en: 'no worker' },
  worker_lost: { zh: '巡检进程失联', en: 'a worker was lost' },
  disk: { zh: '磁盘空间不足', en: 'little disk left' },
  evidence: { zh: '证据写入失败', en: 'evidence cannot be written' },
  clock_skew: { zh: '时钟偏差', en: 'clocks differ' },
  clock_jump: { zh: '时钟跳变', en: 'a clock jumped' },
  clock_behind: { zh: '时钟倒退', en: 'the clock lies behind' },
  audit: { zh: '审计链不完整', en: 'the audit chain is broken' },
  backup: { zh: '备份过期', en: 'the backup is old' },
  no_channel: { zh: '没有渠道', en: 'no channel' },
  standstill: { zh: '巡检停滞', en: 'watching stands still' },
  overdue: { zh: '巡检逾期', en: 'channels are late' },
  coverage: { zh: '覆盖率不足', en: 'coverage is low' },
  own_network: { zh: '我方网络异常', en: 'our own network failed' },
  own_fault: { zh: '程序内部错误', en: 'faults of our own' },
  failure_share: { zh: '失败率过高', en: 'too many visits see nothing' },
  weeks_late: { zh: '监测周停滞', en: 'availability weeks stand still' },
  weeks_unconfirmed: { zh: '监测周无复核', en: 'availability weeks without a second look' },
  credential_stopped: { zh: '凭据被拒', en: 'a credential is refused' },
  credential_expired: { zh: '凭据过期', en: 'a credential has expired' },
  credential_expires: { zh: '凭据将到期', en: 'a credential expires soon' },
  credential_unused: { zh: '凭据无用', en: 'a credential is of no use' },
} as const satisfies Record<string, Text>

export type AlarmCode = keyof typeof ALARMS
export const ALARM_CODES = Object.keys(ALARMS) as AlarmCode[]

/** One trouble in words that say what to do. `about` tells several of one code apart: a machine, a credential. */
export type Alarm = Text & { readonly code: AlarmCode; readonly about?: string }
