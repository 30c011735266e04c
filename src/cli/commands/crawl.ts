import type { Command } from 'commander'
import { watcherFigures } from '../../schedule/index.ts'
import { crawl } from '../../work/index.ts'
import { databaseRoot, treeCpuSeconds } from '../cpu.ts'
import { both, print, printJson, say } from '../output.ts'
import { progressBar } from '../progress.ts'
import { onEngine } from '../session.ts'

/** crawl --once: visits everything due now, then stops. The last line says what was done and what it cost. */
export function crawlCommand(program: Command): void {
  program
    .command('crawl')
    .description('visit everything due now, then stop 巡检全部到期渠道')
    .option('--once', 'the only way it runs: `serve` is what runs on 巡检一轮后结束')
    .action(onEngine(async ({ ctx, config, engine, log, json }) => {
      const database = engine.embedded ? await databaseRoot(ctx.db.sql) : null
      const roots = database === null ? [process.pid] : [process.pid, database]
      const before = treeCpuSeconds(roots)
      const stop = new AbortController()
      const told = (): void => stop.abort()
      process.once('SIGINT', told)
      process.once('SIGTERM', told)
      const bar = progressBar('巡检 crawl')
      try {
        const { deferred, interrupted, ...sum } = await crawl({ ctx, config, databaseUrl: engine.databaseUrl, log, signal: stop.signal, onProgress: ({ done, total }) => bar.update(done, total) })
        bar.stop()
        const after = treeCpuSeconds(roots)
        const cpu = before === null || after === null ? process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 : after - before
        const { channels, pages, bytes, seconds, outcomes, candidates } = sum
        const answer = { channels, pages, bytes, seconds, cpu_seconds: Math.round(cpu * 100) / 100, outcomes, candidates }
        if (deferred > 0) await say(both({ zh: `${deferred} 个渠道因巡检时段或策略暂停而推迟`, en: `${deferred} channels put off by a window or a paused policy` }))
        if (interrupted) await say(both({ zh: '已中断,未完成的下次继续', en: 'interrupted: what is left is taken up next time' }))
        for (const alarm of (await watcherFigures({ ctx })).alarms) await say(both(alarm))
        if (json) await printJson(answer)
        else await print(JSON.stringify(answer))
      } finally {
        bar.stop()
        process.off('SIGINT', told)
        process.off('SIGTERM', told)
      }
    }))
}
