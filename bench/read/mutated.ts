import { mutate, seedPages } from '../../test/read/mutate.ts'
import { readPage } from '../../src/read/index.ts'
import { makePages } from './pages.ts'

/** Pages of a process's first moments, when its code runs uncompiled: told apart from the rest. */
const COLD = 100

/**
 * Reads `COLD` and then `count` mutated pages, every twentieth blown up to 1 MB; says the slowest of both, in time of the
 * reading thread (whatever else the machine does takes nothing from it), and what memory did. Throws if reading throws.
 */
export function mutatedPages(count: number): string {
  const now = new Date('2024-06-20T04:00:00Z')
  const seeds = [...seedPages(), ...makePages(10).map((p) => p.bytes)]
  const slowest = { cold: 0, small: 0, big: 0, bigAt: 0, over: 0 }
  let half = 0
  for (let i = 0; i < count + COLD; i++) {
    const seed = seeds[(i + Math.trunc(i / 20)) % seeds.length]
    if (seed === undefined) continue
    const big = i % 20 === 0
    const bytes = big ? repeat(mutate(seed, i), 1_000_000) : mutate(seed, i)
    const start = process.threadCpuUsage()
    readPage(bytes, { url: 'http://a.gov.cn/x/', now, ...(i % 3 === 0 ? {} : { kind: i % 3 === 1 ? ('listing' as const) : ('article' as const) }) })
    const used = process.threadCpuUsage(start)
    const ms = (used.user + used.system) / 1000
    if (i < COLD) {
      slowest.cold = Math.max(slowest.cold, ms)
      continue
    }
    if (ms > 50) slowest.over++
    if (!big) slowest.small = Math.max(slowest.small, ms)
    else if (ms > slowest.big) {
      slowest.big = ms
      slowest.bigAt = i
    }
    if (i === Math.trunc(count / 2)) half = process.memoryUsage().rss
  }
  const grown = (process.memoryUsage().rss - half) / 1e6
  return `${count} mutated pages read: none threw; slowest ${slowest.small.toFixed(1)} ms, of 1 MB ${slowest.big.toFixed(1)} ms (page ${slowest.bigAt}), over 50 ms: ${slowest.over}; the process's first ${COLD}: slowest ${slowest.cold.toFixed(1)} ms; memory in the second half ${grown >= 0 ? '+' : ''}${grown.toFixed(0)} MB`
}

function repeat(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  for (let at = 0; at < size; at += bytes.length) out.set(bytes.subarray(0, Math.min(bytes.length, size - at)), at)
  return out
}
