import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runChain } from '../../src/channels/chain.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import type { AsyncReading, ChannelKind, Reading, Reply, Source, SourceResult, Task } from '../../src/channels/types.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { isGone, isObserved, OUTCOMES } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { conclude, emptyAccount, unseen } from '../../src/channels/outcome.ts'
import { post } from '../../src/channels/posts.ts'
import { identityOf, json, NOW } from './conformance/kit.ts'

const taskFor = (kind: Kind, address: string, more: Partial<Task> = {}): Task => ({ kind, identity: identityOf(kind, address), now: NOW, browser: true, ...more })
const refuse = async (): Promise<Reply> => ({ failed: 'refused', detail: 'nobody there' })

/** A kind of its own sources, each with a ready answer. */
function kindOf(...answers: readonly ((task: Task) => SourceResult)[]): ChannelKind {
  const sources = answers.map((answer, i): Source => ({
    id: `s${i + 1}`, tier: i === 0 ? 'official' : 'public', needs: ['none'], sees: ['freshness'], sure: 'seen', note: { zh: `来源${i + 1}`, en: `source ${i + 1}` }, read: answer,
  }))
  return { ...CHANNELS.weibo, sources: [...sources, ...CHANNELS.weibo.sources.slice(-1)] }
}
const dated = (source: string, day: string, partial = false) => (task: Task): SourceResult =>
  conclude(source, [post({ id: '1', title: 'x', url: null, raw: `${day} 10:00`, where: 'time' }, task)], task, { more: false, partial, detail: source, account: { id: '1', name: '江西发布' } })
const says = (source: string, outcome: Outcome) => (): SourceResult => unseen(source, outcome, 'said so')
const run = (kind: ChannelKind, more: Partial<Task> = {}) => runChain(kind, taskFor('weibo', '1234567890', more), refuse)

describe('the order of sources', () => {
  test('the first that sees the whole speaks, and no other is asked', async () => {
    const result = await run(kindOf(dated('s1', '2026-11-20'), () => { throw new Error('asked') }))
    expect(result).toMatchObject({ source: 's1', outcome: 'ok', newest: '2026-11-20', attempts: [{ source: 's1', outcome: 'ok' }] })
  })

  test.each(['challenge', 'login_wall', 'credential_expired', 'parse_drift', 'rate_limited', 'bridge_stale', 'timeout', 'private'] as const)('after %s the next is asked', async (outcome) => {
    const result = await run(kindOf(says('s1', outcome), dated('s2', '2026-06-01')))
    expect(result).toMatchObject({ source: 's2', outcome: 'ok', newest: '2026-06-01' })
    expect(result.attempts.map((a) => a.outcome)).toEqual([outcome, 'ok'])
  })

  test.each(['gone_nonexistent', 'gone_cancelled', 'gone_banned', 'not_found'] as const)('a later %s never overrules a source that saw the channel', async (outcome) => {
    const result = await run(kindOf(dated('s1', '2026-03-01', true), says('s2', outcome)))
    expect(result).toMatchObject({ existence: 'exists', newest: null, lowerBound: '2026-03-01' })
    expect(isGone(result.outcome)).toBe(false)
    expect(result.attempts.find((a) => a.source === 's2')?.overruled).toBe(true)
  })

  test('nor does a later empty list', async () => {
    const result = await run(kindOf(dated('s1', '2026-03-01', true), () => emptyAccount('s2', '0 posts')))
    expect(isObserved(result.outcome)).toBe(false)
    expect(result.existence).toBe('exists')
  })

  test('gone is gone at the first word of it, when nothing saw it alive', async () => {
    const result = await run(kindOf(says('s1', 'gone_cancelled'), dated('s2', '2026-11-20')))
    expect(result).toMatchObject({ outcome: 'gone_cancelled', existence: 'gone', newest: null })
  })
})

describe('a lower bound', () => {
  test('shows life within a fortnight, and stillness never', async () => {
    expect(await run(kindOf(dated('s1', '2026-11-09', true)))).toMatchObject({ outcome: 'ok', newest: '2026-11-09' })
    expect(await run(kindOf(dated('s1', '2026-11-08', true)))).toMatchObject({ outcome: 'not_attested', newest: null, lowerBound: '2026-11-08', existence: 'exists' })
    expect(await run(kindOf(dated('s1', '2026-11-08', true)), { freshDays: 30 })).toMatchObject({ outcome: 'ok', newest: '2026-11-08' })
  })

  test('that shows life still gives way to a fuller source, but not to a statement', async () => {
    expect(await run(kindOf(dated('s1', '2026-11-15', true), dated('s2', '2026-11-22')))).toMatchObject({ outcome: 'ok', newest: '2026-11-22', source: 's2' })
    expect(await run(kindOf(dated('s1', '2026-11-15', true), says('s2', 'bridge_stale')))).toMatchObject({ outcome: 'ok', newest: '2026-11-15', source: 's1' })
    const attestation = { newestOn: '2026-11-20', statedOn: '2026-11-20' }
    const result = await run(kindOf(dated('s1', '2026-11-15', true)), { attestation })
    expect(result).toMatchObject({ outcome: 'ok', newest: '2026-11-15', source: 's1', existence: 'exists' })
    expect(result.attempts.map((a) => a.source)).not.toContain('attestation')
  })

  test('is completed by a later timeline, and the later date counts', async () => {
    expect(await run(kindOf(dated('s1', '2026-06-01', true), dated('s2', '2026-05-01')))).toMatchObject({ outcome: 'ok', newest: '2026-06-01', source: 's2' })
    expect(await run(kindOf(dated('s1', '2026-06-01', true), dated('s2', '2026-07-01')))).toMatchObject({ outcome: 'ok', newest: '2026-07-01' })
  })

  test('is completed by the unit’s statement, which cannot make it older', async () => {
    const attestation = { newestOn: '2026-05-01', statedOn: '2026-11-20' }
    expect(await run(kindOf(dated('s1', '2026-06-01', true)), { attestation })).toMatchObject({ outcome: 'attested', newest: '2026-06-01', existence: 'exists' })
  })
})

describe('attestation', () => {
  const groups: readonly Kind[] = ['wechat_group', 'qq_group', 'dingtalk_group', 'wecom_group', 'wechat_channels', 'alipay_life', 'renmin', 'baijia', 'other']
  test.each(groups)('%s: by statement only, and nothing is fetched', async (kind) => {
    const never = async (): Promise<Reply> => { throw new Error('asked') }
    const task = taskFor(kind, '江西发布', { attestation: { newestOn: '2026-08-01', statedOn: '2026-11-01', statedBy: '张三' } })
    expect(await runChain(CHANNELS[kind], task, never)).toMatchObject({
      source: 'attestation', outcome: 'attested', newest: '2026-08-01', existence: 'unknown', witness: { source: 'attestation', day: '2026-08-01' },
    })
    expect(await runChain(CHANNELS[kind], { ...task, attestation: null }, never)).toMatchObject({ outcome: 'not_attested', newest: null })
  })

  test.each([['2026-10-24', 'attested'], ['2026-10-23', 'attestation_expired'], ['2026-12-01', 'not_attested']] as const)('stated on %s: %s', async (statedOn, outcome) => {
    expect((await runChain(CHANNELS.qq_group, taskFor('qq_group', '123456789', { attestation: { newestOn: '2026-10-01', statedOn } }), refuse)).outcome).toBe(outcome)
  })

  test('a statement about the future is none', async () => {
    const result = await runChain(CHANNELS.qq_group, taskFor('qq_group', '123456789', { attestation: { newestOn: '2026-12-24', statedOn: '2026-11-20' } }), refuse)
    expect(result).toMatchObject({ outcome: 'not_attested', newest: null })
  })
})

describe('when nobody can say', () => {
  test('a real obstacle is named before what is merely not configured', async () => {
    const result = await runChain(CHANNELS.douyin, taskFor('douyin', 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2'), async () => ({ failed: 'timeout', detail: '45 s' }))
    expect(result).toMatchObject({ outcome: 'timeout', existence: 'unknown' })
    expect(result.advice.zh).toContain('抖音开放平台')
    expect(result.advice.en).toContain('could still be configured')
    expect(result.attempts.find((a) => a.source === 'douyin.api')).toMatchObject({ skipped: true, outcome: 'credential_missing' })
  })

  test('an expired statement is named too', async () => {
    const result = await run(kindOf(), { attestation: { newestOn: '2026-01-01', statedOn: '2026-02-01' } })
    expect(result.outcome).toBe('attestation_expired')
  })

  test('a reader that fails is our own fault, and raises an alarm', async () => {
    const result = await run(kindOf(() => { throw new TypeError('no such thing') }))
    expect(result).toMatchObject({ outcome: 'own_fault', newest: null })
    expect(result.alarms[0]?.en).toContain('no such thing')
  })

  test('a reader that asks without end is stopped', async () => {
    let asked = 0
    const endless: Source = { ...CHANNELS.weibo.sources[0]!, id: 'endless', ready: () => null, *read(): Reading { for (;;) yield { do: 'fetch', request: { url: 'https://x.invalid/' } } } }
    const result = await runChain({ ...CHANNELS.weibo, sources: [endless] }, taskFor('weibo', '1234567890'), async () => { asked++; return json({}) })
    expect(result.outcome).toBe('own_fault')
    expect(asked).toBeLessThan(50)
  })

  test('one that takes its time fails and is answered like any other', async () => {
    const reader = (read: Source['read']): ChannelKind => ({ ...CHANNELS.weibo, sources: [{ ...CHANNELS.weibo.sources[0]!, id: 's1', ready: () => null, read }] })
    const go = (kind: ChannelKind) => runChain(kind, taskFor('weibo', '1234567890'), async () => json({}))
    const ask = { do: 'fetch', request: { url: 'https://x.invalid/' } } as const
    const told = await go(reader(async function* (task): AsyncReading {
      const reply = yield ask
      await Promise.resolve()
      return 'failed' in reply ? unseen('s1', reply.failed, reply.detail) : dated('s1', '2026-11-20')(task)
    }))
    expect(told).toMatchObject({ outcome: 'ok', newest: '2026-11-20' })
    const failed = await go(reader(async function* (): AsyncReading { yield ask; throw new TypeError('no such thing') }))
    expect(failed).toMatchObject({ outcome: 'own_fault', newest: null })
  })
})

describe('base addresses and redirects', () => {
  const bases = { 'm.weibo.cn': 'http://127.0.0.1:4000/m', 'x.gov.cn': 'http://127.0.0.1:4001' }
  test('addresses are rebased on the way out, hop by hop', async () => {
    const asked: string[] = []
    const result = await runChain(CHANNELS.feed, taskFor('feed', 'http://x.gov.cn/rss.xml', { bases: { ...bases, 'y.gov.cn': 'http://127.0.0.1:4002' } }), async (ask): Promise<Reply> => {
      if (ask.do !== 'fetch') throw new Error('rendered')
      asked.push(ask.request.url)
      expect(ask.request.redirects).toBe('manual')
      const { url } = ask.request
      if (url.endsWith('/rss.xml')) return { status: 301, url, headers: { location: 'https://y.gov.cn/feed' }, body: '' }
      return { status: 200, url, headers: {}, body: '<rss><channel><item><title>一</title><pubDate>Fri, 20 Nov 2026 02:00:00 GMT</pubDate></item></channel></rss>' }
    })
    expect(asked).toEqual(['http://127.0.0.1:4001/rss.xml', 'http://127.0.0.1:4002/feed'])
    expect(result).toMatchObject({ outcome: 'ok', newest: '2026-11-20' })
  })

  test('redirects without end are a loop', async () => {
    const result = await runChain(CHANNELS.feed, taskFor('feed', 'http://x.gov.cn/rss.xml'), async (ask) => ({ status: 302, url: ask.do === 'fetch' ? ask.request.url : '', headers: { location: '/rss.xml' }, body: '' }))
    expect(result.outcome).toBe('redirect_loop')
  })
})

test('whatever comes back, no reader throws, dates are never invented, and garbage is no death', async () => {
  const kinds = KIND_IDS.filter((k) => k !== 'website')
  const addresses = Object.fromEntries(kinds.map((k) => [k, CHANNELS[k].manifest.identityForms[0]!.example]))
  const value = fc.jsonValue({ maxDepth: 3 })
  const shaped = fc.constantFrom('data', 'ok', 'items', 'aweme_list', 'cards', 'feeds', 'list', 'results', 'getalbum_resp', 'user', 'code', 'statuses')
  const body = fc.oneof(fc.string(), value.map((v) => JSON.stringify(v)), fc.dictionary(shaped, value, { maxKeys: 5 }).map((v) => JSON.stringify(v)), fc.constantFrom('<rss><channel><item><pubDate>x</pubDate>', '<div id="js_article">', '<script>window.__INITIAL_STATE__={"user":{"notes":[[{"id":1', '{"ok":1', '\ufeff', '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'))
  const reply: fc.Arbitrary<Reply> = fc.record({ status: fc.constantFrom(200, 200, 200, 204, 302, 403, 404, 429, 500), url: fc.constant('https://answered.invalid/x'), headers: fc.constant({}), body, captured: fc.array(fc.record({ url: fc.constantFrom('https://x.invalid/aweme/v1/web/aweme/post/', 'https://x.invalid/graphql', 'https://x.invalid/api/pc/list/feed', 'https://x.invalid/x/polymer/web-dynamic/v1/feed/space', 'https://x.invalid/api/container/getIndex?x', 'https://x.invalid/x/space/wbi/acc/info', 'https://x.invalid/api/v3/moments/x/activities', 'nonsense'), status: fc.constantFrom(200, 403), body }), { maxLength: 3 }) })
  await fc.assert(fc.asyncProperty(fc.constantFrom(...kinds), fc.array(reply, { minLength: 1, maxLength: 4 }), async (kind, replies) => {
    let turn = 0
    const credentials = { 'wechat_official.api': { appid: 'a', secret: 'b' }, 'weibo.api': { access_token: 'a' }, 'weibo.cookie': { cookie: 'c' }, 'douyin.api': { access_token: 'a', open_id: 'b' } }
    const bridges = [{ type: 'wewe', url: 'http://b.invalid' }, { type: 'rsshub', url: 'http://b.invalid' }, { type: 'feed', url: 'http://b.invalid/f' }] as const
    const result = await runChain(CHANNELS[kind], taskFor(kind, addresses[kind]!, { credentials, bridges }), async () => replies[turn++ % replies.length]!)
    expect(Object.keys(OUTCOMES)).toContain(result.outcome)
    expect(result.outcome, result.detail).not.toBe('own_fault')
    if (result.newest !== null) expect(result.witness?.day).toBe(result.newest)
    // The one death without a word of it is a feed’s 404.
    if (kind !== 'feed') expect(isGone(result.outcome), result.detail).toBe(false)
  }), { numRuns: 600 })
})
