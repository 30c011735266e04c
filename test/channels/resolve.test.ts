import { describe, expect, test } from 'vitest'
import { runChain } from '../../src/channels/chain.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import type { Ask, Reply, Task } from '../../src/channels/types.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { html, identityOf, json, NOW, urlOf } from './conformance/kit.ts'
import { articlePage } from './fixtures/wechat_official.ts'

const SEC = 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2'
const to = (location: string): Reply => ({ status: 302, url: '', headers: { location }, body: '' })

async function resolve(kind: Kind, address: string, answers: Readonly<Record<string, Reply>>, more: Partial<Task> = {}) {
  const asked: string[] = []
  const task: Task = { kind, identity: identityOf(kind, address), now: NOW, browser: false, ...more }
  const result = await runChain(CHANNELS[kind], task, async (ask: Ask): Promise<Reply> => {
    const { href } = urlOf(ask)
    asked.push(href)
    const reply = answers[href] ?? { failed: 'refused' as const, detail: 'not in this test' }
    return 'failed' in reply ? reply : { ...reply, url: href }
  })
  return { result, asked }
}

describe('short links and vanity names', () => {
  test('a short link is followed until an address names the account, and no further', async () => {
    const { result, asked } = await resolve('douyin', 'https://v.douyin.com/iAbCdEf/', { 'https://v.douyin.com/iAbCdEf': to(`https://www.iesdouyin.com/share/user/7?sec_uid=${SEC}`) })
    expect(result.identity).toMatchObject({ key: SEC, address: `https://www.douyin.com/user/${SEC}` })
    expect(result.remember).toEqual({ account: `https://www.douyin.com/user/${SEC}` })
    expect(asked).toEqual(['https://v.douyin.com/iAbCdEf'])
  })

  test('what was learned is not asked again', async () => {
    const { result, asked } = await resolve('douyin', 'https://v.douyin.com/iAbCdEf/', {}, { memory: { account: `https://www.douyin.com/user/${SEC}` } })
    expect(result.identity.key).toBe(SEC)
    expect(asked).toEqual([])
  })

  test('several hops', async () => {
    const { result } = await resolve('bilibili', 'https://b23.tv/AbCdEf1', { 'https://b23.tv/AbCdEf1': to('https://b23.tv/second1'), 'https://b23.tv/second1': to('https://m.bilibili.com/space/1234567?share=1') })
    expect(result.identity.key).toBe('1234567')
  })

  test.each([
    ['https://weibo.com/jxfabu', { 'https://weibo.com/jxfabu': to('https://weibo.com/u/1234567890') }],
    ['https://weibo.com/jxfabu', { 'https://weibo.com/jxfabu': html("<script>$CONFIG['oid']='1234567890';</script>") }],
    ['@江西发布', { 'https://weibo.com/ajax/profile/info?screen_name=%E6%B1%9F%E8%A5%BF%E5%8F%91%E5%B8%83': json({ ok: 1, data: { user: { id: 1234567890, idstr: '1234567890', screen_name: '江西发布' } } }) }],
  ])('weibo %s', async (address, answers) => {
    expect((await resolve('weibo', address, answers)).result.identity.key).toBe('1234567890')
  })

  test('an article gives its account, whatever other accounts it links to', async () => {
    const url = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'
    const { result } = await resolve('wechat_official', `${url}?scene=1`, { [url]: html(articlePage(new Date('2026-11-20T00:00:00Z'))) })
    expect(result).toMatchObject({ identity: { key: 'MzIzNDcyMTI5MQ==' }, outcome: 'ok', newest: '2026-11-20', existence: 'exists' })
  })
})

describe('when it cannot be resolved', () => {
  test('a link to an internal network is refused, and said so', async () => {
    const { result } = await resolve('douyin', 'https://v.douyin.com/iAbCdEf/', {
      'https://v.douyin.com/iAbCdEf': to('http://169.254.169.254/latest/meta-data'), 'http://169.254.169.254/latest/meta-data': { failed: 'address_denied', detail: 'link-local' },
    })
    expect(result).toMatchObject({ outcome: 'address_denied', existence: 'unknown', identityProblem: { problem: 'private_address' } })
    expect(result.advice.zh).toContain('https://v.douyin.com/iAbCdEf')
    expect(result.advice.zh).toContain('https://www.douyin.com/user/')
    expect(result.advice.zh).not.toMatch(/\{\w+\}/)
  })

  test.each([
    ['https://www.douyin.com/video/7300000000000000000', 'article'],
    ['https://weibo.com/u/1234567890', 'other_kind'],
  ])('a link that leads to %s', async (target, code) => {
    const { result } = await resolve('douyin', 'https://v.douyin.com/iAbCdEf/', { 'https://v.douyin.com/iAbCdEf': to(target) })
    expect(result.identityProblem?.problem).toBe(code)
    expect(result).toMatchObject({ newest: null, existence: 'unknown' })
  })

  test.each([[403, 'forbidden'], [412, 'challenge'], [429, 'rate_limited'], [502, 'server_error'], [404, 'unreadable']] as const)('HTTP %i is %s, and no death', async (status, outcome) => {
    const { result } = await resolve('kuaishou', 'https://v.kuaishou.com/AbCdEf', { 'https://v.kuaishou.com/AbCdEf': html('', status) })
    expect(result).toMatchObject({ outcome, existence: 'unknown' })
  })

  test('the unit’s statement still speaks', async () => {
    const { result } = await resolve('kuaishou', 'https://v.kuaishou.com/AbCdEf', {}, { attestation: { newestOn: '2026-11-01', statedOn: '2026-11-02' } })
    expect(result).toMatchObject({ outcome: 'attested', newest: '2026-11-01' })
    expect(result.attempts[0]).toMatchObject({ source: 'resolve', outcome: 'refused' })
  })

  test('links that lead in a circle', async () => {
    const { result } = await resolve('bilibili', 'https://b23.tv/AbCdEf1', { 'https://b23.tv/AbCdEf1': to('https://b23.tv/AbCdEf1') })
    expect(result.outcome).toBe('redirect_loop')
  })
})
