/** One contender, measured in a process of its own; what it found goes to stdout as JSON. Started by index.ts. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { PageKind } from '../../src/domain/page.ts'
import { CONTENDERS, type Read, type Task } from './contenders.ts'

export type Case = { id: string; path: string; kind: PageKind; url: string | null; charset: string | null; expected: string | null; lang?: string; gov?: boolean }
export type Memory = { readonly bare: number; readonly loaded: number; readonly peak: number }
export type Right = Record<string, [right: number, all: number]>
export type Result = { name: string; speed: number; realSpeed: number | null; memory: Memory | null; held: Memory | null; right: Right; wrong: string[] }

const [name = '', made = '', real = '', moment = ''] = process.argv.slice(2)
const now = new Date(moment)
const bare = process.memoryUsage().rss
const contender = CONTENDERS.find((c) => c.name === name)
const read = contender === undefined ? null : await contender.load()
const loaded = process.memoryUsage().rss
process.stdout.write(JSON.stringify(read === null ? null : await measure(read)))

async function measure(read: Read): Promise<Result> {
  const files = readdirSync(made).map((file): [string, PageKind] => [join(made, file), file.startsWith('listing') ? 'listing' : 'article'])
  const sheet = Buffer.allocUnsafeSlow(1 << 20)
  // Pages come from the disk one by one, as they come from the network in a visit: none but the one being read is kept.
  const fromDisk = ([file, kind]: [string, PageKind]): Task => {
    const fd = openSync(file, 'r')
    const size = readSync(fd, sheet, 0, sheet.length, 0)
    closeSync(fd)
    return { bytes: sheet.subarray(0, size), kind, url: 'http://www.example.gov.cn/tzgg/index.html', charset: null, now }
  }
  const { speed, peak } = await rate(files, fromDisk, read, 5000)
  const result: Result = { name, speed, realSpeed: null, memory: { bare: bare / 1e6, loaded: loaded / 1e6, peak: peak / 1e6 }, held: null, right: {}, wrong: [] }
  if (real === '') return result
  const cases = readFileSync(join(real, 'cases.jsonl'), 'utf8').split('\n').filter((l) => l.trim() !== '').map((l): Case => JSON.parse(l))
  const tasks = cases.map((c): Task => ({ bytes: readFileSync(isAbsolute(c.path) ? c.path : join(real, c.path)), kind: c.kind, url: c.url ?? '', charset: c.charset, now }))
  if (contender?.dates === true) await score(cases, tasks, read, result)
  return { ...result, realSpeed: (await rate(tasks, (t) => t, read, 1500)).speed }
}

async function score(cases: readonly Case[], tasks: readonly Task[], read: Read, result: Result): Promise<void> {
  for (const [i, c] of cases.entries()) {
    const task = tasks[i]
    const answer = task === undefined ? null : await read(task)
    const chinese = c.lang === 'zh'
    for (const group of [chinese ? 'Chinese' : 'other languages', ...(chinese ? [`Chinese${c.gov === true ? ' gov' : ''} ${c.kind}`] : []), ...(c.expected === null ? ['no date'] : [])]) {
      const [good, all] = result.right[group] ?? [0, 0]
      result.right[group] = [good + (answer === c.expected ? 1 : 0), all + 1]
    }
    if (answer !== c.expected) result.wrong.push(`${c.id}: ${String(answer)} for ${String(c.expected)}`)
  }
}

/**
 * Pages a second of one core: over the processor's time, all threads of the process counted (collection and compilation
 * are part of the price), so that whatever else the machine does changes nothing. After a warm-up of one pass.
 */
async function rate<From>(from: readonly From[], task: (from: From) => Task, read: Read, ms: number): Promise<{ speed: number; peak: number }> {
  for (const one of from) await read(task(one))
  const start = process.cpuUsage()
  let pages = 0
  let peak = 0
  for (let spent = 0; spent < ms; ) {
    for (const one of from) {
      const answer = read(task(one))
      // Only what is a promise is waited for: the others are not slowed by it.
      if (answer instanceof Promise) await answer
      pages++
    }
    const used = process.cpuUsage(start)
    spent = (used.user + used.system) / 1000
    peak = Math.max(peak, process.memoryUsage().rss)
    if (spent >= ms) return { speed: (pages * 1000) / spent, peak }
  }
  return { speed: Number.NaN, peak }
}
