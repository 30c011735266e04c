/**
 * Speed and accuracy of reading beside what a user could pick instead, in one run:
 *
 *     npm run bench:read                  speed on made pages of 15 to 50 kB
 *     npm run bench:read -- --pages DIR   also accuracy and speed on real pages: DIR/cases.jsonl (or HUOSHUI_PAGES)
 *     npm run bench:read -- --mutated     also 10,000 mutated pages, 1 MB ones among them
 *
 * Each contender runs in a process of its own with a young generation of 4 MB, one after the other, on one core. htmldate joins where Python has it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { PageKind } from '../../src/domain/page.ts'
import { CONTENDERS, type Task } from './contenders.ts'
import { mutatedPages } from './mutated.ts'
import { makePages } from './pages.ts'

type Case = { id: string; path: string; kind: PageKind; url: string | null; charset: string | null; expected: string | null; lang?: string; gov?: boolean }
type Result = { name: string; speed: number; realSpeed: number | null; memory: number; right: Record<string, [number, number]>; wrong: string[] }

const { values } = parseArgs({ options: { pages: { type: 'string' }, only: { type: 'string' }, mutated: { type: 'boolean' }, wrong: { type: 'boolean' }, now: { type: 'string' } } })
const folder = values.pages ?? process.env['HUOSHUI_PAGES'] ?? null
const now = new Date(values.now ?? Date.now())

if (values.only !== undefined) process.stdout.write(JSON.stringify(await measure(values.only)))
else table()

function cases(): Case[] {
  if (folder === null) return []
  return readFileSync(join(folder, 'cases.jsonl'), 'utf8').split('\n').filter((l) => l.trim() !== '').map((l): Case => JSON.parse(l))
}

async function measure(name: string): Promise<Result> {
  const contender = CONTENDERS.find((c) => c.name === name)
  if (contender === undefined) throw new Error(`no contender ${name}`)
  const made = makePages(200).map((p): Task => ({ bytes: p.bytes, kind: p.kind, url: 'http://www.example.gov.cn/tzgg/index.html', charset: null, now }))
  const speed = await rate(made, (t) => contender.read(t), 4000)
  const memory = process.memoryUsage().rss / 1e6
  const right: Result['right'] = {}
  const wrong: string[] = []
  let realSpeed: number | null = null
  const real = cases()
  if (real.length > 0 && folder !== null) {
    const tasks = real.map((c): Task => ({ bytes: readFileSync(isAbsolute(c.path) ? c.path : join(folder, c.path)), kind: c.kind, url: c.url ?? '', charset: c.charset, now }))
    if (contender.dates) {
      for (const [i, c] of real.entries()) {
        const task = tasks[i]
        const answer = task === undefined ? null : await contender.read(task)
        const chinese = c.lang === 'zh'
        for (const group of [chinese ? 'Chinese' : 'other languages', ...(chinese ? [`Chinese${c.gov === true ? ' gov' : ''} ${c.kind}`] : []), ...(c.expected === null ? ['no date'] : [])]) {
          const [good, all] = right[group] ?? [0, 0]
          right[group] = [good + (answer === c.expected ? 1 : 0), all + 1]
        }
        if (answer !== c.expected) wrong.push(`${c.id}: ${String(answer)} for ${String(c.expected)}`)
      }
    }
    realSpeed = await rate(tasks, (t) => contender.read(t), 1500)
  }
  return { name, speed, realSpeed, memory, right, wrong }
}

/** Pages a second over at least `ms` milliseconds, after a warm-up of one pass. */
async function rate(tasks: readonly Task[], read: (task: Task) => unknown, ms: number): Promise<number> {
  for (const task of tasks) await read(task)
  const start = performance.now()
  let pages = 0
  while (performance.now() - start < ms) {
    for (const task of tasks) {
      const answer = read(task)
      // Only what is a promise is waited for: the others are not slowed by it.
      if (answer instanceof Promise) await answer
      pages++
    }
  }
  return (pages * 1000) / (performance.now() - start)
}

function table(): void {
  const me = fileURLToPath(import.meta.url)
  const results = CONTENDERS.map((c): Result => JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=4', me, '--only', c.name, '--now', now.toISOString(), ...(folder === null ? [] : ['--pages', folder])], { encoding: 'utf8', maxBuffer: 64e6 })))
  const python = folder === null ? null : htmldate(folder)
  if (python !== null) results.push(python)
  const base = results.find((r) => r.name === 'cheerio + regex')?.speed ?? 1
  const groups = [...new Set(results.flatMap((r) => Object.keys(r.right)))].sort()
  const line = (cells: readonly string[]): void => console.log(cells.map((c, i) => (i === 0 ? c.padEnd(26) : c.padStart(22))).join(''))
  line(['', ...results.map((r) => r.name)])
  line(['pages/s, 15-50 kB', ...results.map((r) => (Number.isNaN(r.speed) ? '-' : r.speed.toFixed(0)))])
  line(['  times cheerio', ...results.map((r) => (Number.isNaN(r.speed) ? '-' : `${(r.speed / base).toFixed(1)} x`))])
  if (folder !== null) line(['pages/s, real pages', ...results.map((r) => r.realSpeed?.toFixed(0) ?? '-')])
  line(['memory, MB', ...results.map((r) => (Number.isNaN(r.memory) ? '-' : r.memory.toFixed(0)))])
  for (const group of groups) {
    line([group, ...results.map((r) => {
      const of = r.right[group]
      return of === undefined ? '-' : `${(of[0] / of[1]).toFixed(3)} (${of[0]}/${of[1]})`
    })])
  }
  if (folder === null) console.log('accuracy: no pages given (--pages DIR or HUOSHUI_PAGES)')
  if (values.wrong === true) for (const w of results[0]?.wrong ?? []) console.log(`wrong: ${w}`)
  if (values.mutated === true) console.log(mutatedPages(10_000))
}

/** htmldate in Python, where it is installed; null where it is not. */
function htmldate(pages: string): Result | null {
  const script = join(fileURLToPath(new URL('.', import.meta.url)), 'htmldate.py')
  if (!existsSync(script)) return null
  const run = spawnSync('python3', [script, pages], { encoding: 'utf8', maxBuffer: 64e6 })
  if (run.status !== 0) {
    console.log('htmldate: not installed in python3, left out')
    return null
  }
  const out: { speed: number; right: Result['right'] } = JSON.parse(run.stdout)
  return { name: 'htmldate', speed: Number.NaN, realSpeed: out.speed, memory: Number.NaN, right: out.right, wrong: [] }
}
