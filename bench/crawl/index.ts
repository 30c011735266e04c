/**
 * Our whole crawl (engine, queue, reading, database, evidence) beside a plain undici+cheerio loop that stores nothing, on
 * the same pages, in alternated rounds: `node bench/crawl/index.ts [--sites 300] [--rounds 3] [--second]`.
 * CPU is that of the process tree; the sites are served by a process of their own, which is not counted.
 */
import { execFile, fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { COLUMNS, columnPath, hostOf, truth } from './sites.ts'

const run = promisify(execFile)
const { values } = parseArgs({ options: { sites: { type: 'string', default: '300' }, rounds: { type: 'string', default: '3' }, second: { type: 'boolean', default: false } } })
const sites = Number(values.sites)
const rounds = Number(values.rounds)
const NOW = '2026-06-01T09:00:00+08:00'
const now = Date.parse(NOW)
const here = import.meta.dirname
const cli = join(here, '../../src/cli/main.ts')

type Round = { name: string; pages: number; seconds: number; cpu: number; rss: number; right: number }

const server = fork(join(here, 'server.ts'), [String(sites), '0', String(now)])
const { port, bytes, pages } = await new Promise<{ port: number; pages: number; bytes: number }>((resolve) => server.once('message', (m) => resolve(m as { port: number; pages: number; bytes: number })))
console.log(`${sites} sites, ${pages} pages, ${(bytes / pages / 1000).toFixed(1)} kB a page`)
const expected = new Map<string, string>()
for (let i = 0; i < sites; i++) for (const [c] of COLUMNS.entries()) expected.set(`http://${hostOf(i)}:${port}${columnPath(c)}`, truth(i, c, now))
const share = (found: ReadonlyMap<string, string | null>): number => [...expected].filter(([url, day]) => found.get(url) === day).length / expected.size

async function huoshui(args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [cli, ...args], { maxBuffer: 1 << 28, env: { ...process.env, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_LOG_LEVEL: 'error' } })
  return stdout
}

async function ours(): Promise<Round[]> {
  const data = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
  try {
    const ledger = join(data, 'ledger.csv')
    await writeFile(ledger, `渠道类型,名称,网址\n${Array.from({ length: sites }, (_, i) => `网站,第${i + 1}单位网站,http://${hostOf(i)}:${port}/`).join('\n')}\n`)
    const folder = ['--data', join(data, 'h')]
    await huoshui(['ledger', 'import', ledger, ...folder, '--json'])
    const out: Round[] = []
    for (const [name, at] of values.second ? [['huoshui', NOW], ['huoshui, second visit', '2026-06-30T09:00:00+08:00']] as const : [['huoshui', NOW]] as const) {
      const sum = JSON.parse((await huoshui(['crawl', '--once', '--json', '--pace', '0', '--now', at, ...folder])).trim().split('\n').at(-1) ?? '{}') as { pages: number; seconds: number; cpu_seconds: number }
      const columns = JSON.parse(await huoshui(['columns', '--json', '--now', at, ...folder])) as { url: string; newest: string | null }[]
      out.push({ name, pages: sum.pages, seconds: sum.seconds, cpu: sum.cpu_seconds, rss: 0, right: share(new Map(columns.map((c) => [c.url, c.newest]))) })
    }
    return out
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

async function plain(): Promise<Round> {
  const { stdout } = await run(process.execPath, [join(here, 'plain.ts'), String(sites), String(port)], { maxBuffer: 1 << 28 })
  const got = JSON.parse(stdout) as { pages: number; seconds: number; cpu: number; rss: number; newest: Record<string, string> }
  return { ...got, name: 'undici + cheerio', right: share(new Map(Object.entries(got.newest))) }
}

const median = (of: number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN
try {
  const all: Round[] = []
  for (let i = 0; i < rounds; i++) {
    for (const turn of i % 2 === 0 ? [ours, plain] : [plain, ours]) all.push(...[await turn()].flat())
  }
  const names = [...new Set(all.map((r) => r.name))]
  const cost = (name: string): number[] => all.filter((r) => r.name === name).map((r) => (r.cpu / r.pages) * 1000)
  const yardstick = median(cost('undici + cheerio'))
  console.table(names.map((name) => {
    const mine = all.filter((r) => r.name === name)
    const costs = cost(name)
    return {
      '': name, pages: median(mine.map((r) => r.pages)), seconds: median(mine.map((r) => r.seconds)).toFixed(1),
      'CPU s / 1,000 pages': median(costs).toFixed(2), spread: `${Math.min(...costs).toFixed(2)}–${Math.max(...costs).toFixed(2)}`,
      'against the loop': `${(median(costs) / yardstick).toFixed(2)}×`, 'columns dated right': median(mine.map((r) => r.right)).toFixed(4),
    }
  }))
} finally {
  server.disconnect()
}
