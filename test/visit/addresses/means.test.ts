import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listCredentials, removeBridge, setBridge, setCredential } from '../../../src/credentials/index.ts'
import { loadConfig } from '../../../src/config/load.ts'
import type { Kind } from '../../../src/domain/kinds.ts'
import { visitAddress } from '../../../src/visit/index.ts'
import type { AddressSight, VisitorOptions } from '../../../src/visit/index.ts'
import { KEY_A, SECRET } from '../../credentials/fixtures.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { IDS, makeStand, standHandlers } from '../../platforms/stand.ts'
import { servePlatforms } from '../../platforms/shared.ts'
import type { ServedPlatforms } from '../../platforms/shared.ts'

const NOW = '2026-11-21T12:00:00+08:00'
const NEWEST = new Date('2026-11-20T00:30:00Z')
const stand = makeStand(NEWEST)
const keys = { data: '/nonexistent', key: KEY_A }
let t: TestDatabase
let served: ServedPlatforms
beforeAll(async () => {
  t = await testDatabase({ now: NOW })
  served = await servePlatforms(standHandlers(stand))
})
afterAll(async () => {
  await served.close()
  await t.close()
})
afterEach(() => {
  stand.weibo.mode = 'ok'
  stand.wechat.mode = 'ok'
  stand.wewe.syncedAt = NEWEST
  t.ctx.clock.set(new Date(NOW))
})

const warnings: string[] = []
const log = { warn: (m: unknown) => void warnings.push(String(m)), info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
const visit = (address: string, kind?: Kind): Promise<AddressSight> =>
  visitAddress({ address, ctx: t.ctx, clock: t.ctx.clock, log, browser: null, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], key: KEY_A }), bases: served.bases, ...(kind === undefined ? {} : { kind }) })
const attempt = (sight: AddressSight, source: string) => sight.attempts.find((a) => a.source === source)
const base = (host: string): string => served.bases[host]!

/** How many rows a visit could have left. */
async function kept(): Promise<unknown> {
  const { sql } = t.db
  return sql`select (select count(*) from channel) as channels, (select count(*) from visit) as visits, (select count(*) from observation) as observations, (select count(*) from page) as pages,
    (select count(*) from item) as items, (select count(*) from evidence) as evidence, (select count(*) from candidate) as candidates`
}

describe('an address that is not registered', () => {
  test('without means: every source says what it lacks', async () => {
    const sight = await visit(IDS.biz)
    expect(sight).toMatchObject({ register: 'used', channel: null, outcome: 'not_attested', source: 'attestation' })
    expect(attempt(sight, 'wechat_official.api')).toMatchObject({ skipped: true, outcome: 'credential_missing', why: { zh: '未配置凭据 wechat_official.api（appid、secret）', en: 'no credential wechat_official.api (appid, secret) is configured' } })
    expect(attempt(sight, 'wechat_official.wewe')).toMatchObject({ skipped: true, why: { zh: '未配置可用于此账号的转接' } })
    expect(attempt(sight, 'wechat_official.article')).toMatchObject({ skipped: true, why: { zh: '地址中没有该来源所需的标识' } })
    const rendered = await visit(IDS.secUid)
    expect(attempt(rendered, 'douyin.page')).toMatchObject({ skipped: true, why: { zh: '未启用浏览器', en: 'no browser is at hand' } })
  })

  test('the bridge of its kind is used, its own freshness is checked, and nothing is registered', async () => {
    await setBridge({ ctx: t.ctx, keys, input: { kind: 'wechat_official', type: 'wewe', url: base('wewe.invalid') } })
    const before = await kept()
    const sight = await visit(IDS.biz)
    expect(sight).toMatchObject({ outcome: 'ok', newest: '2026-11-20', source: 'wechat_official.wewe', accountId: IDS.biz, channel: null })
    expect(attempt(sight, 'wechat_official.wewe')).toMatchObject({ spoke: true, skipped: false })
    expect(attempt(sight, 'attestation')).toMatchObject({ outcome: null, skipped: true, why: { zh: '前面的来源已有结论，未再询问', en: 'not asked: an earlier source had spoken' } })
    stand.wewe.syncedAt = new Date(NEWEST.getTime() - 60 * 86_400_000)
    t.ctx.clock.advance(30 * 86_400_000)
    const stale = await visit(IDS.biz)
    expect(stale).toMatchObject({ newest: null })
    expect(attempt(stale, 'wechat_official.wewe')).toMatchObject({ outcome: 'bridge_stale', skipped: false })
    t.ctx.clock.set(new Date(NOW))
    await removeBridge({ ctx: t.ctx, input: { kind: 'wechat_official', type: 'wewe' } })
    expect((await visit(IDS.biz)).newest).toBeNull()
    expect(await kept()).toEqual(before)
  })

  test.each([
    ['weibo', `https://weibo.com/u/${IDS.weibo}`, 'weibo.rsshub'],
    ['wechat_official', `https://mp.weixin.qq.com/mp/appmsgalbum?__biz=${IDS.biz}&action=getalbum&album_id=${IDS.album}`, 'wechat_official.rsshub'],
    ['douyin', IDS.secUid, 'douyin.rsshub'],
    ['toutiao', `https://www.toutiao.com/c/user/token/${IDS.toutiao}/`, 'toutiao.rsshub'],
    ['bilibili', `https://space.bilibili.com/${IDS.bilibili}`, 'bilibili.rsshub'],
    ['zhihu', `https://zhuanlan.zhihu.com/${IDS.column}`, 'zhihu.rsshub'],
  ] as const)('%s behind a wall: RSSHub speaks, and the wall is told', async (kind, address, source) => {
    stand.weibo.mode = 'blocked'
    stand.wechat.mode = 'challenge'
    await setBridge({ ctx: t.ctx, keys, input: { kind, type: 'rsshub', url: `${base('rsshub.invalid')}/?key=${SECRET}` } })
    const sight = await visit(address)
    expect(sight, JSON.stringify(sight.attempts)).toMatchObject({ outcome: 'ok', newest: '2026-11-20', source, channel: null })
    expect(attempt(sight, source)?.spoke).toBe(true)
    if (kind === 'weibo') expect(attempt(sight, 'weibo.mobile')).toMatchObject({ outcome: 'challenge', spoke: false })
    if (kind === 'wechat_official') expect(attempt(sight, 'wechat_official.album')).toMatchObject({ outcome: 'challenge', spoke: false })
    expect(JSON.stringify(sight)).not.toContain(SECRET)
    await removeBridge({ ctx: t.ctx, input: { kind, type: 'rsshub' } })
  })

  test('a credential for all is used; its failure is on the board, and nothing is said of the account', async () => {
    await setCredential({ ctx: t.ctx, keys, input: { id: 'weibo.api', values: { access_token: SECRET } } })
    const refused = await visit(IDS.weibo, 'weibo')
    expect(attempt(refused, 'weibo.api')).toMatchObject({ skipped: false, outcome: 'credential_expired', spoke: false })
    expect(refused).toMatchObject({ outcome: 'ok', source: 'weibo.mobile' })
    expect((await listCredentials({ ctx: t.ctx }))[0]).toMatchObject({ id: 'weibo.api', state: 'stopped', lastFailure: 'credential_expired' })
    await setCredential({ ctx: t.ctx, keys, input: { id: 'weibo.api', values: { access_token: 'good' } } })
    expect(await visit(IDS.weibo, 'weibo')).toMatchObject({ outcome: 'ok', newest: '2026-11-20', source: 'weibo.api' })
    expect((await listCredentials({ ctx: t.ctx }))[0]).toMatchObject({ state: 'works', failures: 0 })
    expect(JSON.stringify(refused) + warnings.join()).not.toContain(SECRET)
    expect(await t.db.sql`select 1 from channel`).toHaveLength(0)
  })
})

describe('an address that is registered', () => {
  const register = async (kind: Kind, key: string, address: string, name: string): Promise<number> => {
    const [row] = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, account_id) values (${kind}, ${name}, ${address}, ${address}, ${key}, ${key}) returning id::int`
    return row!.id
  }

  test('the official API speaks with the account’s own key', async () => {
    const id = await register('wechat_official', IDS.biz, IDS.biz, IDS.name)
    await setCredential({ ctx: t.ctx, keys, input: { id: 'wechat_official.api', values: { appid: 'wx00000000000000aa', secret: 'an-app-secret' }, channel: id } })
    const before = await kept()
    for (const address of [IDS.biz, IDS.wewe, `https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=${IDS.biz}`]) {
      expect(await visit(address)).toMatchObject({ channel: id, outcome: 'ok', newest: '2026-11-20', source: 'wechat_official.api', witness: { day: '2026-11-20' } })
    }
    expect(await kept()).toEqual(before)
  })

  test('its own key, its own bridge and the unit’s statement are used, and nothing is written of the visit', async () => {
    const douyin = await register('douyin', IDS.secUid, `https://www.douyin.com/user/${IDS.secUid}`, IDS.name)
    await setCredential({ ctx: t.ctx, keys, input: { id: 'douyin.api', values: { access_token: 'good', open_id: 'open-1' }, channel: douyin } })
    expect(await visit('https://v.douyin.com/iAbCdEf/')).toMatchObject({ channel: null, accountId: IDS.secUid })
    const before = await kept()
    expect(await visit(IDS.secUid)).toMatchObject({ channel: douyin, outcome: 'ok', newest: '2026-11-20', source: 'douyin.api' })
    const kuaishou = await register('kuaishou', IDS.kuaishou, `https://www.kuaishou.com/profile/${IDS.kuaishou}`, IDS.name)
    await setBridge({ ctx: t.ctx, keys, input: { channel: kuaishou, type: 'feed', url: `${base('feeds.jiangxi.invalid')}${IDS.feeds.rss}` } })
    expect(await visit(IDS.kuaishou)).toMatchObject({ channel: kuaishou, outcome: 'ok', newest: '2026-11-20', source: 'kuaishou.feed' })
    const group = await register('wechat_channels', '江西发布', '江西发布', '江西发布')
    await t.db.sql`insert into attestation (channel_id, newest_on, stated_on, stated_by, source) values (${group}, '2026-11-18', '2026-11-19', '张三', 'command')`
    expect(await visit('江西发布', 'wechat_channels')).toMatchObject({ channel: group, outcome: 'attested', newest: '2026-11-18', source: 'attestation' })
    expect(await kept()).toMatchObject([{ visits: '0', observations: '0', pages: '0' }])
    expect(before).toMatchObject([{ visits: '0' }])
  })
})
