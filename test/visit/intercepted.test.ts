import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { probeSite } from '../../src/visit/probe.ts'
import { openTools } from '../../src/visit/tools.ts'
import type { Log } from '../../src/visit/types.ts'
import { serve } from './harness.ts'

const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as Log

test('behind a provider’s interception nothing is tried, and the interception itself is reported as urgent', async () => {
  const s = await serve({ '/': '<html><head><title>网站未备案</title></head><body><h1>该网站暂时无法访问</h1><p>该网站未备案，不得开展网站服务</p></body></html>' })
  const tools = openTools({ ctx: null, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], browser: false, data: '/nonexistent' }), log, evidence: { put: () => undefined, get: async () => null, close: () => undefined } as never })
  const terms = { now: new Date('2026-06-01T04:00:00Z'), ignoreRobots: false, pacing: {}, signal: new AbortController().signal }
  const about = { tools, terms, site: { name: '某县', siteCode: null, url: s.url }, columns: [], mayPost: false }
  try {
    const tried = await probeSite({ ...about, which: 'all' })
    expect(tried.outcome).toBe('forbidden')
    expect(tried.probes.map((p) => p.id)).toEqual(['hijack'])
    expect(tried.probes[0]?.value).toMatchObject({ urgent: true, suspects: [{ kind: 'home', what: expect.stringContaining('未备案') }] })
    expect((await probeSite({ ...about, which: ['links'] })).probes).toEqual([])
  } finally {
    await tools.close()
    await s.close()
  }
})
