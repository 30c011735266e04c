import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, createGuard, peekCertificate } from '../../src/fetch/index.ts'
import { runProbes } from '../../src/probes/index.ts'
import type { ProbeContext } from '../../src/probes/index.ts'
import { readPage } from '../../src/read/index.ts'
import { tryable } from '../../src/visit/probing/tryable.ts'
import { compareProbes, functionsOf, makeProvince, noon, probeLines, probeTruth, serveProvince } from './index.ts'
import type { FoundProbes, Province, Served } from './index.ts'

const TODAY = '2026-06-01'
const now = noon(TODAY)
const guard = createGuard({ allowNets: ['127.0.0.0/8'] })
const fetcher = createFetcher({ guard })
let province: Province
let served: Served
beforeAll(async () => {
  province = makeProvince({ today: TODAY })
  served = await serveProvince(province, { now: () => now, slowMs: 50, functionMs: 50 })
})
afterAll(async () => {
  await fetcher.close()
  await served.close()
})

async function contextFor(address: string, columns: readonly { name: string; url: string; class: never }[]): Promise<ProbeContext> {
  const home = await fetcher.fetch({ url: address })
  return {
    home: { url: address, bytes: home.bytes, facts: readPage(home.bytes, { url: address, now, kind: 'home' }) }, columns, now, policy: { mayPost: false },
    site: { siteCode: null, name: '', host: new URL(address).host }, keep: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    ask: { fetch: (r) => (new URL(r.url).hostname.startsWith('127.') ? fetcher.fetch(r) : Promise.resolve({ outcome: 'dns', status: null, url: r.url, redirects: [], headers: {}, bytes: new Uint8Array(), truncated: false, ms: 0 })), render: null, certificate: (host, port, signal) => peekCertificate(guard, host, port, signal) },
  }
}

describe('functions of the province', () => {
  it('come in every state', () => {
    const whole = makeProvince({ today: TODAY }).channels.flatMap((c) => (c.site !== null && c.truth.outcome === 'ok' ? [functionsOf(c.site)] : []))
    for (const key of ['search', 'letters', 'guides', 'mailbox'] as const) expect(new Set(whole.map((p) => p[key])), key).toEqual(new Set(['working', 'broken', 'slow', 'walled', 'absent']))
    for (const key of ['brokenFile', 'brokenLink', 'slowLink', 'walledLink'] as const) expect(new Set(whole.map((p) => p[key])), key).toEqual(new Set([true, false]))
    expect(new Set(whole.map((p) => p.tls))).toEqual(new Set([null, 'long', 'soon', 'over']))
    expect(new Set(whole.map((p) => p.hijack))).toEqual(new Set(['clean', 'injected', 'decoy']))
    expect(whole.some((p) => p.downPercent >= 10) && whole.some((p) => p.downPercent > 0 && p.downPercent < 5)).toBe(true)
  })

  it('are told by the probes: precision 1.00, recall at least 0.95 each', async () => {
    const found: FoundProbes[] = []
    // Every third that can be seen, portals and others, and each with a broken file; behind a refresh only a visit finds the home page.
    for (const channel of province.channels.filter((c) => c.site !== null && c.truth.outcome === 'ok' && !c.traps.some((t) => t === 'meta_refresh' || t === 'script_redirect')).filter((c, i) => i % 3 === 1 || (c.site !== null && functionsOf(c.site).brokenFile))) {
      const columns = channel.truth.columns.map((c) => ({ name: c.name, url: c.url, class: c.class as never }))
      found.push({ address: channel.address, probes: await runProbes('all', await contextFor(channel.address, columns)) })
    }
    const scores = compareProbes(province, found, now)
    expect(found.length).toBeGreaterThanOrEqual(20)
    for (const s of scores) {
      if (s.probe !== 'ipv6' && s.probe !== 'availability' && s.probe !== 'forged_dates') expect(s.expected, s.probe).toBeGreaterThan(0)
      expect(s.false, probeLines(scores).join('\n')).toEqual([])
      expect(s.recall, `${s.probe} missed ${s.missed.join(', ')}`).toBeGreaterThanOrEqual(0.95)
    }
  }, 120_000)

  it('are compared strictly: what is invented is false, what is not said is missed', () => {
    const channel = province.channels.find((c) => c.site !== null && functionsOf(c.site).brokenFile)
    if (channel?.site === null || channel === undefined) throw new Error('no such site')
    const invented = { checked: 1, internal: 1, external: 0, not_observed: [], broken: [{ url: 'http://invented/', page: channel.address, reason: 'HTTP 404' }] }
    const attachments = compareProbes(province, [{ address: channel.address, probes: [{ id: 'attachments', value: invented }] }], now).find((s) => s.probe === 'attachments')
    expect(attachments).toMatchObject({ expected: 1, found: 1, right: 0, precision: 0, recall: 0 })
    expect(probeTruth(channel.site, channel.address, now).attachments).toEqual([`${channel.address}files/ys.pdf`])
  })
})

describe('what stands in the place of a site', () => {
  const verdict = (name: 'parked' | 'moved' | 'challenge' | 'empty_shell' | 'icp_block') => ({ verdict: { verdict: name, signature: name, evidence: name } })
  it('is not tried, but for the probe that reports it', () => {
    expect(tryable({ verdict: null }, 0)).toEqual({ outcome: 'ok', only: [] })
    expect(tryable(verdict('parked'), 5)).toEqual({ outcome: 'parked', only: ['hijack'] })
    expect(tryable(verdict('icp_block'), 5)).toEqual({ outcome: 'forbidden', only: ['hijack'] })
    expect(tryable(verdict('moved'), 5)).toEqual({ outcome: 'moved', only: [] })
    expect(tryable(verdict('challenge'), 5)).toEqual({ outcome: 'challenge', only: [] })
    // A shell whose columns are known may be rendered; one that leads nowhere is not tried.
    expect(tryable(verdict('empty_shell'), 5).outcome).toBe('ok')
    expect(tryable(verdict('empty_shell'), 0).outcome).toBe('empty_shell')
  })
})
