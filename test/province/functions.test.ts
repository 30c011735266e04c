import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/fetch/index.ts'
import { runProbes } from '../../src/probes/index.ts'
import type { ProbeContext } from '../../src/probes/index.ts'
import { readPage } from '../../src/read/index.ts'
import { compareProbes, functionsOf, makeProvince, noon, probeLines, probeTruth, serveProvince } from './index.ts'
import type { FoundProbes, Province, Served } from './index.ts'

const TODAY = '2026-11-23'
const now = noon(TODAY)
const province: Province = makeProvince({ seed: 3, today: TODAY, sites: 20 })
const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'] })
let served: Served
beforeAll(async () => { served = await serveProvince(province, { now: () => now, slowMs: 50 }) })
afterAll(async () => {
  await fetcher.close()
  await served.close()
})

async function contextFor(address: string, columns: readonly { name: string; url: string; class: never }[]): Promise<ProbeContext> {
  const home = await fetcher.fetch({ url: address })
  return {
    home: { url: address, bytes: home.bytes, facts: readPage(home.bytes, { url: address, now, kind: 'home' }) }, columns, now, policy: { mayPost: false },
    site: { siteCode: null, name: '', host: new URL(address).host }, ask: { fetch: (r) => fetcher.fetch(r), render: null }, keep: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  }
}

describe('functions of the province', () => {
  it('come in every state', () => {
    const plans = province.channels.flatMap((c) => (c.site === null ? [] : [functionsOf(c.site)]))
    for (const key of ['search', 'letters', 'guides'] as const) expect(new Set(plans.map((p) => p[key])), key).toEqual(new Set(['working', 'broken', 'slow', 'walled', 'absent']))
    expect(plans.some((p) => p.brokenFile) && plans.some((p) => !p.brokenFile) && plans.some((p) => p.brokenLink) && plans.some((p) => !p.brokenLink)).toBe(true)
  })

  it('are told by the probes: precision 1.00, recall at least 0.95 each', async () => {
    const found: FoundProbes[] = []
    for (const channel of province.channels) {
      if (channel.site === null || channel.truth.outcome !== 'ok') continue
      const columns = channel.truth.columns.map((c) => ({ name: c.name, url: c.url, class: c.class as never }))
      found.push({ address: channel.address, probes: await runProbes(['links', 'attachments', 'search', 'letters', 'services'], await contextFor(channel.address, columns)) })
    }
    const scores = compareProbes(province, found, now)
    expect(found.length).toBeGreaterThanOrEqual(15)
    for (const s of scores) {
      expect(s.expected, s.probe).toBeGreaterThan(2)
      expect(s.false, probeLines(scores).join('\n')).toEqual([])
      expect(s.recall, `${s.probe} missed ${s.missed.join(', ')}`).toBeGreaterThanOrEqual(0.95)
    }
  }, 120_000)

  it('are compared strictly: what is invented is false, what is not said is missed', () => {
    const channel = province.channels.find((c) => c.site !== null && functionsOf(c.site).brokenFile)
    if (channel?.site === null || channel === undefined) throw new Error('no such site')
    const [, attachments] = compareProbes(province, [{ address: channel.address, probes: [{ id: 'attachments', value: { broken: [{ url: 'http://invented/' }] } }] }], now)
    expect(attachments).toMatchObject({ expected: 1, found: 1, right: 0, precision: 0, recall: 0 })
    expect(probeTruth(channel.site, channel.address, now).attachments).toEqual([`${channel.address}files/ys.pdf`])
  })
})
