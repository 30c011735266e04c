/**
 * Speed and accuracy of reading beside what a user could pick instead, in one run:
 *
 *     npm run bench:read                  speed on made pages of 15 to 50 kB
 *     npm run bench:read -- --pages DIR   also accuracy and speed on real pages: DIR/cases.jsonl (or HUOSHUI_PAGES)
 *     npm run bench:read -- --mutated     also 10,000 mutated pages, 1 MB ones among them
 *
 * Each contender runs in a process of its own, one after the other: as Node starts it, and once more for memory with a
 * young generation of at most 8 MB, which a process that reads for weeks should be given. htmldate joins where Python has it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CONTENDERS } from './contenders.ts'
import type { Result, Right } from './measure.ts'
import { mutatedPages } from './mutated.ts'
import { makePage } from './pages.ts'

const { values } = parseArgs({ options: { pages: { type: 'string' }, mutated: { type: 'boolean' }, wrong: { type: 'boolean' }, now: { type: 'string' } } })
const folder = values.pages ?? process.env['HUOSHUI_PAGES'] ?? null
const HELD = '--max-semi-space-size=8'
const here = fileURLToPath(new URL('.', import.meta.url))

console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}; pages a second of one core's time`)
table(measured(200))
if (values.mutated === true) console.log(mutatedPages(10_000))

function measured(pages: number): Result[] {
  const made = mkdtempSync(join(tmpdir(), 'huoshui-bench-'))
  try {
    for (let seed = 0; seed < pages; seed++) {
      const page = makePage(seed)
      writeFileSync(join(made, `${page.kind}-${page.id}.html`), page.bytes)
    }
    const results: Result[] = []
    for (const { name } of CONTENDERS) {
      const run = (flags: readonly string[], real: string): Result | null =>
        JSON.parse(execFileSync(process.execPath, [...flags, join(here, 'measure.ts'), name, made, real, values.now ?? new Date().toISOString()], { encoding: 'utf8', maxBuffer: 64e6 }))
      const result = run([], folder ?? '')
      if (result !== null) results.push({ ...result, held: run([HELD], '')?.memory ?? null })
    }
    return results
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

function table(results: Result[]): void {
  const python = folder === null ? null : htmldate(folder)
  if (python !== null) results.push(python)
  const base = results.find((r) => r.name === 'cheerio + regex')?.speed ?? 1
  const groups = [...new Set(results.flatMap((r) => Object.keys(r.right)))].sort()
  const line = (cells: readonly string[]): void => console.log(cells.map((c, i) => (i === 0 ? c.padEnd(26) : c.padStart(22))).join(''))
  const number = (n: number | null | undefined): string => (n === null || n === undefined || Number.isNaN(n) ? '-' : n.toFixed(0))
  line(['', ...results.map((r) => r.name)])
  line(['pages/s, 15-50 kB', ...results.map((r) => number(r.speed))])
  line(['  times cheerio', ...results.map((r) => (Number.isNaN(r.speed) ? '-' : `${(r.speed / base).toFixed(1)} x`))])
  if (folder !== null) line(['pages/s, real pages', ...results.map((r) => number(r.realSpeed))])
  line(['memory at most, MB', ...results.map((r) => number(r.held?.peak))])
  line(['  without the flag', ...results.map((r) => number(r.memory?.peak))])
  line(['  with its code alone', ...results.map((r) => number(r.held?.loaded))])
  line(['  Node with nothing', ...results.map((r) => number(r.held?.bare))])
  console.log(`memory: the process with ${HELD}, and as Node starts it`)
  for (const group of groups) {
    line([group, ...results.map((r) => {
      const of = r.right[group]
      return of === undefined ? '-' : `${(of[0] / of[1]).toFixed(3)} (${of[0]}/${of[1]})`
    })])
  }
  if (folder === null) console.log('accuracy: no pages given (--pages DIR or HUOSHUI_PAGES)')
  if (values.wrong === true) for (const w of results[0]?.wrong ?? []) console.log(`wrong: ${w}`)
}

/** htmldate in Python, where it is installed; null where it is not. */
function htmldate(pages: string): Result | null {
  const script = join(here, 'htmldate.py')
  if (!existsSync(script)) return null
  const run = spawnSync('python3', [script, pages], { encoding: 'utf8', maxBuffer: 64e6 })
  if (run.status !== 0) {
    console.log('htmldate: not installed in python3, left out')
    return null
  }
  const out: { speed: number; right: Right } = JSON.parse(run.stdout)
  return { name: 'htmldate', speed: Number.NaN, realSpeed: out.speed, memory: null, held: null, right: out.right, wrong: [] }
}
