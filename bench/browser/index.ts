/**
 * The browser pool after many renders: `node --expose-gc bench/browser/index.ts [--renders 300] [--json FILE]`. Small loopback pages with
 * a list that a script makes, two at once, a browser for every fifty pages as in real life. Every tenth of the run: memory of our
 * process (heap after a collection) and of Chromium's tree. At the end no page, context or process may be left.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBrowserPool, createGuard } from '../../src/fetch/index.ts'
import { round, slope } from '../load/figures.ts'
import { useOf } from '../load/machine.ts'

declare const gc: (() => void) | undefined

const { values } = parseArgs({ options: { renders: { type: 'string', default: '300' }, pages: { type: 'string', default: '2' }, json: { type: 'string' } } })
const renders = Number(values.renders)
const atOnce = Number(values.pages)

const server = createServer((req, res) => res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!DOCTYPE html><html><head><title>第${req.url}页</title></head><body><ul id="l"></ul>
<script>for (let i = 1; i <= 20; i++) { const li = document.createElement('li'); li.innerHTML = '<a href="/a/' + i + '.html">第' + i + '条信息公开目录更新</a><span>2026-05-' + String(i + 9).padStart(2, '0') + '</span>'; document.getElementById('l').append(li); }</script></body></html>`))
const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
const folder = await mkdtemp(join(tmpdir(), 'huoshui-browser-'))
const pool = createBrowserPool({ guard: createGuard({ allowNets: ['127.0.0.0/8'] }), folder, pages: atOnce })

type Sample = { renders: number; seconds: number; heapMb: number; ourRssMb: number; chromiumMb: number; processes: number; browsers: number }
const samples: Sample[] = []
const outcomes: Record<string, number> = {}
const began = performance.now()
let right = 0
const look = (done: number): void => {
  gc?.()
  const all = useOf(process.pid)
  const own = process.memoryUsage()
  samples.push({
    renders: done, seconds: round((performance.now() - began) / 1000), heapMb: round((own.heapUsed + own.external) / 2 ** 20), ourRssMb: round(own.rss / 2 ** 20, 0), chromiumMb: round(all.pss - own.rss / 2 ** 20, 0),
    processes: all.processes - 1, browsers: pool.stats.browsers,
  })
}
try {
  let next = 0
  let done = 0
  const step = Math.max(1, Math.floor(renders / 10))
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < renders) {
      const n = next++
      const r = await pool.render({ url: `http://127.0.0.1:${port}/${n}` })
      outcomes[r.outcome] = (outcomes[r.outcome] ?? 0) + 1
      if (r.html.includes('2026-05-29')) right++
      if (++done % step === 0) look(done)
    }
  }))
} finally {
  await pool.close()
  server.closeAllConnections()
  server.close()
}
const seconds = (performance.now() - began) / 1000
// Chromium's helpers end a moment after their browser.
let left = useOf(process.pid).processes - 1
for (let i = 0; i < 50 && left > 0; i++) {
  await new Promise((resolve) => { setTimeout(resolve, 100) })
  left = useOf(process.pid).processes - 1
}
await rm(folder, { recursive: true, force: true })
const late = samples.filter((s) => s.renders > renders * 0.2)
const growth = (of: (s: Sample) => number): number => round(slope(late.map((s) => [s.renders / 1000, of(s)] as const)).slope)
const result = {
  at: new Date().toISOString(), renders, right, outcomes, seconds: round(seconds), per_second: round(renders / seconds, 2), browsers: pool.stats.browsers, left,
  heap_mb_per_1000: growth((s) => s.heapMb), our_rss_mb_per_1000: growth((s) => s.ourRssMb), chromium_mb_per_1000: growth((s) => s.chromiumMb), chromium_peak_mb: Math.max(...samples.map((s) => s.chromiumMb)),
}
console.table(samples)
console.log(JSON.stringify(result))
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...result, samples }, null, 1)}\n`)
if (left > 0 || right < renders * 0.99) {
  console.error(left > 0 ? `BROKEN: ${left} processes are left` : `BROKEN: ${renders - right} pages were not rendered`)
  process.exitCode = 1
}
