import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBilibili } from './bilibili.ts'
import { createRsshub, createWewe } from './bridges.ts'
import { createDouyin } from './douyin.ts'
import { createFeeds } from './feeds.ts'
import { createKuaishou } from './kuaishou.ts'
import { createMiniProgram } from './mini-program.ts'
import { MODES, servePlatforms } from './shared.ts'
import type { DoublePost, Mode, ServedPlatforms } from './shared.ts'
import { createHuawei, createIos, createTencentStore, createVivo, createXiaomi } from './stores.ts'
import { createToutiao } from './toutiao.ts'
import { createWechat } from './wechat.ts'
import { createWeibo, weiboTime } from './weibo.ts'
import { createXiaohongshu } from './xiaohongshu.ts'
import { createZhihu } from './zhihu.ts'

const NEWEST = new Date('2026-11-20T00:30:00Z')
const day = (n: number): Date => new Date(NEWEST.getTime() - n * 86_400_000)
/** Out of order, with a pinned old one, a repost, a liked one and an undated one. */
const posts: readonly DoublePost[] = [
  { id: '5000000000000000003', title: '旧闻', at: day(9) },
  { id: '5000000000000000001', title: '最新通报', at: NEWEST, comments: 2 },
  { id: '5000000000000000009', title: '置顶公告', at: day(400), pinned: true },
  { id: '5000000000000000002', title: '转发', at: day(1), repostOf: day(700) },
  { id: '5000000000000000005', title: '没有日期', at: day(3), undated: true },
]
const base = { name: '样例发布', posts }
const xhs = posts.map((p, i) => ({ ...p, id: `65${'0'.repeat(21)}${i}` }))
const app = { id: 'cn.gov.jx.sample', name: '样例通', posts: [{ id: '1', title: '2.3.0', at: NEWEST }, { id: '0', title: '2.2.0', at: day(90) }], trackId: 1234567890, vivoId: '2233445', huaweiId: 'C100200300', developer: '样例大数据局' }

const state = <A>(account: A & { id: string }) => ({ accounts: { [account.id]: account }, mode: 'ok' as Mode, slowMs: 20 })
const states = {
  weibo: state({ id: '2999999999', ...base }),
  wechat: state({ id: 'MzI5OTk5OTk5OQ==', userName: 'gh_0123456789ab', appid: 'wx1', secret: 's', byHand: ['5000000000000000001'], ...base }),
  wewe: { ...state({ id: 'MP_WXS_3299999999', ...base }), syncedAt: NEWEST },
  rsshub: { ...state({ id: '2999999999', ...base }), syncedAt: NEWEST },
  feeds: { mode: 'ok' as Mode, accounts: { '/a.xml': { id: '/a.xml', format: 'rss' as const, dates: 'china' as const, encoding: 'gb2312' as const, builtAt: day(-2), ...base }, '/b.xml': { id: '/b.xml', format: 'atom' as const, builtAt: day(-2), ...base } } },
  store: state(app),
  mini: state({ id: 'wx0123456789abcdef', ...base }),
  douyin: state({ id: 'MS4wLjABAAAAsample', short: 'iAbc123', openId: 'open-1', ...base }),
  kuaishou: state({ id: '3xsample', short: 'xYz', ...base }),
  toutiao: state({ id: 'MS4wLjABAAAAtoken', ...base }),
  bilibili: state({ id: '123456789', short: 'aBc', ...base }),
  xiaohongshu: state({ id: '5f0000000000000000000001', ...base, posts: xhs }),
  zhihu: state({ id: 'jx-sample', column: 'c_1', ...base }),
}

let served: ServedPlatforms
beforeAll(async () => {
  served = await servePlatforms({
    'm.weibo.cn': createWeibo(states.weibo), 'mp.weixin.qq.com': createWechat(states.wechat), wewe: createWewe(states.wewe), rsshub: createRsshub(states.rsshub), feeds: createFeeds(states.feeds),
    'itunes.apple.com': createIos(states.store), 'sj.qq.com': createTencentStore(states.store), vivo: createVivo(states.store), 'app.mi.com': createXiaomi(states.store), huawei: createHuawei(states.store),
    mini: createMiniProgram(states.mini), 'www.douyin.com': createDouyin(states.douyin), 'www.kuaishou.com': createKuaishou(states.kuaishou), 'www.toutiao.com': createToutiao(states.toutiao),
    'api.bilibili.com': createBilibili(states.bilibili), 'www.xiaohongshu.com': createXiaohongshu(states.xiaohongshu), 'www.zhihu.com': createZhihu(states.zhihu),
  })
})
afterAll(() => served.close())
beforeEach(() => {
  for (const s of Object.values(states)) s.mode = 'ok'
})

async function ask(host: string, path: string, init: RequestInit = {}): Promise<{ status: number; body: string; headers: Headers }> {
  const reply = await fetch(`${served.bases[host]}${path}`, { redirect: 'manual', ...init })
  return { status: reply.status, body: await reply.text(), headers: reply.headers }
}
const S = Math.floor(NEWEST.getTime() / 1000)
const WEIBO = '/api/container/getIndex?type=uid&value=2999999999'
const DOUYIN = '/aweme/v1/web/aweme/post/?sec_user_id=MS4wLjABAAAAsample&max_cursor=0'
const XHS = '/user/profile/5f0000000000000000000001'
const post = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** Where each double shows its newest post, and that post's time in the platform's own form. */
const LISTS: readonly (readonly [name: keyof typeof states, host: string, path: string, time: string, init?: RequestInit])[] = [
  ['weibo', 'm.weibo.cn', `${WEIBO}&containerid=1076032999999999`, weiboTime(NEWEST)],
  ['wechat', 'mp.weixin.qq.com', '/mp/appmsgalbum?__biz=MzI5OTk5OTk5OQ==&f=json', `"${S}"`],
  ['wewe', 'wewe', '/feeds/MP_WXS_3299999999.json', NEWEST.toISOString()],
  ['rsshub', 'rsshub', '/weibo/user/2999999999', NEWEST.toUTCString()],
  ['feeds', 'feeds', '/a.xml', '<pubDate>2026-11-20 08:30:00</pubDate>'],
  ['store', 'itunes.apple.com', '/lookup?id=1234567890&country=cn', '2026-11-20T00:30:00Z'],
  ['store', 'sj.qq.com', '/wechat-apkinfo', `"update_time":${S}`, post({ packagename: app.id })],
  ['store', 'sj.qq.com', `/appdetail/${app.id}`, String(S)],
  ['store', 'vivo', '/detail/2233445', '2026-11-20 08:30:00'],
  ['store', 'app.mi.com', `/details?id=${app.id}`, '<li>2026-11-20</li>'],
  ['store', 'huawei', '/edge/webedge/appinfo', String(NEWEST.getTime()), post({ pkgName: app.id })],
  ['douyin', 'www.douyin.com', DOUYIN, `"create_time":${S}`],
  ['kuaishou', 'www.kuaishou.com', '/rest/v/profile/feed', `"timestamp":${NEWEST.getTime()}`, post({ user_id: '3xsample', pcursor: '' })],
  ['kuaishou', 'www.kuaishou.com', '/live_api/profile/public?principalId=3xsample', `"timestamp":${NEWEST.getTime()}`],
  ['toutiao', 'www.toutiao.com', '/api/pc/list/feed?token=MS4wLjABAAAAtoken', `"publish_time":${S}`],
  ['bilibili', 'api.bilibili.com', '/x/polymer/web-dynamic/v1/feed/space?host_mid=123456789', `"pub_ts":${S}`],
  ['xiaohongshu', 'www.xiaohongshu.com', `/explore/${xhs[1]!.id}`, `"time":${NEWEST.getTime()}`],
  ['zhihu', 'www.zhihu.com', '/api/v3/moments/jx-sample/activities', `"created_time":${S}`],
]

const CASES = LISTS.map(([name, host, path, time, init]) => ({ name, host, path, time, init }))

describe('platform doubles', () => {
  it.each(CASES)('$name at $host$path shows its newest post in the platform’s form', async ({ host, path, time, init }) => {
    const reply = await ask(host, path, init)
    expect(reply.status).toBe(200)
    expect(reply.body).toContain(time)
  })

  it.each(CASES)('$name at $host$path shows nothing of it behind a wall or in another structure', async ({ name, host, path, time, init }) => {
    for (const mode of ['challenge', 'login_wall', 'rate_limited', 'blocked', 'server_error', 'drifted'] as const) {
      states[name].mode = mode
      // Bridges are walled by their upstream only in the ways they show.
      if ((name === 'wewe' || name === 'rsshub') && !['server_error', 'drifted'].includes(mode)) continue
      if (name === 'rsshub' && mode === 'drifted') continue
      expect((await ask(host, path, init)).body, mode).not.toContain(time)
    }
  })

  it('answers every mode of every double without failing', async () => {
    for (const mode of MODES) {
      for (const [name, host, path, , init] of LISTS) {
        states[name].mode = mode
        expect((await ask(host, path, init)).status, `${name} ${mode}`).toBeGreaterThanOrEqual(200)
      }
    }
  })

  it('lists pinned posts first, the rest by date, and leaves missing dates missing', async () => {
    const cards = JSON.parse((await ask('m.weibo.cn', `${WEIBO}&containerid=1`)).body) as { data: { cards: { profile_type_id?: string; card_type: number; mblog?: { id: string; created_at?: string } }[] } }
    expect(cards.data.cards[0]).toMatchObject({ profile_type_id: 'proweibotop_0', mblog: { id: '5000000000000000009' } })
    expect(cards.data.cards[1]!.mblog!.id).toBe('5000000000000000001')
    const awemes = (JSON.parse((await ask('www.douyin.com', DOUYIN)).body) as { aweme_list: { is_top: number; create_time?: number }[] }).aweme_list
    expect([awemes[0]!.is_top, awemes.filter((a) => a.create_time === undefined).length]).toEqual([1, 1])
    expect((await ask('www.xiaohongshu.com', XHS)).body).not.toMatch(/"time"/)
  })

  it('says each death in its own words', async () => {
    const said: readonly (readonly [keyof typeof states, string, string, Mode, string])[] = [
      ['weibo', 'm.weibo.cn', WEIBO, 'nonexistent', '该用户不存在(20003)'],
      ['wechat', 'mp.weixin.qq.com', '/s/5000000000000000001', 'cancelled', '此帐号已自主注销'],
      ['wechat', 'mp.weixin.qq.com', '/s/5000000000000000001', 'banned', '此帐号已被屏蔽'],
      ['mini', 'mini', '/mp/waerrpage?appid=wx0123456789abcdef&type=offshelf', 'cancelled', '小程序已暂停服务'],
      ['douyin', 'www.douyin.com', '/user/MS4wLjABAAAAsample', 'cancelled', '该账号已注销'],
      ['kuaishou', 'www.kuaishou.com', '/profile/3xsample', 'banned', '封禁'],
      ['bilibili', 'api.bilibili.com', '/x/web-interface/card?mid=123456789', 'nonexistent', '"code":-404'],
      ['xiaohongshu', 'www.xiaohongshu.com', XHS, 'cancelled', '已注销'],
      ['zhihu', 'www.zhihu.com', '/org/jx-sample', 'banned', '禁言'],
      ['store', 'itunes.apple.com', '/lookup?id=1234567890&country=cn', 'nonexistent', '"resultCount":0'],
    ]
    for (const [name, host, path, mode, text] of said) {
      states[name].mode = mode
      expect((await ask(host, path)).body, `${name} ${mode}`).toContain(text)
    }
  })

  it('uses the statuses by which walls are known', async () => {
    const status = async (name: keyof typeof states, host: string, path: string, mode: Mode): Promise<number> => {
      states[name].mode = mode
      return (await ask(host, path)).status
    }
    expect(await status('weibo', 'm.weibo.cn', WEIBO, 'blocked')).toBe(432)
    expect(await status('bilibili', 'api.bilibili.com', '/x/web-interface/card?mid=123456789', 'blocked')).toBe(412)
    expect(await status('xiaohongshu', 'www.xiaohongshu.com', XHS, 'challenge')).toBe(461)
    expect(await status('zhihu', 'www.zhihu.com', '/org/jx-sample', 'challenge')).toBe(403)
    states.douyin.mode = 'challenge'
    expect((await ask('www.douyin.com', DOUYIN)).body).toBe('')
    states.douyin.mode = 'blocked'
    expect((await ask('www.douyin.com', DOUYIN)).body).toBe('blocked')
  })

  it('resolves short links and vanity names by redirects', async () => {
    expect((await ask('www.douyin.com', '/iAbc123/')).headers.get('location')).toContain('sec_uid=MS4wLjABAAAAsample')
    expect((await ask('www.kuaishou.com', '/xYz')).headers.get('location')).toBe('https://www.kuaishou.com/profile/3xsample')
    expect((await ask('api.bilibili.com', '/aBc')).headers.get('location')).toBe('https://space.bilibili.com/123456789')
    expect((await ask('m.weibo.cn', `/n/${encodeURIComponent('样例发布')}`)).headers.get('location')).toBe('/u/2999999999')
  })

  it('leaves what was sent by hand out of WeChat’s official list, and says ours where a credential fails', async () => {
    const token = JSON.parse((await ask('mp.weixin.qq.com', '/cgi-bin/token?appid=wx1&secret=s')).body) as { access_token: string }
    const list = await ask('mp.weixin.qq.com', `/cgi-bin/freepublish/batchget?access_token=${token.access_token}`, post({ offset: 0, count: 20 }))
    expect(list.body).not.toContain('5000000000000000001')
    expect(list.body).toContain('5000000000000000002')
    expect((await ask('mp.weixin.qq.com', '/cgi-bin/token?appid=wx1&secret=x')).body).toContain('40125')
    expect((await ask('mp.weixin.qq.com', '/cgi-bin/comment/list?access_token=old', post({}))).body).toContain('42001')
    expect((await ask('mp.weixin.qq.com', '/s/5000000000000000001')).body).toMatch(/var ct = "\d{10}".*svr_time/)
  })

  it('answers renamed accounts under the new name, one account apart from the rest', async () => {
    states.toutiao.mode = 'renamed'
    expect((await ask('www.toutiao.com', '/api/pc/list/feed?token=MS4wLjABAAAAtoken')).body).toContain('样例发布（新）')
    const account = states.zhihu.accounts['jx-sample']! as { mode?: Mode }
    account.mode = 'nonexistent'
    expect((await ask('www.zhihu.com', '/org/jx-sample')).status).toBe(404)
    delete account.mode
    expect((await ask('www.zhihu.com', '/org/jx-sample')).status).toBe(200)
  })

  it('encodes a GB2312 feed as its prolog says', async () => {
    const bytes = Buffer.from(await (await fetch(`${served.bases['feeds']}/a.xml`)).arrayBuffer())
    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toContain('最新通报')
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError)
  })
})
