import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { probeLines, reportLines } from '../../../test/province/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { openEngine } from '../../engine/index.ts'
import { serve } from '../../server/index.ts'
import type { RunningServer } from '../../server/index.ts'
import { demoAccounts } from '../demo/accounts.ts'
import { takeDemo } from '../demo/folder.ts'
import { runDemo } from '../demo/run.ts'
import { both, print, printJson, say } from '../output.ts'
import { progressBar } from '../progress.ts'
import { plain } from '../session.ts'
import { untilTold } from '../signals.ts'
import { table } from '../text/table.ts'

/** Recall and precision that the demo holds itself to; below them it ends with status 1. */
const BAR = { precision: 1, recall: 0.98 }
/** The same for what each probe says does not work. */
const PROBE_BAR = { precision: 1, recall: 0.95 }

/** demo [--exit]: the whole main job on the sample province, in a data folder of its own. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('the whole main job on a sample province 用样例省演示全过程')
    .option('--exit', 'end after the report instead of serving on 演示后退出')
    .action(plain<{ exit?: boolean; pace?: string }>(async ({ config: given, log, json }, options) => {
      // Never the operator's folder, database or queue. Pacing is off unless asked for: every site is our own.
      const folder = `${given.data}-demo`
      const config = { ...given, data: folder, databaseUrl: undefined, redisUrl: undefined, pace: options.pace === undefined ? 0 : given.pace }
      await mkdir(folder, { recursive: true })
      const engine = await openEngine(config, { log }).catch(async (error: unknown) => {
        // Left by another version: it is the demo's own folder, and each demo starts from nothing anyway.
        if (!(error instanceof HuoshuiError) || error.code !== 'conflict') throw error
        await rm(join(folder, 'postgres'), { recursive: true, force: true })
        return openEngine(config, { log })
      })
      const bar = progressBar('巡检 crawl')
      let letGo = async (): Promise<void> => undefined
      try {
        letGo = await takeDemo(engine)
        const done = await runDemo({
          config, engine, log, folder,
          stage: async (text) => {
            bar.stop()
            await say(both(text))
          },
          progress: ({ done: n, total }) => bar.update(n, total),
        })
        try {
          const { report, candidates, probes } = done
          if (json) await printJson({ report, candidates, crawls: done.crawls, probes })
          else {
            await print(table(
              ['处置建议 proposal', '渠道 channel', '类型 kind', '规则 rule', '最近更新 newest', '超期 over', '证据 evidence'],
              candidates.map((c) => [c.proposal, c.channel.name, c.channel.kind, c.rule, c.newest ?? '–', c.days_over === null ? '–' : String(c.days_over), evidenceLine(c.evidence)]),
            ))
            await print(`\n对照已知真相 against the known truth\n${reportLines(report).join('\n')}`)
            await print(`\n功能探测对照真相 probes against the known truth\n${probeLines(probes.scores).join('\n')}`)
          }
          if (report.precision < BAR.precision || report.recall < BAR.recall) process.exitCode = 1
          if (probes.scores.some((s) => s.precision < PROBE_BAR.precision || s.recall < PROBE_BAR.recall)) process.exitCode = 1
          if (options.exit !== true) {
            const accounts = await demoAccounts(done.ctx)
            const open = (port: number): Promise<RunningServer> => serve({ ctx: done.ctx, config, log, databaseUrl: engine.databaseUrl, host: config.host, port, say: (line) => void say(both(line)) })
            const server = await open(config.port).catch(() => open(0))
            await say(both({ zh: `演示仍在运行:${server.url}(Ctrl+C 结束)`, en: `the demo is being served at ${server.url} (Ctrl+C ends it)` }))
            await say(table(['用户名 user name', '密码 password', '角色 role'], accounts.map((a) => [a.username, a.password, a.role])))
            await untilTold(engine.lost)
            await server.close()
          }
        } finally {
          await done.served.close()
        }
      } finally {
        bar.stop()
        await letGo()
        await engine.close()
      }
    }))
}

function evidenceLine(evidence: readonly { kind: string; sha256?: string; newestOn?: string; statedOn?: string; name?: string }[]): string {
  const [first] = evidence
  if (first === undefined) return '–'
  const more = evidence.length > 1 ? ` +${evidence.length - 1}` : ''
  if (first.kind === 'attestation') return `填报 ${first.statedOn ?? ''}: ${first.newestOn ?? ''}${more}`
  if (first.kind === 'register') return `同一单位 ${first.name ?? ''}${more}`
  return `${first.kind} ${first.sha256?.slice(0, 12) ?? ''}${more}`
}
