/**
 * What is kept of hosts that were seen once: robots.txt and a page are asked of so many hosts, one after the other, and the heap is
 * measured after collection. It must not grow with the hosts once what is bounded is full:
 *
 *     node --expose-gc bench/hosts/index.ts [--hosts 40000]
 *
 * Exit 1 where the last quarter's heap is more than 10 MB above the second quarter's.
 */
import { fork } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createFetcher, createGuard, createRobots, memoryPacer } from '../../src/fetch/index.ts'

const { values } = parseArgs({ options: { hosts: { type: 'string', default: '40000' } } })
const hosts = Number(values.hosts)
const step = Math.ceil(hosts / 12)
const server = fork(`${import.meta.dirname}/server.ts`)
const port = await new Promise<number>((resolve) => server.once('message', (m) => resolve(Number(m))))
const fetcher = createFetcher({ guard: createGuard({ allowNets: ['127.0.0.0/8'] }), pacer: memoryPacer(), pacing: { pace: 1, atOnce: 2, organisationAtOnce: 8 } })
const robots = createRobots({ fetcher })

let seen = 0
let failed = 0
async function visit(n: number): Promise<void> {
  const url = `http://127.${1 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}:${port}/`
  const { allowed } = await robots.check(url)
  const { outcome } = await fetcher.fetch({ url })
  if (!allowed || outcome !== 'ok') failed += 1
}
const heaps: number[] = []
function measure(): void {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  heaps.push(heapUsed / 1e6)
  console.log(`${seen} hosts: heap ${(heapUsed / 1e6).toFixed(1)} MB, resident ${(rss / 1e6).toFixed(0)} MB`)
}
measure()
for (let from = 0; from < hosts; from += step) {
  const next = Array.from({ length: Math.min(step, hosts - from) }, (_, i) => from + i).values()
  await Promise.all(Array.from({ length: 32 }, async () => { for (const n of next) await visit(n) }))
  seen = Math.min(hosts, from + step)
  // Idle connections close by themselves.
  await wait(6000)
  measure()
}
await fetcher.close()
server.kill()
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length
const [before, after] = [mean(heaps.slice(4, 7)), mean(heaps.slice(-3))]
console.log(`${failed} failed; hosts 1 to ${hosts}: ${before.toFixed(1)} MB in the second quarter, ${after.toFixed(1)} MB in the last`)
if (failed > 0 || after > before + 10) process.exitCode = 1
