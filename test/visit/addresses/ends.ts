import type { Kind } from '../../../src/domain/kinds.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'
import type { Mode } from '../../platforms/shared.ts'
import { IDS, STAND_FEEDS } from '../../platforms/stand.ts'
import type { Stand } from '../../platforms/stand.ts'

/** How a platform says that an account is gone: in words or codes that were seen, or in what is only a guess (its signal). */
export type Death = { readonly outcome: Outcome; readonly guess?: string }

/** An account as it is registered, what may stand before it, and what its end looks like. */
export type Ended = {
  readonly kind: Kind
  readonly about: string
  readonly address: string
  readonly state: keyof Stand
  /** Every wall that the platform may put up, and the reason that a visit must name. */
  readonly walls: Readonly<Partial<Record<Mode, Outcome>>>
  readonly dead: Readonly<Partial<Record<Mode, Death>>>
}

const guess = (outcome: Outcome, signal: string): Death => ({ outcome, guess: signal })
const MP = 'https://mp.weixin.qq.com'
const absent: Death = { outcome: 'gone_nonexistent' }
const WECHAT = { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'rate_limited', server_error: 'server_error', drifted: 'parse_drift' } as const
const WECHAT_DEAD = { cancelled: { outcome: 'gone_cancelled' }, banned: { outcome: 'gone_banned' } } as const
const STORE = { challenge: 'challenge', login_wall: 'challenge', rate_limited: 'forbidden', blocked: 'rate_limited', server_error: 'server_error', drifted: 'parse_drift' } as const
const FEED = { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'forbidden', server_error: 'server_error', drifted: 'challenge' } as const

export const ENDED: readonly Ended[] = [
  { kind: 'wechat_official', about: 'by an article', address: `${MP}/s?__biz=${IDS.biz}&mid=1&idx=1&sn=${IDS.article}`, state: 'wechat', walls: WECHAT, dead: WECHAT_DEAD },
  { kind: 'wechat_official', about: 'by a short article link', address: `${MP}/s/${IDS.article}`, state: 'wechat', walls: WECHAT, dead: WECHAT_DEAD },
  { kind: 'wechat_official', about: 'by an album', address: `${MP}/mp/appmsgalbum?action=getalbum&__biz=${IDS.biz}&album_id=${IDS.album}`, state: 'wechat', walls: { ...WECHAT, hidden: 'unreadable' }, dead: WECHAT_DEAD },
  {
    kind: 'weibo', about: 'by its uid', address: `https://weibo.com/u/${IDS.weibo}`, state: 'weibo',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'challenge', server_error: 'server_error', drifted: 'parse_drift', hidden: 'login_wall' },
    dead: { nonexistent: { outcome: 'gone_nonexistent' }, banned: guess('gone_banned', 'weibo.banned') },
  },
  {
    kind: 'douyin', about: 'by its sec_uid', address: `https://www.douyin.com/user/${IDS.secUid}`, state: 'douyin',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'challenge', blocked: 'challenge', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge', private: 'private' },
    dead: { nonexistent: { outcome: 'gone_nonexistent' }, cancelled: { outcome: 'gone_cancelled' }, banned: { outcome: 'gone_banned' } },
  },
  {
    kind: 'kuaishou', about: 'by its principal id', address: `https://www.kuaishou.com/profile/${IDS.kuaishou}`, state: 'kuaishou',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'challenge', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge' },
    dead: { nonexistent: guess('gone_nonexistent', 'kuaishou.nonexistent'), cancelled: guess('gone_cancelled', 'kuaishou.cancelled'), banned: guess('gone_banned', 'kuaishou.banned') },
  },
  {
    kind: 'toutiao', about: 'by its token', address: `https://www.toutiao.com/c/user/token/${IDS.toutiao}/`, state: 'toutiao',
    // A refused signature and an account that is gone give the same empty list: it names no login either.
    walls: { challenge: 'challenge', login_wall: 'challenge', rate_limited: 'rate_limited', blocked: 'forbidden', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge', empty: 'challenge', banned: 'challenge' },
    dead: { nonexistent: guess('gone_nonexistent', 'toutiao.nonexistent') },
  },
  {
    kind: 'bilibili', about: 'by its mid', address: `https://space.bilibili.com/${IDS.bilibili}`, state: 'bilibili',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'challenge', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge', empty: 'challenge', banned: 'challenge' },
    dead: { nonexistent: { outcome: 'gone_nonexistent' }, cancelled: guess('gone_cancelled', 'bilibili.cancelled') },
  },
  {
    kind: 'xiaohongshu', about: 'by its user id', address: `https://www.xiaohongshu.com/user/profile/${IDS.xiaohongshu}`, state: 'xiaohongshu',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'forbidden', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge', empty: 'challenge' },
    dead: { nonexistent: guess('gone_nonexistent', 'xiaohongshu.nonexistent'), cancelled: guess('gone_cancelled', 'xiaohongshu.cancelled'), banned: guess('gone_banned', 'xiaohongshu.banned') },
  },
  {
    kind: 'zhihu', about: 'by its url_token', address: `https://www.zhihu.com/org/${IDS.zhihu}`, state: 'zhihu',
    walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', blocked: 'challenge', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge', empty: 'challenge' },
    dead: { nonexistent: guess('gone_nonexistent', 'zhihu.nonexistent'), cancelled: guess('gone_cancelled', 'zhihu.cancelled'), banned: guess('gone_banned', 'zhihu.banned') },
  },
  { kind: 'zhihu', about: 'by its column', address: `https://zhuanlan.zhihu.com/${IDS.column}`, state: 'zhihu', walls: { challenge: 'challenge', login_wall: 'login_wall', rate_limited: 'rate_limited', server_error: 'server_error', drifted: 'parse_drift', hidden: 'challenge' }, dead: { nonexistent: guess('gone_nonexistent', 'zhihu.nonexistent') } },
  { kind: 'app', about: 'in the App Store', address: `https://apps.apple.com/cn/app/id${IDS.track}`, state: 'apps', walls: { ...STORE, rate_limited: 'rate_limited' }, dead: { nonexistent: absent } },
  { kind: 'app', about: 'at vivo', address: `https://h5.appstore.vivo.com.cn/#/details?appId=${IDS.vivo}`, state: 'apps', walls: STORE, dead: { nonexistent: absent } },
  // An app that is missing at Huawei and a caller that is refused there get the same empty answer.
  { kind: 'app', about: 'at Huawei', address: `https://appgallery.huawei.com/app/${IDS.huawei}`, state: 'apps', walls: { ...STORE, nonexistent: 'challenge' }, dead: {} },
  { kind: 'app', about: 'in every store: gone from all, but Huawei does not say so', address: `https://sj.qq.com/appdetail/${IDS.pkg}`, state: 'apps', walls: { ...STORE, nonexistent: 'challenge' }, dead: {} },
  {
    kind: 'mini_program', about: 'by its AppID', address: IDS.mini, state: 'mini',
    walls: { challenge: 'challenge', rate_limited: 'rate_limited', server_error: 'server_error', drifted: 'parse_drift', hidden: 'server_error' },
    dead: { cancelled: { outcome: 'closed_notice' }, banned: { outcome: 'gone_banned' } },
  },
  ...(['rss', 'atom', 'rdf', 'json'] as const).map((f): Ended => ({ kind: 'feed', about: f, address: `${STAND_FEEDS}${IDS.feeds[f]}`, state: 'feeds', walls: FEED, dead: { nonexistent: { outcome: 'not_found' } } })),
]
