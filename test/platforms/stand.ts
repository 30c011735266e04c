import { BILIBILI_HOSTS, createBilibili } from './bilibili.ts'
import type { BilibiliAccount } from './bilibili.ts'
import { createRsshub, createWewe } from './bridges.ts'
import type { BridgeState } from './bridges.ts'
import { DOUYIN_HOSTS, createDouyin } from './douyin.ts'
import type { DouyinAccount } from './douyin.ts'
import { createFeeds } from './feeds.ts'
import type { FeedAccount } from './feeds.ts'
import { KUAISHOU_HOSTS, createKuaishou } from './kuaishou.ts'
import type { KuaishouAccount } from './kuaishou.ts'
import { createMiniProgram } from './mini-program.ts'
import type { DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'
import { STORE_HOSTS, createHuawei, createIos, createTencentStore, createVivo, createXiaomi } from './stores.ts'
import type { StoreApp } from './stores.ts'
import { TOUTIAO_HOSTS, createToutiao } from './toutiao.ts'
import type { ToutiaoAccount } from './toutiao.ts'
import { WECHAT_HOSTS, createWechat } from './wechat.ts'
import type { WechatState } from './wechat.ts'
import { WEIBO_HOSTS, createWeibo } from './weibo.ts'
import type { WeiboAccount } from './weibo.ts'
import { XIAOHONGSHU_HOSTS, createXiaohongshu } from './xiaohongshu.ts'
import type { XiaohongshuAccount } from './xiaohongshu.ts'
import { ZHIHU_HOSTS, createZhihu } from './zhihu.ts'
import type { ZhihuAccount } from './zhihu.ts'

/** One account on every platform, under every id that it can be addressed by. */
export const IDS = {
  name: '江西发布',
  weibo: '1234567890',
  biz: 'MzIzNDcyMTI5MQ==', wewe: 'MP_WXS_3234721291', gh: 'gh_bc6c492e205e', album: '1234567890123456789',
  article: 'AbCdEfGhIjKlMnOpQrStUv', deleted: 'DeLeTeDiJkLmNoPqRsTuVw',
  /** A second account, to which the first may move. */
  newBiz: 'MzkwMTIzNDU2Nw==', newArticle: 'NeWeFgHiJkLmNoPqRsTuVw',
  mini: 'wx0123456789abcdef',
  secUid: 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2',
  kuaishou: '3xk46q9cdnvgife',
  toutiao: 'MS4wLjABAAAAtoutiao0123456789', toutiaoOld: '5900000001',
  bilibili: '1234567',
  xiaohongshu: '5f0123456789abcdef012345',
  zhihu: 'jiang-xi-fa-bu', column: 'c_1234567890123456789',
  pkg: 'cn.gov.jiangxi.app', track: '1234567890', vivo: '2233445', huawei: 'C100200300',
  feeds: { rss: '/rss.xml', atom: '/atom.xml', rdf: '/index.rdf', json: '/feed.json' },
} as const

export const STAND_FEEDS = 'https://feeds.jiangxi.invalid'

const DAY = 86_400_000
const hex = (n: number): string => n.toString(16).padStart(24, '0')

/** Posts of an account whose newest came out at `newest`: out of order, an old one pinned, one of them a repost. */
export function postsUntil(newest: Date, ids: (n: number) => string = (n) => `500000000000000${n}`): DoublePost[] {
  const back = (days: number): Date => new Date(newest.getTime() - days * DAY)
  return [
    { id: ids(3), title: '旧闻', at: back(9) },
    { id: ids(1), title: '最新通报', at: newest, comments: 2 },
    { id: ids(9), title: '置顶公告', at: back(400), pinned: true },
    { id: ids(2), title: '转发通知', at: back(1), repostOf: back(700) },
  ]
}

export type Stand = {
  readonly weibo: PlatformState<WeiboAccount>
  readonly wechat: WechatState & { temporary: Record<string, string>; transferTo?: string; deleted: string[] }
  readonly mini: PlatformState
  readonly wewe: BridgeState
  readonly rsshub: BridgeState
  readonly feeds: PlatformState<FeedAccount>
  readonly apps: PlatformState<StoreApp>
  readonly douyin: PlatformState<DouyinAccount>
  readonly kuaishou: PlatformState<KuaishouAccount>
  readonly toutiao: PlatformState<ToutiaoAccount>
  readonly bilibili: PlatformState<BilibiliAccount>
  readonly xiaohongshu: PlatformState<XiaohongshuAccount>
  readonly zhihu: PlatformState<ZhihuAccount>
}

const state = <A extends DoubleAccount>(...accounts: A[]): PlatformState<A> => ({ mode: 'ok' as Mode, slowMs: 20, accounts: Object.fromEntries(accounts.map((a) => [a.id, a])) })

/** Every platform with that account, its newest post at `newest`. The states may be switched while it is served. */
export function makeStand(newest: Date): Stand {
  const posts = postsUntil(newest)
  const base = { name: IDS.name, posts }
  const feed = (id: string, format: FeedAccount['format'], more: Partial<FeedAccount> = {}): FeedAccount => ({ id, format, builtAt: new Date(newest.getTime() + 2 * DAY), ...base, ...more })
  const articles = postsUntil(newest, (n) => (n === 1 ? IDS.article : n === 3 ? IDS.deleted : `ArTiClEnUmBeR00000000${n}`))
  return {
    weibo: state<WeiboAccount>({ id: IDS.weibo, domain: 'jxfabu', ...base }),
    wechat: {
      ...state(
        { id: IDS.biz, name: IDS.name, posts: articles, userName: IDS.gh, appid: 'wx00000000000000aa', secret: 'an-app-secret' },
        { id: IDS.newBiz, name: IDS.name, posts: [{ id: IDS.newArticle, title: '迁移后首篇', at: newest }], userName: 'gh_0123456789ab' },
      ),
      temporary: { 'still-good': IDS.article }, deleted: [],
    },
    mini: state({ id: IDS.mini, name: '赣服通', posts: [] }),
    wewe: { ...state({ id: IDS.wewe, name: IDS.name, posts: articles }), syncedAt: newest },
    rsshub: { ...state(...[IDS.weibo, IDS.album, IDS.secUid, IDS.toutiao, IDS.bilibili, IDS.column].map((id) => ({ id, ...base }))), syncedAt: newest },
    feeds: state(feed(IDS.feeds.rss, 'rss', { dates: 'china', encoding: 'gb2312' }), feed(IDS.feeds.atom, 'atom'), feed(IDS.feeds.rdf, 'rdf'), feed(IDS.feeds.json, 'json')),
    apps: state<StoreApp>({ id: IDS.pkg, name: '赣服通', posts: [{ id: '1', title: '2.3.0', at: newest }], trackId: Number(IDS.track), vivoId: IDS.vivo, huaweiId: IDS.huawei, developer: '江西省信息中心', short: 'AbCdEf' }),
    douyin: state<DouyinAccount>({ id: IDS.secUid, short: 'iAbCdEf', openId: 'open-1', ...base }),
    kuaishou: state<KuaishouAccount>({ id: IDS.kuaishou, short: 'AbCdEf', ...base }),
    toutiao: state<ToutiaoAccount>({ id: IDS.toutiao, short: 'AbCdEf', ...base }, { id: IDS.toutiaoOld, ...base }),
    bilibili: state<BilibiliAccount>({ id: IDS.bilibili, short: 'AbCdEf1', ...base }),
    xiaohongshu: state<XiaohongshuAccount>({ id: IDS.xiaohongshu, short: 'AbCdEf', name: IDS.name, posts: postsUntil(newest, hex) }),
    zhihu: state<ZhihuAccount>({ id: IDS.zhihu, column: IDS.column, ...base }),
  }
}

/** A handler for every host of every platform. Bridges stand under `wewe.invalid` and `rsshub.invalid`. */
export function standHandlers(s: Stand): Readonly<Record<string, Handler>> {
  const under = (hosts: readonly string[], handle: Handler): Record<string, Handler> => Object.fromEntries(hosts.map((h) => [h, handle]))
  const wechat = createWechat(s.wechat)
  const mini = createMiniProgram(s.mini)
  return {
    ...under(WECHAT_HOSTS, (req, res) => ((req.url ?? '').startsWith('/mp/waerrpage') ? mini : wechat)(req, res)),
    ...under(WEIBO_HOSTS, createWeibo(s.weibo)),
    ...under(DOUYIN_HOSTS, createDouyin(s.douyin)),
    ...under(KUAISHOU_HOSTS, createKuaishou(s.kuaishou)),
    ...under(TOUTIAO_HOSTS, createToutiao(s.toutiao)),
    ...under(BILIBILI_HOSTS, createBilibili(s.bilibili)),
    ...under(XIAOHONGSHU_HOSTS, createXiaohongshu(s.xiaohongshu)),
    ...under(ZHIHU_HOSTS, createZhihu(s.zhihu)),
    ...under(STORE_HOSTS.ios, createIos(s.apps)), ...under(STORE_HOSTS.tencent, createTencentStore(s.apps)), ...under(STORE_HOSTS.vivo, createVivo(s.apps)),
    ...under(STORE_HOSTS.xiaomi, createXiaomi(s.apps)), ...under(STORE_HOSTS.huawei, createHuawei(s.apps)),
    [new URL(STAND_FEEDS).host]: createFeeds(s.feeds),
    'wewe.invalid': createWewe(s.wewe),
    'rsshub.invalid': createRsshub(s.rsshub),
  }
}
