import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANNELS, isProblem, runChain } from '../../src/channels/index.ts'
import type { Perform } from '../../src/channels/index.ts'
import type { Captured, Reply } from '../../src/channels/types.ts'
import { addDays } from '../../src/domain/date.ts'
import { isGone } from '../../src/domain/outcome.ts'
import { makeProvince, noon, refresh } from '../province/index.ts'
import { DOUBLED, platformHandlers, postedOn, provinceMeans } from '../province/platforms.ts'
import { servePlatforms } from './shared.ts'
import type { ServedPlatforms } from './shared.ts'

const TODAY = '2026-11-23'
const province = makeProvince({ today: TODAY })
let now = noon(TODAY)
let served: ServedPlatforms
beforeAll(async () => {
  served = await servePlatforms(platformHandlers(province, () => now))
})
afterAll(() => served.close())

async function get(url: string, init: RequestInit = {}): Promise<Extract<Reply, { status: number }>> {
  const reply = await fetch(url, { redirect: 'manual', ...init })
  return { status: reply.status, url, headers: Object.fromEntries(reply.headers), body: new Uint8Array(await reply.arrayBuffer()) }
}

/** A browser as small as can be: it makes the requests that the page's script names. */
async function render(url: string, capture: readonly RegExp[]): Promise<Reply> {
  const page = await get(url)
  const html = Buffer.from(page.body as Uint8Array).toString('utf8')
  const captured: Captured[] = []
  for (const m of html.matchAll(/fetch\((["'])(.+?)\1(?:, (\{.*?\}))?\)[.;]/g)) {
    const at = new URL(m[2]!, url).href
    const answer = await get(at, m[3] === undefined ? {} : (JSON.parse(m[3]) as RequestInit))
    const path = new URL(at)
    if (capture.some((p) => p.test(path.pathname + path.search))) captured.push({ url: at, status: answer.status, body: Buffer.from(answer.body as Uint8Array).toString('utf8') })
  }
  return { ...page, body: html.replace(/<script>[\s\S]*?<\/script>/g, (s) => (s.includes('__INITIAL_STATE__') ? s : '')), captured }
}

const perform: Perform = async (ask) => {
  if (ask.do === 'render') return render(ask.url, ask.capture)
  const { url, method = 'GET', headers = {}, body } = ask.request
  return get(url, { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) })
}

async function read(channel: (typeof province.channels)[number]) {
  const kind = CHANNELS[channel.kind]
  const identity = kind.identify(channel.address)
  if (isProblem(identity)) throw new Error(`${channel.address}: ${identity.text.en}`)
  const attestation = channel.statement === null ? null : { newestOn: channel.statement.newest, statedOn: channel.statement.statedOn }
  const means = provinceMeans(province, served.bases)
  const key = means.keys.find((k) => k.name === channel.name && channel.seen?.by === 'api')?.values
  const lent = { bridges: channel.kind === 'wechat_official' ? [{ type: 'wewe' as const, url: means.wewe }] : [], ...(key === undefined ? {} : { credentials: { 'wechat_official.api': key } }) }
  return runChain(kind, { ...lent, kind: channel.kind, identity, name: channel.name, now, browser: true, bases: served.bases, attestation }, perform)
}

describe('the adapters against the province’s platforms', () => {
  const publishing = DOUBLED.filter((k) => k !== 'app' && k !== 'mini_program')

  it.each(publishing)('%s: sees the newest post of every account that can be seen, from the platform itself', async (kind) => {
    for (const days of [0, 4]) {
      now = noon(addDays(TODAY, days))
      const seen = province.channels.filter((c) => c.kind === kind && c.traps.includes('attested'))
      expect(seen.length).toBeGreaterThan(0)
      for (const channel of seen) {
        const result = await read(channel)
        expect(result, `${channel.id} ${result.detail}`).toMatchObject({ outcome: 'ok', newest: postedOn(channel, addDays(TODAY, days)), existence: 'exists' })
      }
    }
    now = noon(TODAY)
  })

  it.each(publishing)('%s: says nothing against an account behind a wall', async (kind) => {
    for (const channel of province.channels.filter((c) => c.kind === kind && c.seen === undefined && !c.traps.includes('attested'))) {
      const result = await read(channel)
      expect([result.newest, isGone(result.outcome), result.existence], channel.id).toEqual([null, false, 'unknown'])
    }
  })

  const alone = province.channels.filter((c) => c.seen !== undefined)
  it.each(alone.map((c) => [c.kind, c.seen!.by, c.seen!.end ?? 'as it is', c.truth.outcome, c] as const))('%s by %s, %s: %s, with nobody to speak for it', async (_kind, by, _end, _outcome, channel) => {
    for (const days of [0, 4]) {
      now = noon(addDays(TODAY, days))
      refresh(province, now)
      const result = await read(channel)
      const { outcome, alsoRight } = channel.truth
      expect([outcome, ...alsoRight], `${channel.id} ${result.detail}`).toContain(result.outcome)
      // An article in the ledger stays what it was; all else shows what came since.
      if (outcome === 'ok') expect(result.newest).toBe(by === 'article' ? channel.seen!.newest : channel.truth.newest)
      else expect(result.newest).toBeNull()
      if (by === 'wewe' || by === 'api') expect(result.source).toBe(`wechat_official.${by}`)
      if (outcome === 'moved') expect(CHANNELS[channel.kind].identify(result.movedTo ?? '')).not.toHaveProperty('problem')
    }
    now = noon(TODAY)
  })

  it.each(['app', 'mini_program'] as const)('%s: exists, and its dates are no dates of content', async (kind) => {
    for (const channel of province.channels.filter((c) => c.kind === kind && c.seen === undefined)) {
      const result = await read(channel)
      expect(isGone(result.outcome), `${channel.id} ${result.outcome} ${result.detail}`).toBe(false)
    }
  })
})
