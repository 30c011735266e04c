import type { Command } from 'commander'
import { openBoardQueue, queueEye, queueState, within } from '../../queue/index.ts'
import { lookAtWatcher } from '../../watcher/index.ts'
import { print, printJson } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** How long a queue that is gone may keep the command, in milliseconds. */
const LEAVE_MS = 2000

/** status: the watcher's own figures and alarms. */
export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('how the watcher itself is 巡检自身状况')
    .action(onEngine(async ({ ctx, config, engine, log, json }) => {
      const { queue, release } = openBoardQueue({ databaseUrl: engine.databaseUrl, redisUrl: config.redisUrl })
      queue.on('error', (error) => log.debug(`queue: ${error.message}`))
      const figures = await lookAtWatcher({ ctx, config, queue: queueEye(() => queueState(queue)) }).finally(async () => {
        await within(LEAVE_MS, queue.close())
        await release()
      })
      const { self } = figures
      if (json) return printJson(figures)
      const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
      await print(table(['', ''], [
        ['在管渠道 channels watched', String(figures.channels)],
        ['从未巡检 never visited', String(figures.neverVisited)],
        ['逾期 overdue', String(figures.overdue)],
        ['最久未巡检 oldest unchecked', figures.oldestUnchecked ?? '–'],
        ['14天覆盖率 covered in 14 days', percent(figures.coverage)],
        ['14天可见率 seen in 14 days', percent(figures.observed)],
        ['24小时失败率 failed in 24 hours', percent(figures.failureShare)],
        ...Object.entries(figures.outcomes).map(([outcome, n]) => [`  ${outcome}`, String(n)]),
        ['队列:等待、进行、待重试 queue: waiting, running, to try again', self.queue === null ? '–' : `${self.queue.waiting}, ${self.queue.active}, ${self.queue.delayed}`],
        ['巡检进程 workers', self.workers.map((w) => w.name).join(', ') || '–'],
        ...self.disks.map((d) => [`磁盘可用 free disk, ${d.host}`, `${Math.floor(d.free / 1_000_000).toLocaleString('en-US')} MB`]),
        ['审计链最近核验 audit chain last verified', self.audit.verifiedAt ?? '–'],
        ['最近备份 last backup', self.lastBackup ?? '–'],
        ...figures.alarms.map((a) => [`! ${a.code} ${a.zh}`, a.en]),
      ]))
    }))
}
