/**
 * An availability week's rate on one process: `node bench/availability/index.ts [seconds] [sites] [visits a second]`, by
 * default 60 s of 1,000 loopback sites at 3.5. The sites are served by a process of their own. Prints one line of JSON.
 */
import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createFetcher } from '../../src/fetch/index.ts'
import { availabilityOf } from '../../src/probes/index.ts'
import type { SeriesVisit } from '../../src/probes/index.ts'

if (process.argv[2] === 'serve') {
  const body = `<html><head><title>site</title></head><body>${'<p>政府信息公开</p>'.repeat(1500)}</body></html>`
  const server = createServer((_req, res) => void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body))
  server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port))
  process.on('disconnect', () => process.exit(0))
} else {
  const [seconds, sites, rate] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 1000), Number(process.argv[4] ?? 3.5)]
  const child = fork(import.meta.filename, ['serve'])
  const port = await new Promise<number>((resolve) => child.once('message', (p) => resolve(Number(p))))
  const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'] })
  const visits: SeriesVisit[] = []
  const began = performance.now()
  const cpu = process.cpuUsage()
  let peak = 0
  const underWay = new Set<Promise<void>>()
  for (let n = 0; performance.now() - began < seconds * 1000; n++) {
    const visit = (async () => {
      const { outcome, ms } = await fetcher.fetch({ url: `http://127.70.${Math.floor((n % sites) / 200)}.${1 + (n % 200)}:${port}/` })
      visits.push({ at: new Date(), outcome, ms })
    })()
    underWay.add(visit)
    void visit.then(() => underWay.delete(visit))
    peak = Math.max(peak, process.memoryUsage().rss)
    await pause(Math.max(0, began + ((n + 1) * 1000) / rate - performance.now()))
  }
  await Promise.all(underWay)
  const wall = (performance.now() - began) / 1000
  const used = process.cpuUsage(cpu)
  const { counted, failed } = availabilityOf(visits)
  console.log(JSON.stringify({ seconds: Math.round(wall), visits: visits.length, counted, failed, perSecond: Number((visits.length / wall).toFixed(2)), cpuPercentOfOneCore: Number((((used.user + used.system) / 1e4) / wall).toFixed(1)), peakMb: Math.round(peak / 1e6) }))
  await fetcher.close()
  child.disconnect()
}
