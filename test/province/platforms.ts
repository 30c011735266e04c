import { addDays, addMonths, dayInChina, daysBetween } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { BILIBILI_HOSTS, createBilibili } from '../platforms/bilibili.ts'
import { createWewe } from '../platforms/bridges.ts'
import { DOUYIN_HOSTS, createDouyin } from '../platforms/douyin.ts'
import { KUAISHOU_HOSTS, createKuaishou } from '../platforms/kuaishou.ts'
import { createMiniProgram } from '../platforms/mini-program.ts'
import type { DoubleAccount, DoublePost, Handler, Mode, PlatformState } from '../platforms/shared.ts'
import { STORE_HOSTS, createHuawei, createIos, createTencentStore, createVivo, createXiaomi } from '../platforms/stores.ts'
import type { StoreApp } from '../platforms/stores.ts'
import { TOUTIAO_HOSTS, createToutiao } from '../platforms/toutiao.ts'
import { createWechat } from '../platforms/wechat.ts'
import type { WechatAccount } from '../platforms/wechat.ts'
import { WEIBO_HOSTS, createWeibo } from '../platforms/weibo.ts'
import { XIAOHONGSHU_HOSTS, createXiaohongshu } from '../platforms/xiaohongshu.ts'
import { ZHIHU_HOSTS, createZhihu } from '../platforms/zhihu.ts'
import { digits, hex } from './random.ts'
import { seenOn, wechatIds } from './seen.ts'
import { titleOf } from './titles.ts'
import type { Province, ProvinceChannel } from './types.ts'

/** Kinds whose platform stands in the province, so that their accounts can be looked at there. */
export const DOUBLED: readonly Kind[] = ['weibo', 'douyin', 'kuaishou', 'toutiao', 'bilibili', 'xiaohongshu', 'zhihu', 'app', 'mini_program']

const POSTS = 8
const WEWE_HOST = 'wewe.invalid'

/** The account's id on its platform, from the address in the ledger. */
export function platformId(channel: ProvinceChannel): string {
  return /(?:\/(?:u|user|profile|org|token)\/|space\.bilibili\.com\/|\/id)([\w-]+)\/?$/.exec(channel.address)?.[1] ?? channel.address
}

/** Accounts whose statement is missing or old cannot be seen on the platform either. */
const hidden = (channel: ProvinceChannel): boolean => channel.seen === undefined && (channel.statement === null || channel.traps.includes('attestation_old'))

/** The last day on which the account has posted at `today`: what the unit states, and for a fresh one every third day since. */
export function postedOn(channel: ProvinceChannel, today: Day): Day | null {
  const { statement, seen } = channel
  if (seen !== undefined) return seenOn(seen, today)
  if (statement === null) return null
  const fresh = daysBetween(statement.newest, statement.statedOn) <= 14
  if (!fresh || channel.duplicateOf !== null || today <= statement.newest) return statement.newest
  return addDays(statement.newest, Math.floor(daysBetween(statement.newest, today) / 3) * 3)
}

function postsOf(channel: ProvinceChannel, now: Date): readonly DoublePost[] {
  const last = postedOn(channel, dayInChina(now)) ?? addMonths(dayInChina(now), -2)
  const id = (n: string): string => (channel.kind === 'xiaohongshu' ? hex(24, channel.id, n) : `5${digits(15, channel.id, n)}`)
  const at = (day: Day): Date => new Date(`${day}T08:05:00+08:00`)
  const regular = Array.from({ length: POSTS }, (_, i): DoublePost => {
    const day = addDays(last, -3 * i)
    return { id: id(day), title: titleOf(`${channel.id}/p/feed`, -i), at: at(day), comments: i % 3 }
  })
  // A pinned post from long ago heads every list; what somebody else wrote and the account liked is no post of its own.
  return [...regular, { id: id('pinned'), title: '关注我们，获取权威发布', at: at(addDays(last, -500)), pinned: true }]
}

/** How the platform answers for an account, where it does not answer truly. */
function modeOf(channel: ProvinceChannel): { mode?: Mode } {
  const end = channel.seen?.end ?? null
  if (end !== null && end !== 'deleted') return { mode: end }
  return hidden(channel) && channel.kind !== 'mini_program' ? { mode: 'login_wall' } : {}
}

function accountsAt(province: Province, kind: Kind, now: Date): Record<string, DoubleAccount> {
  return Object.fromEntries(province.channels.filter((c) => c.kind === kind).map((c) => {
    const mode = modeOf(c)
    return [platformId(c), { id: platformId(c), name: c.name, posts: postsOf(c, now), ...mode }]
  }))
}

function appsAt(province: Province, now: Date): Record<string, StoreApp> {
  return Object.fromEntries(province.channels.filter((c) => c.kind === 'app').map((c) => {
    const known = platformId(c)
    const id = /^\d+$/.test(known) ? `cn.gov.jx.ios${known}` : known
    const versions = postsOf(c, now).filter((p) => p.pinned !== true).map((p, i) => ({ ...p, title: `3.${POSTS - i}.0` }))
    return [id, { id, name: c.name, posts: versions, ...modeOf(c), trackId: /^\d+$/.test(known) ? Number(known) : 1, vivoId: digits(7, c.id), huaweiId: `C${digits(9, c.id)}`, developer: c.organisation.name }]
  }))
}

/** Official accounts for which no unit speaks; the others are known by ids that no public page is reached by. */
const official = (province: Province): readonly ProvinceChannel[] => province.channels.filter((c) => c.kind === 'wechat_official' && c.seen !== undefined)

/** Where an account that has moved is now: the first of those that are in order. */
function transferTo(province: Province): string {
  const to = official(province).find((c) => c.seen?.by === 'article' && c.seen.end === null)
  return to === undefined ? '' : `https://mp.weixin.qq.com/s/${wechatIds(`${province.seed}-${to.id}`).article}`
}

function wechatAt(province: Province, now: Date): Record<string, WechatAccount> {
  return Object.fromEntries(official(province).map((c) => {
    const ids = wechatIds(`${province.seed}-${c.id}`)
    const posts = postsOf(c, now)
    // The ledger's link is to the article that was the newest on the base day: what came later is not behind it.
    const linked: DoublePost = { id: ids.article, title: '账号登记所用文章', at: new Date(`${c.seen?.newest ?? province.today}T08:05:00+08:00`), comments: 1 }
    return [ids.biz, { id: ids.biz, name: c.name, userName: ids.user, appid: ids.appid, secret: ids.secret, posts: [linked, ...posts], ...modeOf(c) }]
  }))
}

/** What the operator's WeWe RSS follows; it looked at the platform an hour ago. */
function weweAt(province: Province, now: Date): Record<string, DoubleAccount> {
  return Object.fromEntries(official(province).filter((c) => c.seen?.by === 'wewe').map((c) => {
    const { wewe } = wechatIds(`${province.seed}-${c.id}`)
    return [wewe, { id: wewe, name: c.name, posts: postsOf(c, now) }]
  }))
}

/** What an operator has for the province: a feed bridge for the kind, and the keys of the accounts that gave theirs. */
export function provinceMeans(province: Province, bases: Readonly<Record<string, string>>): {
  readonly wewe: string
  readonly keys: readonly { readonly name: string; readonly values: Readonly<Record<string, string>> }[]
} {
  const keys = official(province).filter((c) => c.seen?.by === 'api').map((c) => {
    const { appid, secret } = wechatIds(`${province.seed}-${c.id}`)
    return { name: c.name, values: { appid, secret } }
  })
  return { wewe: bases[WEWE_HOST] ?? '', keys }
}

/** A handler for every host of the platforms, showing the province's accounts as they are at `now`. */
export function platformHandlers(province: Province, now: () => Date): Readonly<Record<string, Handler>> {
  const of = (kind: Kind): PlatformState => ({ mode: 'ok', get accounts() { return accountsAt(province, kind, now()) } })
  const apps: PlatformState<StoreApp> = { mode: 'ok', get accounts() { return appsAt(province, now()) } }
  const articles = createWechat({
    mode: 'ok', get accounts() { return wechatAt(province, now()) }, transferTo: transferTo(province),
    deleted: official(province).filter((c) => c.seen?.end === 'deleted').map((c) => wechatIds(`${province.seed}-${c.id}`).article),
  })
  const mini = createMiniProgram(of('mini_program'))
  const under = (hosts: readonly string[], handle: Handler): Record<string, Handler> => Object.fromEntries(hosts.map((h) => [h, handle]))
  return {
    ...under(WEIBO_HOSTS, createWeibo(of('weibo'))),
    ...under(DOUYIN_HOSTS, createDouyin(of('douyin'))),
    ...under(KUAISHOU_HOSTS, createKuaishou(of('kuaishou'))),
    ...under(TOUTIAO_HOSTS, createToutiao(of('toutiao'))),
    ...under(BILIBILI_HOSTS, createBilibili(of('bilibili'))),
    ...under(XIAOHONGSHU_HOSTS, createXiaohongshu(of('xiaohongshu'))),
    ...under(ZHIHU_HOSTS, createZhihu(of('zhihu'))),
    ...under(STORE_HOSTS.ios, createIos(apps)), ...under(STORE_HOSTS.tencent, createTencentStore(apps)), ...under(STORE_HOSTS.vivo, createVivo(apps)),
    ...under(STORE_HOSTS.xiaomi, createXiaomi(apps)), ...under(STORE_HOSTS.huawei, createHuawei(apps)),
    'mp.weixin.qq.com': (req, res) => ((req.url ?? '').startsWith('/mp/waerrpage') ? mini : articles)(req, res),
    'api.weixin.qq.com': articles,
    [WEWE_HOST]: createWewe({ mode: 'ok', get accounts() { return weweAt(province, now()) }, get syncedAt() { return new Date(now().getTime() - 3_600_000) } }),
  }
}
