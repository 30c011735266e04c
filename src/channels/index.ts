import type { Kind } from '../domain/kinds.ts'
import { onHost, tidy, urlIn } from './address.ts'
import alipay_life from './alipay_life/index.ts'
import app from './app/index.ts'
import { assemble } from './assemble.ts'
import baijia from './baijia/index.ts'
import bilibili from './bilibili/index.ts'
import dayu from './dayu/index.ts'
import dingtalk_group from './dingtalk_group/index.ts'
import douyin from './douyin/index.ts'
import feed from './feed/index.ts'
import kuaishou from './kuaishou/index.ts'
import mini_program from './mini_program/index.ts'
import nanfang from './nanfang/index.ts'
import netease from './netease/index.ts'
import other from './other/index.ts'
import pengpai from './pengpai/index.ts'
import qie from './qie/index.ts'
import qq_group from './qq_group/index.ts'
import renmin from './renmin/index.ts'
import sohu from './sohu/index.ts'
import toutiao from './toutiao/index.ts'
import type { ChannelKind, KindDefinition } from './types.ts'
import website from './website/index.ts'
import wechat_channels from './wechat_channels/index.ts'
import wechat_group from './wechat_group/index.ts'
import wechat_official from './wechat_official/index.ts'
import wecom_group from './wecom_group/index.ts'
import weibo from './weibo/index.ts'
import weishi from './weishi/index.ts'
import xiaohongshu from './xiaohongshu/index.ts'
import yidian from './yidian/index.ts'
import zhihu from './zhihu/index.ts'

/** One folder and one line for each kind. */
export const DEFINITIONS = {
  website, feed,
  wechat_official, weibo, douyin, toutiao, kuaishou, app,
  renmin, baijia, weishi, qie, nanfang, yidian, netease, mini_program, dayu, sohu, pengpai, zhihu, wechat_channels,
  xiaohongshu, bilibili, alipay_life,
  wechat_group, qq_group, dingtalk_group, wecom_group,
  other,
} as const satisfies Record<Kind, KindDefinition>

export const CHANNELS: Record<Kind, ChannelKind> = assemble<Kind>(DEFINITIONS)

const FEED_PATH = /(?:\.(?:rss|atom|rdf)|\/(?:rss|feed|atom)(?:\.xml|\.json)?|[/_-]rss\.xml|\/feeds?\/[^/]+)\/?$/i

/**
 * Whose address this is, for `visit ADDRESS`: a platform's by its domain and form, an id by its form, a feed by its
 * path, any other http address a website's. Null where a bare name or number says too little. Whether the kind takes
 * the address is for its `identify` to say.
 */
export function guessKind(address: string, kinds: Readonly<Record<string, ChannelKind>> = CHANNELS): Kind | null {
  const text = tidy(address)
  const all = Object.values(kinds)
  const byForm = all.find((k) => k.definition.owns?.(text) === true)
  if (byForm !== undefined) return byForm.kind
  const url = urlIn(text)
  if (url === null) return null
  const onPlatform = all.filter((k) => k.definition.hosts.length > 0 && onHost(url, k.definition.hosts))
  const known = onPlatform.find((k) => k.definition.fromUrl(url) !== null)
  if (known !== undefined) return known.kind
  if (FEED_PATH.test(url.pathname)) return 'feed'
  // A platform's own page is nobody's website: its kind says what it wants instead.
  return onPlatform[0]?.kind ?? 'website'
}

export type * from './types.ts'
export { isProblem, PROBLEMS } from './types.ts'
export { runChain, type Attempt, type ChainResult, type Perform } from './chain.ts'
export { findDuplicates, type Duplicate, type RegisteredChannel } from './duplicates.ts'
export { assemble } from './assemble.ts'
