import { mutate, seedPages } from '../../test/read/mutate.ts'
import { readPage } from '../../src/read/index.ts'
import { makePages } from './pages.ts'

/** Reads `count` mutated pages, every twentieth blown up to 1 MB; says the slowest and what memory did. Throws if reading throws. */
export function mutatedPages(count: number): string {
  const now = new Date('2024-06-20T04:00:00Z')
  const seeds = [...seedPages(), ...makePages(10).map((p) => p.bytes)]
  let slowest = 0
  let slowestBig = 0
  let before = 0
  for (let i = 0; i < count; i++) {
    const seed = seeds[i % seeds.length]
    if (seed === undefined) continue
    const big = i % 20 === 0
    const bytes = big ? repeat(mutate(seed, i), 1_000_000) : mutate(seed, i)
    const start = performance.now()
    readPage(bytes, { url: 'http://a.gov.cn/x/', now, ...(i % 3 === 0 ? {} : { kind: i % 3 === 1 ? ('listing' as const) : ('article' as const) }) })
    const ms = performance.now() - start
    if (big) slowestBig = Math.max(slowestBig, ms)
    else slowest = Math.max(slowest, ms)
    if (i === Math.trunc(count / 2)) before = process.memoryUsage().rss
  }
  const grown = (process.memoryUsage().rss - before) / 1e6
  return `${count} mutated pages read: none threw; slowest ${slowest.toFixed(1)} ms, of 1 MB ${slowestBig.toFixed(1)} ms; memory in the second half ${grown >= 0 ? '+' : ''}${grown.toFixed(0)} MB`
}

function repeat(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  for (let at = 0; at < size; at += bytes.length) out.set(bytes.subarray(0, Math.min(bytes.length, size - at)), at)
  return out
}
