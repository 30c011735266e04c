import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import { stoppedClock } from '../../../src/domain/clock.ts'
import { HuoshuiError } from '../../../src/domain/error.ts'
import type { Kind } from '../../../src/domain/kinds.ts'
import { createBrowserPool, createFetcher, createGuard } from '../../../src/fetch/index.ts'
import type { BrowserPool, Fetcher } from '../../../src/fetch/index.ts'
import { visitAddress } from '../../../src/visit/index.ts'
import type { AddressSight, VisitorOptions } from '../../../src/visit/index.ts'
import { IDS, makeStand, standHandlers } from '../../platforms/stand.ts'
import { html, redirect, servePlatforms } from '../../platforms/shared.ts'
import type { ServedPlatforms } from '../../platforms/shared.ts'
import { FORMS, REFUSED } from './forms.ts'

const NEWEST = new Date('2026-11-20T00:30:00Z')
const clock = stoppedClock(new Date('2026-11-21T12:00:00+08:00'))
const stand = makeStand(NEWEST)
/** Where the short links of the case at hand lead. */
let leads = ''

let served: ServedPlatforms
let fetcher: Fetcher
let browser: BrowserPool
beforeAll(async () => {
  const handlers = standHandlers(stand)
  served = await servePlatforms({
    ...handlers,
    'v.m.chenzhongtech.com': (req, res) => {
      const { status, headers, body } = req.url === '/robots.txt' ? html('', 404) : redirect(leads)
      res.writeHead(status, headers).end(body)
    },
  })
  const guard = createGuard({ allowNets: ['127.0.0.0/8'] })
  fetcher = createFetcher({ guard, pacing: { pace: 0, atOnce: 8, organisationAtOnce: 8 } })
  browser = createBrowserPool({ guard, pacing: { pace: 0, atOnce: 8, organisationAtOnce: 8 } })
})
afterAll(async () => {
  await browser.close()
  await fetcher.close()
  await served.close()
})
beforeEach(() => {
  stand.wechat.mode = 'ok'
})

const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
const visit = (address: string, kind?: Kind): Promise<AddressSight> =>
  visitAddress({ address, clock, log, fetcher, browser, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'] }), bases: served.bases, ...(kind === undefined ? {} : { kind }) })

describe('every form of address that the platforms have', () => {
  test.each(FORMS.map((f) => [f.kind, f.about, f] as const))('%s: %s', async (_kind, _about, f) => {
    const sight = await visit(f.address, f.given)
    expect(sight, `${sight.outcome}: ${sight.detail}`).toMatchObject({ kind: f.kind, accountId: f.accountId, outcome: f.outcome, newest: f.newest ? '2026-11-20' : null, channel: null, register: 'none', problem: null })
    expect(sight.source).toBe(f.source)
    if (f.newest) expect(sight.witness).toMatchObject({ day: '2026-11-20', ...(f.where === undefined ? {} : { where: f.where }) })
    else expect(sight.witness).toBeNull()
    // Exactly one source spoke; every other of the chain says why it did not.
    expect(sight.attempts.filter((a) => a.spoke).map((a) => a.source)).toEqual([f.source])
    for (const a of sight.attempts) {
      if (a.skipped) expect([a.why?.zh ?? '', a.why?.en ?? '', a.source]).not.toContain('')
      else expect(a.outcome).not.toBeNull()
    }
    expect(JSON.parse(JSON.stringify(sight))).toEqual(sight)
  })
})

describe('what is no channel’s address', () => {
  test.each(REFUSED)('%s', async (_about, address, given, problem, zh, en) => {
    const refused = await visit(address, given).catch((e: unknown) => e)
    expect(refused).toBeInstanceOf(HuoshuiError)
    if (!(refused instanceof HuoshuiError)) return
    expect(refused.code).toBe('bad_input')
    expect(refused.details).toMatchObject([{ problem }])
    expect(refused.text.zh).toMatch(zh)
    expect(refused.text.en).toMatch(en)
    if (address.trim() !== '') {
      expect(refused.text.zh).toContain(address)
      expect(refused.text.en).toContain(address)
    }
  })
})

describe('what a link leads to', () => {
  test.each([
    ['a private address', 'http://10.0.0.8/admin', 'address_denied', 'private_address', /内部网络地址.*需要：https:\/\/www\.kuaishou\.com\/profile\//, /internal network.*Wanted: https/],
    ['the machine’s own metadata', 'http://169.254.169.254/latest/meta-data', 'address_denied', 'private_address', /内部网络地址/, /internal network/],
    ['one video', 'https://www.kuaishou.com/short-video/3xabc', 'unreadable', 'article', /一篇内容的链接/, /one article/],
    ['one’s own page', 'https://www.kuaishou.com/my-feed', 'unreadable', 'personal', /个人页面/, /personal page/],
    ['another platform', `https://weibo.com/u/${IDS.weibo}`, 'unreadable', 'other_kind', /新浪微博的地址，不是快手的/, /of Weibo, not of Kuaishou/],
  ] as const)('a short link to %s: said what it is and what is wanted', async (_about, target, outcome, code, zh, en) => {
    leads = target
    const sight = await visit('https://v.m.chenzhongtech.com/AbCdEf')
    expect(sight).toMatchObject({ kind: 'kuaishou', outcome, newest: null, witness: null, problem: { code } })
    expect(sight.problem?.zh).toMatch(zh)
    expect(sight.problem?.en).toMatch(en)
    expect(sight.attempts.filter((a) => !a.skipped).map((a) => a.source)).toEqual(['resolve', 'attestation'])
  })

  test('an article whose account is gone, walled off or deleted it', async () => {
    const article = `https://mp.weixin.qq.com/s/${IDS.article}`
    for (const [mode, outcome] of [['banned', 'gone_banned'], ['cancelled', 'gone_cancelled'], ['challenge', 'challenge'], ['rate_limited', 'rate_limited'], ['login_wall', 'login_wall'], ['drifted', 'parse_drift'], ['server_error', 'server_error']] as const) {
      stand.wechat.mode = mode
      expect(await visit(article), mode).toMatchObject({ outcome, newest: null, accountId: null, source: 'wechat_official.article' })
    }
    stand.wechat.mode = 'ok'
    stand.wechat.deleted.push(IDS.deleted)
    const deleted = await visit(`https://mp.weixin.qq.com/s/${IDS.deleted}`)
    expect(deleted).toMatchObject({ outcome: 'unreadable', newest: null })
    expect(deleted.advice.zh).toContain('不说明账号状态')
  })

  test('an account that has moved is followed to its new address', async () => {
    stand.wechat.mode = 'moved'
    const account = stand.wechat.accounts[IDS.newBiz]!
    account.mode = 'ok'
    stand.wechat.transferTo = `https://mp.weixin.qq.com/s/${IDS.newArticle}`
    for (const address of [`https://mp.weixin.qq.com/s?__biz=${IDS.biz}&mid=1&idx=1&sn=${IDS.article}`, `https://mp.weixin.qq.com/s/${IDS.article}`]) {
      const sight = await visit(address)
      expect(sight).toMatchObject({ outcome: 'moved', newest: null, moved: { to: stand.wechat.transferTo, found: { kind: 'wechat_official', accountId: IDS.newBiz, outcome: 'ok', newest: '2026-11-20', witness: { day: '2026-11-20' } } } })
      expect(sight.detail).toContain('newest 2026-11-20')
    }
    delete stand.wechat.transferTo
    expect(await visit(`https://mp.weixin.qq.com/s/${IDS.article}`)).toMatchObject({ outcome: 'moved', moved: null })
    delete account.mode
  })

  test('a feed that has moved is followed by its redirects', async () => {
    const bases = { ...served.bases, 'old.jiangxi.invalid': served.bases['v.m.chenzhongtech.com']! }
    leads = `https://feeds.jiangxi.invalid${IDS.feeds.rss}`
    expect(await visitAddress({ address: 'https://old.jiangxi.invalid/rss.xml', clock, log, fetcher, browser: null, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'] }), bases })).toMatchObject({ kind: 'feed', outcome: 'ok', newest: '2026-11-20' })
  })
})
