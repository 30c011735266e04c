import type { Alarm } from '../domain/alarm.ts'
import { dayInChina } from '../domain/date.ts'
import { fill } from '../domain/text.ts'
import type { Text } from '../domain/text.ts'
import type { WatcherFigures } from '../schedule/index.ts'
import type { LookConfig, SelfFigures } from './look.ts'
import type { Sign } from './pulse.ts'

const MINUTE = 60_000
const MB = 1_000_000
/** Jobs waiting for another try from which it is more than a bad moment. */
const FAILING = 10

type Seen = { readonly figures: Omit<WatcherFigures, 'alarms'>; readonly config: LookConfig; readonly now: Date; readonly real: number }

const SAID = {
  queue: { zh: '任务队列无应答:请检查 Redis(REDIS_URL)或数据库', en: 'the queue does not answer: look at Redis (REDIS_URL) or the database' },
  waiting: { zh: '有任务已等待 {minutes} 分钟(共 {n} 个等待):请增加巡检进程或并发,或查看巡检进程日志', en: 'a job has waited for {minutes} minutes ({n} wait): add workers or concurrency, or see the workers’ log' },
  hung: { zh: '有任务已进行 {minutes} 分钟,超过单次巡检上限:请重启卡住的巡检进程', en: 'a job has run for {minutes} minutes, longer than a visit may take: restart the worker that hangs' },
  failing: { zh: '{n} 个任务失败后等待重试:请查看巡检进程日志', en: '{n} jobs failed and wait for another try: see the workers’ log' },
  gone: { zh: '没有巡检进程在运行,而有任务等待或渠道逾期:请启动 huoshui serve 或 worker', en: 'no worker runs while jobs wait or channels are overdue: start huoshui serve or worker' },
  lost: { zh: '巡检进程 {name} 已 {minutes} 分钟没有信号且未正常退出:请查看该机器;24小时后不再提示', en: 'the worker {name} has given no sign for {minutes} minutes and did not end in order: look at its machine; forgotten after 24 hours' },
  disk: { zh: '{host} 上{folder}所在磁盘仅剩 {free} MB(应不少于 {bound} MB):请清理或扩容,或缩短 HUOSHUI_EVIDENCE_DAYS', en: 'only {free} MB are left on {host} for {folder} (at least {bound} MB wanted): make room, or shorten HUOSHUI_EVIDENCE_DAYS' },
  evidence: { zh: '进程 {name} 自 {at} 起无法写入证据({what}),所见无从出示:请检查磁盘与数据目录权限', en: 'the worker {name} cannot write evidence since {at} ({what}), and what it sees cannot be shown later: look at the disk and the rights of the data folder' },
  skew: { zh: '{name} 的时钟比数据库{way} {seconds} 秒:请启用时间同步(NTP)', en: 'the clock of {name} is {seconds} s {way} the database’s: let it be synchronised (NTP)' },
  apart: { zh: '{a} 与 {b} 的时钟相差 {seconds} 秒:请启用时间同步(NTP)', en: 'the clocks of {a} and {b} differ by {seconds} s: let them be synchronised (NTP)' },
  jump: { zh: '{name} 的时钟于 {at} 跳变 {seconds} 秒:请检查时间同步或休眠设置', en: 'the clock of {name} jumped by {seconds} s at {at}: look at its time synchronisation, or whether it slept' },
  broken: { zh: '审计链核验不通过({at}):{what};请保全现场并运行 huoshui audit verify', en: 'the audit chain did not hold when it was verified ({at}): {what}; keep everything as it is and run huoshui audit verify' },
  tail: { zh: '审计链末尾不完整:{what};请保全现场并运行 huoshui audit verify', en: 'the end of the audit chain does not hold: {what}; keep everything as it is and run huoshui audit verify' },
  backup: { zh: '最近一次备份在 {day},已超过 {days} 天:请运行 huoshui backup', en: 'the last backup was made on {day}, more than {days} days ago: run huoshui backup' },
} as const satisfies Record<string, Text>

const FOLDERS = {
  data: { zh: '数据目录', en: 'the data folder' },
  evidence: { zh: '证据目录', en: 'the evidence' },
  postgres: { zh: '内嵌数据库', en: 'the embedded database' },
} as const

/** What is wrong with the program itself, the worst first. */
export function selfAlarms(self: SelfFigures, seen: Seen): Alarm[] {
  const fresh = self.workers.filter((w) => w.silentMs <= seen.config.alarmWorkers * MINUTE)
  return [...ofQueue(self, seen), ...ofWorkers(self, fresh, seen), ...ofDisks(self, seen), ...ofEvidence(fresh), ...ofClocks(self, fresh, seen), ...ofAudit(self), ...ofBackup(self, seen)]
}

const minutes = (ms: number): number => Math.round(ms / MINUTE)
const seconds = (ms: number): number => Math.round(Math.abs(ms) / 1000)

function ofQueue({ queue }: SelfFigures, { config, real }: Seen): Alarm[] {
  if (queue === null) return [{ code: 'queue', ...SAID.queue }]
  const waits = queue.waitingSince === null ? 0 : real - queue.waitingSince
  const runs = queue.activeSince === null ? 0 : real - queue.activeSince
  const out: Alarm[] = []
  if (waits > config.alarmQueue * MINUTE) out.push({ code: 'queue_waiting', ...fill(SAID.waiting, { minutes: minutes(waits), n: queue.waiting }) })
  if (runs > config.visitTimeout + config.alarmWorkers * MINUTE) out.push({ code: 'queue_hung', ...fill(SAID.hung, { minutes: minutes(runs) }) })
  if (queue.delayed >= FAILING) out.push({ code: 'queue_failing', ...fill(SAID.failing, { n: queue.delayed }) })
  return out
}

function ofWorkers({ queue, workers }: SelfFigures, fresh: readonly Sign[], { figures, config, real }: Seen): Alarm[] {
  const bound = config.alarmWorkers * MINUTE
  const waits = queue !== null && queue.waitingSince !== null && real - queue.waitingSince > bound
  const lost = workers.filter((w) => !fresh.includes(w))
  return [
    ...(fresh.length === 0 && (waits || figures.overdue > 0) ? [{ code: 'workers_gone', ...SAID.gone } as const] : []),
    ...lost.map((w) => ({ code: 'worker_lost', about: w.name, ...fill(SAID.lost, { name: w.name, minutes: minutes(w.silentMs) }) } as const)),
  ]
}

function ofDisks({ disks }: SelfFigures, { config }: Seen): Alarm[] {
  return disks.filter((d) => d.free < config.alarmDisk * MB).map((d) => {
    const values = { host: d.host, free: Math.floor(d.free / MB), bound: config.alarmDisk }
    return { code: 'disk', about: `${d.host}:${d.holds}`, zh: fill(SAID.disk, { ...values, folder: FOLDERS[d.holds].zh }).zh, en: fill(SAID.disk, { ...values, folder: FOLDERS[d.holds].en }).en }
  })
}

function ofEvidence(fresh: readonly Sign[]): Alarm[] {
  return fresh.flatMap((w) => (w.evidence === null ? [] : [{ code: 'evidence', about: w.name, ...fill(SAID.evidence, { name: w.name, ...w.evidence }) } as const]))
}

function ofClocks({ clock }: SelfFigures, fresh: readonly Sign[], { config }: Seen): Alarm[] {
  const bound = config.alarmClock * 1000
  const known = [{ name: 'server', offset: clock }, ...fresh.map((w) => ({ name: w.name, offset: w.offset }))]
  const off = known.filter(({ offset }) => Math.abs(offset.ms) - offset.within > bound)
  const skewed = off.map(({ name, offset }): Alarm => {
    const s = seconds(offset.ms)
    return { code: 'clock_skew', about: name, zh: fill(SAID.skew, { name, seconds: s, way: offset.ms > 0 ? '快' : '慢' }).zh, en: fill(SAID.skew, { name, seconds: s, way: offset.ms > 0 ? 'ahead of' : 'behind' }).en }
  })
  const [slow, fast] = [known.toSorted((a, b) => a.offset.ms - b.offset.ms)[0], known.toSorted((a, b) => b.offset.ms - a.offset.ms)[0]]
  const gap = slow === undefined || fast === undefined ? 0 : fast.offset.ms - slow.offset.ms
  const apart: Alarm[] = slow === undefined || fast === undefined || skewed.length > 0 || gap - slow.offset.within - fast.offset.within <= bound
    ? [] : [{ code: 'clock_skew', about: `${slow.name} ${fast.name}`, ...fill(SAID.apart, { a: slow.name, b: fast.name, seconds: seconds(gap) }) }]
  const jumps = fresh.flatMap((w): Alarm[] => (w.jump === null ? [] : [{ code: 'clock_jump', about: w.name, ...fill(SAID.jump, { name: w.name, at: w.jump.at, seconds: Math.round(w.jump.ms / 1000) }) }]))
  return [...skewed, ...apart, ...jumps]
}

function ofAudit({ audit }: SelfFigures): Alarm[] {
  const at = audit.verifiedAt ?? ''
  const said = (text: Text, what: Text): Text => ({ zh: fill(text, { at, what: what.zh }).zh, en: fill(text, { at, what: what.en }).en })
  if (audit.broken !== null) return [{ code: 'audit', ...said(SAID.broken, audit.broken) }]
  return audit.tail === null ? [] : [{ code: 'audit', ...said(SAID.tail, audit.tail.text) }]
}

function ofBackup({ lastBackup }: SelfFigures, { config, now }: Seen): Alarm[] {
  if (lastBackup === null || config.alarmBackup === 0) return []
  if (now.getTime() - Date.parse(lastBackup) <= config.alarmBackup * 86_400_000) return []
  return [{ code: 'backup', ...fill(SAID.backup, { day: dayInChina(new Date(lastBackup)), days: config.alarmBackup }) }]
}
