import type { Command } from 'commander'
import { startWork } from '../../work/index.ts'
import { say } from '../output.ts'
import { onEngine } from '../session.ts'
import { leaveSoon, untilTold } from '../signals.ts'

/**
 * worker: one more process that claims what is due and visits it, until it is told to stop. Every worker ticks: a claim is
 * one atomic statement, so that none depends on another being alive.
 */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('one more worker 启动一个巡检进程')
    .action(onEngine(async ({ ctx, config, engine, log }) => {
      const work = await startWork({ ctx, config, databaseUrl: engine.databaseUrl, log, ticking: true })
      await say('worker started 巡检进程已启动')
      await untilTold(engine.lost)
      await work.close()
      leaveSoon()
    }))
}
