import type { Command } from 'commander'
import { serve } from '../../server/index.ts'
import { startWork } from '../../work/index.ts'
import { both, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { leaveSoon, untilTold } from '../signals.ts'

/** serve: engine, worker and HTTP server in one process, until it is told to stop. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('engine, worker and HTTP server 启动服务')
    .option('--port <n>', 'port; 0 takes a free one 端口')
    .action(onEngine<{ port?: string }>(async ({ ctx, config, engine, log }, options) => {
      const server = await serve({
        ctx, config, log, databaseUrl: engine.databaseUrl, host: config.host,
        port: options.port === undefined ? config.port : Number(options.port), say: (line) => void say(both(line)),
      })
      const work = await startWork({ ctx, config, databaseUrl: engine.databaseUrl, log, ticking: true })
      await say(both({ zh: `活水已启动:${server.url}`, en: `Huoshui is at ${server.url}` }))
      await untilTold(engine.lost)
      await Promise.all([server.close(), work.close()])
      leaveSoon()
    }))
}
