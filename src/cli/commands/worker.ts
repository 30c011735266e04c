import type { Command } from 'commander'
import { startWork } from '../../work/index.ts'
import { say } from '../output.ts'
import { onEngine } from '../session.ts'
import { untilTold } from '../signals.ts'

/** worker: one more process that takes visits from the queue, until it is told to stop. */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('one more worker 启动一个巡检进程')
    .action(onEngine(async ({ ctx, config, engine, log }) => {
      const work = await startWork({ ctx, config, databaseUrl: engine.databaseUrl, log, ticking: false })
      await say('worker started 巡检进程已启动')
      await untilTold(engine.lost)
      await work.close()
    }))
}
