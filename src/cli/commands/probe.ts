import type { Command } from 'commander'
import { faultsOf } from '../../probes/index.ts'
import { createVisitor, probeNow, showProbes } from '../../visit/index.ts'
import type { ProbeSummary } from '../../visit/index.ts'
import { listOf, wholeNumber } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { progressBar } from '../progress.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** probe run | show: functions of registered websites, tried now; what they were last seen to do. */
export function probeCommands(program: Command): void {
  const probe = program.command('probe').description('functions of registered websites 网站功能探测')

  probe
    .command('run')
    .description('try functions now and keep what was seen 立即探测')
    .option('--channels <ids>', 'channel numbers with commas between 渠道编号')
    .option('--all', 'every active website 全部网站')
    .option('--region <code>', 'websites of a region and all below it 地区')
    .option('--probes <ids>', 'all, or ids with commas between; by default those of each channel’s policy 探测项目')
    .action(onEngine<{ channels?: string; all?: true; region?: string; probes?: string }>(async ({ ctx, config, log, json }, o) => {
      const visitor = await createVisitor({ ctx, config, log })
      const stop = new AbortController()
      const told = (): void => stop.abort()
      process.once('SIGINT', told)
      process.once('SIGTERM', told)
      const bar = progressBar('探测 probes')
      const runs: ProbeSummary[] = []
      try {
        const done = await probeNow({
          ctx, log, signal: stop.signal, atOnce: Math.max(1, config.probesAtOnce), probe: (args) => visitor.probe(args),
          input: {
            selection: {
              ...(o.all === true ? { all: true as const } : {}), ...(o.region === undefined ? {} : { region: o.region }),
              ...(o.channels === undefined ? {} : { ids: listOf(o.channels).map((id) => wholeNumber(id, '--channels')) }),
            },
            ...(o.probes === undefined ? {} : { probes: o.probes === 'all' ? 'all' as const : listOf(o.probes) }),
          },
          onRun: (summary, n, total) => {
            runs.push(summary)
            bar.update(n, total)
          },
        })
        bar.stop()
        if (json) return printJson({ ...done, runs: runs.map(lean) })
        for (const r of runs) await print(runText(r))
        await say(both({
          zh: `${done.websites} 个网站,已探测 ${done.tried} 个${done.busy > 0 ? `,${done.busy} 个正由其他进程探测` : ''}${done.failed > 0 ? `,${done.failed} 个因程序错误未完成` : ''}`,
          en: `${done.tried} of ${done.websites} websites tried${done.busy > 0 ? `, ${done.busy} in another process’s hands` : ''}${done.failed > 0 ? `, ${done.failed} failed by a fault of ours` : ''}`,
        }))
      } finally {
        bar.stop()
        process.off('SIGINT', told)
        process.off('SIGTERM', told)
        await visitor.close()
      }
    }))

  probe
    .command('show')
    .description('what was last seen of a website’s functions, what does not work and since when 查看探测结果')
    .argument('<channel>', 'channel number')
    .action(onEngine(async ({ ctx, json }, _, [channel]) => {
      const shown = await showProbes({ ctx, input: { channel: wholeNumber(channel, 'channel') } })
      if (json) return printJson(shown)
      await print(`${shown.channel.name} ${shown.channel.address}`)
      if (shown.last === null) return say(both({ zh: `尚未探测${shown.next === null ? '' : `,计划于 ${shown.next}`}`, en: `not tried yet${shown.next === null ? '' : `; due ${shown.next}`}` }))
      await print(table(['探测 probe', '时间 at', '结果 outcome', '请求 requests', '秒 s', '问题 faults', '说明 note'], shown.probes.map((p) => [
        p.id, p.at, p.outcome, String(p.cost?.requests ?? '–'), String(p.cost?.seconds ?? '–'), String(p.faults.length), p.note ?? '',
      ])))
      for (const p of shown.probes) for (const f of p.faults) await print(`  ${p.id}${f.suspicion ? ' 线索 lead' : ''}: ${f.what.zh} ${f.key.startsWith('http') ? f.key : ''} (自 since ${f.since.slice(0, 10)})`)
      await say(both({ zh: `下次探测 ${shown.next ?? '–'}`, en: `next ${shown.next ?? '–'}` }))
    }))
}

function lean({ channelId, name, address, run, outcome, detail, probes, requests, seconds }: ProbeSummary): unknown {
  return { channel: { id: channelId, name, address }, run, outcome, detail, requests, seconds, probes: probes.map((p) => ({ ...p, faults: faultsOf(p.id, p.value) })) }
}

function runText(r: ProbeSummary): string {
  const faults = r.probes.flatMap((p) => faultsOf(p.id, p.value).map((f) => `  ${p.id}: ${f.what.zh} ${f.key.startsWith('http') ? f.key : ''}`))
  return [`${r.channelId} ${r.name} ${r.address}: ${r.outcome}, ${r.requests} 次请求 requests, ${r.seconds} s, ${faults.length} 个问题 faults`, ...faults].join('\n')
}
