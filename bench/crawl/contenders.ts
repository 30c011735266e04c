/** Who is measured, how each is run, and what the others do not do. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { measure } from './measure.ts'
import type { Measured } from './measure.ts'

const run = promisify(execFile)
const here = import.meta.dirname
const cli = join(here, '../../src/cli/main.ts')

export type Job = {
  readonly homes: readonly string[]
  readonly atOnce: number
  /** The program's clock at the first visit. */
  readonly now: string
}
export type Round = {
  readonly name: string
  readonly pages: number
  /** Of the crawl, after start-up. */
  readonly seconds: number
  /** CPU seconds of the crawl after start-up, and of the whole command. */
  readonly cpu: number
  /** Of `whole`, the database's part; 0 where there is none. */
  readonly database: number
  readonly whole: number
  readonly own: number
  readonly tree: number
  readonly found: ReadonlyMap<string, string | null>
}
export type Contender = { readonly name: string; round(job: Job): Promise<Round[]> }

/** A time in between first and second visits: the sites publish. */
export type Publish = () => Promise<string>

type Said = { pages: number; seconds: number; cpu: number }

function lines(name: string, file: string, args: readonly string[]): Contender {
  return {
    name,
    round: async ({ homes, atOnce }) => {
      const folder = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
      try {
        const [list, out] = [join(folder, 'sites.json'), join(folder, 'out.jsonl')]
        await writeFile(list, JSON.stringify(homes))
        const done = await measure(file, [...args, list, out, String(atOnce)])
        const said = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '{}') as Said
        const found = new Map<string, string | null>()
        for (const line of (await readFile(out, 'utf8')).split('\n')) {
          if (line === '') continue
          const { url, newest } = JSON.parse(line) as { url: string; newest: string }
          found.set(url, newest)
        }
        return [{ name, ...said, database: 0, whole: done.cpu, own: done.own, tree: done.tree, found }]
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** Our whole crawl on a fresh data folder; with `publish`, a second visit of all of it as well. */
function huoshui(publish: Publish | null): Contender {
  const name = 'huoshui'
  return {
    name,
    round: async ({ homes, atOnce, now }) => {
      const folder = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
      const env = { ...process.env, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_LOG_LEVEL: 'error' }
      const common = ['--data', join(folder, 'data'), '--json']
      // As `npm run huoshui` runs it.
      const command = (args: readonly string[]): Promise<Measured> => measure(process.execPath, ['--max-semi-space-size=8', cli, ...args, ...common], env)
      const visit = async (called: string, at: string): Promise<Round> => {
        const done = await command(['crawl', '--once', '--pace', '0', '--concurrency', String(atOnce), '--now', at])
        const said = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '{}') as { pages: number; seconds: number; cpu_seconds: number }
        const columns = JSON.parse((await command(['columns', '--now', at])).stdout) as { url: string; newest: string | null }[]
        return { name: called, pages: said.pages, seconds: said.seconds, cpu: said.cpu_seconds, database: done.database, whole: done.cpu, own: done.own, tree: done.tree, found: new Map(columns.map((c) => [c.url, c.newest])) }
      }
      try {
        const ledger = join(folder, 'ledger.csv')
        await writeFile(ledger, `渠道类型,名称,网址\n${homes.map((url, i) => `网站,第${i + 1}单位网站,${url}`).join('\n')}\n`)
        await command(['ledger', 'import', ledger])
        const first = await visit(name, now)
        return publish === null ? [first] : [first, await visit(`${name}, second visit`, await publish())]
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

async function python(): Promise<string | null> {
  for (const file of ['python3', '/usr/bin/python3']) {
    if (await run(file, ['-c', 'import scrapy']).then(() => true, () => false)) return file
  }
  return null
}

/** Ours, the bare loop, and those of the others that are installed; the missing ones are named, with how to have them. */
export async function contenders(publish: Publish | null): Promise<{ here: Contender[]; missing: string[] }> {
  const out = [huoshui(publish), lines('undici + cheerio', process.execPath, [join(here, 'plain.ts')])]
  const missing: string[] = []
  if (existsSync(join(here, 'peers/node_modules/@crawlee/cheerio'))) out.push(lines('Crawlee', process.execPath, [join(here, 'peers/crawlee.mjs')]))
  else missing.push('Crawlee is not installed and was left out: npm ci --prefix bench/crawl/peers')
  const file = await python()
  if (file === null) missing.push('Scrapy is not installed and was left out: python3 -m pip install scrapy, or apt-get install python3-scrapy')
  else out.push(lines('Scrapy', file, [join(here, 'peers/scrapy_crawl.py')]))
  return { here: out, missing }
}
