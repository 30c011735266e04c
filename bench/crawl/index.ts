/**
 * Our whole crawl (engine, queue, reading, database, evidence) beside a bare undici+cheerio loop, Crawlee's CheerioCrawler and
 * Scrapy, on the same pages, in alternated rounds:
 *
 *     node bench/crawl/index.ts [--sites 300] [--rounds 3] [--at-once 16] [--only NAME,NAME] [--second] [--json FILE]
 *
 * `--second`: ours visits everything once more four weeks later, when a fifth of the pages differ. The sites are served by a
 * process of their own, which is not counted. Crawlee: `npm ci --prefix bench/crawl/peers`.
 */
import { fork } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { contenders } from './contenders.ts'
import type { Round } from './contenders.ts'
import { COLUMNS, columnPath, hostOf, truth } from './sites.ts'

const { values } = parseArgs({
  options: {
    sites: { type: 'string', default: '300' }, rounds: { type: 'string', default: '3' }, 'at-once': { type: 'string', default: '16' }, only: { type: 'string' },
    second: { type: 'boolean', default: false }, json: { type: 'string' },
  },
})
const sites = Number(values.sites)
const rounds = Number(values.rounds)
const atOnce = Number(values['at-once'])
const NOW = '2026-06-01T09:00:00+08:00'
const LATER = '2026-06-29T09:00:00+08:00'
const now = Date.parse(NOW)
const later = Date.parse(LATER)

const server = fork(`${import.meta.dirname}/server.ts`, [String(sites), '0', String(now)])
const heard = <T>(): Promise<T> => new Promise((resolve) => { server.once('message', (m) => resolve(m as T)) })
const tell = async (moment: number | null): Promise<number> => {
  server.send(moment as never)
  return (await heard<{ published: number }>()).published
}
const { port, bytes, pages } = await heard<{ port: number; pages: number; bytes: number }>()
const homes = Array.from({ length: sites }, (_, i) => `http://${hostOf(i)}:${port}/`)
const truthAt = (moment: number | null): Map<string, string> => new Map(homes.flatMap((home, i) => COLUMNS.map((_, c): [string, string] => [`${home.slice(0, -1)}${columnPath(c)}`, truth(i, c, now, moment)])))
const expected = truthAt(null)
const expectedLater = truthAt(later)
const right = ({ name, found }: Round): number => {
  const known = name.endsWith('second visit') ? expectedLater : expected
  return [...known].filter(([url, day]) => found.get(url) === day).length / known.size
}

const { here, missing } = await contenders(values.second ? async () => {
  console.log(`published: ${(((await tell(later)) / pages) * 100).toFixed(1)} % of the pages differ`)
  return LATER
} : null)
const chosen = values.only === undefined ? here : here.filter((c) => values.only?.split(',').includes(c.name))
for (const line of missing) console.log(line)
console.log(`${sites} sites, ${pages} pages, ${(bytes / pages / 1000).toFixed(1)} kB a page, ${atOnce} at once, ${rounds} rounds, ${cpus().length} cores (${cpus()[0]?.model ?? ''})`)

const all: Round[] = []
try {
  for (let i = 0; i < rounds; i++) {
    for (const contender of i % 2 === 0 ? chosen : chosen.toReversed()) {
      if (values.second) await tell(null)
      all.push(...(await contender.round({ homes, atOnce, now: NOW })))
    }
  }
} finally {
  server.disconnect()
}

const sorted = (of: number[]): number[] => of.toSorted((a, b) => a - b)
const median = (of: number[]): number => sorted(of)[Math.floor(of.length / 2)] ?? Number.NaN
const names = [...new Set(all.map((r) => r.name))]
const of = (name: string, take: (r: Round) => number): number[] => all.filter((r) => r.name === name).map(take)
const perCpu = (name: string): number[] => of(name, (r) => r.pages / r.cpu)
const perWhole = (name: string): number[] => of(name, (r) => r.pages / r.whole)
const perOwn = (name: string): number[] => of(name, (r) => r.pages / (r.cpu - r.database))
const ours = { crawl: median(perCpu('huoshui')), whole: median(perWhole('huoshui')) }
const spread = (values: number[], digits = 0): string => `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`
const table = names.map((name) => ({
  '': name,
  'pages / CPU s, crawl': spread(perCpu(name)),
  'without PostgreSQL': spread(perOwn(name)),
  'ours ×': (ours.crawl / median(perCpu(name))).toFixed(2),
  'pages / CPU s, whole command': spread(perWhole(name)),
  'ours × whole': (ours.whole / median(perWhole(name))).toFixed(2),
  'pages / s': spread(of(name, (r) => r.pages / r.seconds)),
  'MB, process': spread(of(name, (r) => r.own)),
  'MB, tree': spread(of(name, (r) => r.tree)),
  'columns right': median(of(name, right)).toFixed(4),
}))
console.table(table)
console.log(`crawl: CPU after start-up (ours with PostgreSQL); without PostgreSQL: our process alone, to about 2 % (PostgreSQL's start is taken off as well); whole command: from start to end, PostgreSQL's start and stop included. Median (least–most).
The others fetch, find each column's newest date and write JSON lines. They do not: keep evidence and items, judge, ask robots.txt, queue durably,
remember pages for the next visit, see through walls, pinned rows and doubtful dates. Ours does all of it, into PostgreSQL.`)
if (values.second) {
  const cost = (name: string): number => median(of(name, (r) => r.cpu / r.pages))
  console.log(`a second visit costs ${((cost('huoshui, second visit') / cost('huoshui')) * 100).toFixed(1)} % of a first (wanted: at most 33.3 %)`)
}
if (values.json !== undefined) {
  const rows = all.map(({ found, ...r }) => ({ ...r, right: right({ found, ...r }) }))
  await writeFile(values.json, `${JSON.stringify({ sites, pages, bytesPerPage: bytes / pages, atOnce, cores: cpus().length, model: cpus()[0]?.model, missing, rounds: rows, table }, null, 1)}\n`)
}
