import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNELS, isProblem, runChain } from '../../src/channels/index.ts'
import type { Ask, Captured, Reply, Task } from '../../src/channels/types.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { isGone, isObserved } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { BILIBILI_HOSTS, createBilibili } from '../platforms/bilibili.ts'
import { createDouyin, DOUYIN_HOSTS } from '../platforms/douyin.ts'
import { createKuaishou, KUAISHOU_HOSTS } from '../platforms/kuaishou.ts'
import { createMiniProgram } from '../platforms/mini-program.ts'
import { servePlatforms } from '../platforms/shared.ts'
import type { DoubleAccount, Handler, Mode, PlatformState, ServedPlatforms } from '../platforms/shared.ts'
import { createToutiao, TOUTIAO_HOSTS } from '../platforms/toutiao.ts'
import { createWechat } from '../platforms/wechat.ts'
import { createWeibo, WEIBO_HOSTS } from '../platforms/weibo.ts'
import { createXiaohongshu, XIAOHONGSHU_HOSTS } from '../platforms/xiaohongshu.ts'
import { createZhihu, ZHIHU_HOSTS } from '../platforms/zhihu.ts'
import { daysAgo, NOW } from './conformance/kit.ts'

/** One double of each platform, served over HTTP and switched through every mode it has. */
type Doubled = {
  readonly kind: Kind
  readonly address: string
  readonly hosts: readonly string[]
  readonly state: PlatformState
  readonly make: () => Handler
  /** Deaths that the platform says in words or codes that were seen; other deaths are guesses, and only suspected. */
  readonly sure: readonly Mode[]
  /** Modes in which this platform has nothing of its own to say. */
  readonly without: readonly Mode[]
}

const SEC = 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2'
const BIZ = 'MzIzNDcyMTI5MQ=='
const POST = 'AbCdEfGhIjKlMnOpQrStUv'
const posts = (ids: readonly string[]) => ids.map((id, i) => ({ id, title: `第${i}条`, at: daysAgo(2 + i * 9) }))
const stateOf = <A extends DoubleAccount>(account: A): PlatformState<A> => ({ accounts: { [account.id]: account }, mode: 'ok' })
const one = <A extends DoubleAccount>(make: (state: PlatformState<A>) => Handler, account: A) => {
  const state = stateOf(account)
  return { state: state as unknown as PlatformState, make: () => make(state) }
}
const hex = (n: number): string => n.toString(16).padStart(24, '0')

const DOUBLED: readonly Doubled[] = [
  { kind: 'weibo', address: '1234567890', hosts: WEIBO_HOSTS, ...one(createWeibo, { id: '1234567890', name: '江西发布', posts: posts(['5001', '5002']) }), sure: ['nonexistent'], without: ['cancelled', 'moved', 'private'] },
  { kind: 'wechat_official', address: `https://mp.weixin.qq.com/s?__biz=${BIZ}&mid=1&idx=1&sn=${POST}`, hosts: ['mp.weixin.qq.com'], ...one(createWechat, { id: BIZ, name: '江西发布', userName: 'gh_bc6c492e205e', posts: posts([POST]) }), sure: ['cancelled', 'banned'], without: ['empty', 'hidden', 'nonexistent', 'private'] },
  { kind: 'douyin', address: SEC, hosts: DOUYIN_HOSTS, ...one(createDouyin, { id: SEC, name: '江西发布', posts: posts(['7001', '7002']) }), sure: ['nonexistent', 'cancelled', 'banned'], without: ['moved'] },
  { kind: 'kuaishou', address: '3xk46q9cdnvgife', hosts: KUAISHOU_HOSTS, ...one(createKuaishou, { id: '3xk46q9cdnvgife', name: '江西发布', posts: posts(['3xa', '3xb']) }), sure: [], without: ['moved', 'private'] },
  { kind: 'toutiao', address: 'MS4wLjABAAAAtoutiao0123456789', hosts: TOUTIAO_HOSTS, ...one(createToutiao, { id: 'MS4wLjABAAAAtoutiao0123456789', name: '江西发布', posts: posts(['71', '72']) }), sure: [], without: ['moved', 'private'] },
  { kind: 'bilibili', address: '1234567', hosts: BILIBILI_HOSTS, ...one(createBilibili, { id: '1234567', name: '江西发布', posts: posts(['900000000000000001', '900000000000000002']) }), sure: ['nonexistent'], without: ['moved', 'private'] },
  { kind: 'xiaohongshu', address: '5f0123456789abcdef012345', hosts: XIAOHONGSHU_HOSTS, ...one(createXiaohongshu, { id: '5f0123456789abcdef012345', name: '江西发布', posts: posts([hex(1), hex(2)]) }), sure: [], without: ['moved', 'private'] },
  { kind: 'zhihu', address: 'https://www.zhihu.com/org/jiang-xi-fa-bu', hosts: ZHIHU_HOSTS, ...one(createZhihu, { id: 'jiang-xi-fa-bu', name: '江西发布', posts: posts(['1', '2']) }), sure: [], without: ['moved', 'private'] },
  { kind: 'mini_program', address: 'wx0123456789abcdef', hosts: ['mp.weixin.qq.com'], ...one(createMiniProgram, { id: 'wx0123456789abcdef', name: '赣服通', posts: [] }), sure: ['banned', 'cancelled'], without: ['empty', 'login_wall', 'blocked', 'nonexistent', 'moved', 'private', 'renamed'] },
]

const WALLS = ['challenge', 'login_wall', 'rate_limited', 'blocked', 'server_error', 'drifted', 'hidden', 'private'] as const
const DEATHS: Readonly<Partial<Record<Mode, Outcome>>> = { nonexistent: 'gone_nonexistent', cancelled: 'gone_cancelled', banned: 'gone_banned' }

const served = new Map<Kind, ServedPlatforms>()
beforeAll(async () => {
  for (const d of DOUBLED) served.set(d.kind, await servePlatforms(Object.fromEntries(d.hosts.map((h) => [h, d.make()]))))
})
afterAll(async () => {
  for (const s of served.values()) await s.close()
})

async function get(url: string, init: RequestInit = {}): Promise<Extract<Reply, { status: number }>> {
  const reply = await fetch(url, { redirect: 'manual', ...init })
  return { status: reply.status, url, headers: Object.fromEntries(reply.headers), body: new Uint8Array(await reply.arrayBuffer()) }
}

/** A browser as small as can be: the page, and the requests that its script names. */
async function perform(ask: Ask): Promise<Reply> {
  if (ask.do === 'fetch') return get(ask.request.url, { method: ask.request.method ?? 'GET', headers: { ...ask.request.headers }, ...(ask.request.body === undefined ? {} : { body: ask.request.body }) })
  const page = await get(ask.url)
  const html = Buffer.from(page.body as Uint8Array).toString('utf8')
  const captured: Captured[] = []
  for (const m of html.matchAll(/fetch\((["'])(.+?)\1(?:, (\{.*?\}))?\)[.;]/g)) {
    const at = new URL(m[2]!, ask.url)
    const answer = await get(at.href, m[3] === undefined ? {} : (JSON.parse(m[3]) as RequestInit))
    if (ask.capture.some((p) => p.test(at.pathname + at.search))) captured.push({ url: at.href, status: answer.status, body: Buffer.from(answer.body as Uint8Array).toString('utf8') })
  }
  return { ...page, body: html, captured }
}

async function visit(d: Doubled, mode: Mode, more: Partial<Task> = {}) {
  d.state.mode = mode
  try {
    const identity = CHANNELS[d.kind].identify(d.address)
    if (isProblem(identity)) throw new Error(identity.text.en)
    return await runChain(CHANNELS[d.kind], { kind: d.kind, identity, name: '江西发布', now: NOW, browser: true, bases: served.get(d.kind)!.bases, ...more }, perform)
  } finally {
    d.state.mode = 'ok'
  }
}

describe.each(DOUBLED.map((d) => [d.kind, d] as const))('%s', (_kind, d) => {
  const modes = <M extends Mode>(all: readonly M[]): M[] => all.filter((m) => !d.without.includes(m))

  test('answers truly', async () => {
    for (const mode of modes(['ok', 'slow'])) {
      const result = await visit(d, mode)
      expect(result).toMatchObject({ outcome: 'ok', existence: 'exists', newest: d.kind === 'mini_program' ? null : '2026-11-21' })
      expect(result.attempts.at(-1)?.source).not.toBe('attestation')
    }
  })

  test.each(modes(WALLS))('%s: not observed, and nothing against it', async (mode) => {
    const result = await visit(d, mode)
    expect(isObserved(result.outcome), `${result.outcome}: ${result.detail}`).toBe(false)
    expect(result).toMatchObject({ newest: null, existence: 'unknown' })
    expect(result.suspect).toBeUndefined()
    expect(result.advice.zh).not.toBe('')
    if (mode === 'drifted') expect(result.alarms).not.toHaveLength(0)
  })

  test.each(modes(['nonexistent', 'cancelled', 'banned']))('%s: the platform’s word where it was seen, else a suspicion at most', async (mode) => {
    const result = await visit(d, mode)
    if (d.sure.includes(mode)) {
      expect(isGone(result.outcome), `${result.outcome}: ${result.detail}`).toBe(true)
      if (d.kind !== 'mini_program') expect(result.outcome).toBe(DEATHS[mode])
      return
    }
    expect(isObserved(result.outcome), `${result.outcome}: ${result.detail}`).toBe(false)
    if (result.suspect === undefined) return
    expect(isGone(result.suspect.outcome)).toBe(true)
    expect((await visit(d, mode, { confirmed: [result.suspect.signal] })).outcome).toBe(result.suspect.outcome)
  })

  test.each(modes(['renamed']))('%s is reported', async (mode) => {
    expect((await visit(d, mode)).renamed).toMatchObject({ from: '江西发布' })
  })

  test.each(modes(['empty']))('%s: an empty account where the platform says so, else not observed', async (mode) => {
    const result = await visit(d, mode)
    expect(result.newest).toBeNull()
    expect(isGone(result.outcome)).toBe(false)
    if (result.outcome !== 'ok_empty') expect(isObserved(result.outcome)).toBe(false)
  })

  test.each(modes(['moved']))('%s', async (mode) => {
    expect((await visit(d, mode)).outcome).toBe('moved')
  })
})
