import type { Text } from './text.ts'

/**
 * Every kind of channel, by stable id. The numbers are those of the account-type field (账号类型) that registry
 * products use; `group` says which figure of the campaign a kind belongs to.
 */
type KindInfo = {
  readonly name: Text
  readonly group: KindGroup
  /** Other names under which ledgers list the kind. */
  readonly aliases: readonly string[]
  /** 账号类型 code in the registry vendors' export, where one is known. */
  readonly code?: number
}

export type KindGroup = 'website' | 'new_media' | 'wechat_group' | 'qq_group' | 'other_group'

const media = (zh: string, en: string, aliases: readonly string[] = [], code?: number): KindInfo => ({
  name: { zh, en },
  group: 'new_media',
  aliases,
  ...(code === undefined ? {} : { code }),
})
const group = (g: KindGroup, zh: string, en: string, aliases: readonly string[]): KindInfo => ({
  name: { zh, en },
  group: g,
  aliases,
})

export const KINDS = {
  website: group('website', '网站', 'Website', ['政府网站', '门户网站', '部门网站', '站点', '官网']),
  feed: media('订阅源', 'Feed (RSS/Atom/JSON)', ['RSS', 'Atom', 'RSS订阅', 'feed']),
  wechat_official: media('微信公众号', 'WeChat official account', ['微信', '公众号', '微信公众账号', '政务微信', '微信订阅号', '订阅号', '微信服务号', '服务号'], 1),
  weibo: media('新浪微博', 'Weibo', ['微博', '政务微博', '新浪政务微博'], 2),
  douyin: media('抖音', 'Douyin', ['抖音短视频', '抖音号', '政务抖音'], 3),
  toutiao: media('今日头条', 'Toutiao', ['头条号', '头条', '今日头条号'], 4),
  kuaishou: media('快手', 'Kuaishou', ['快手短视频', '快手号'], 5),
  app: media('移动客户端', 'App', ['APP', '客户端', '移动客户端(APP)', '移动客户端（APP）', '政务APP', '手机客户端'], 111),
  renmin: media('人民号', "People's Daily account", ['人民日报人民号'], 112),
  baijia: media('百家号', 'Baijiahao', ['百度百家号'], 113),
  weishi: media('腾讯微视', 'Weishi', ['微视'], 117),
  qie: media('企鹅号', 'Penguin account (QQ)', ['腾讯企鹅号', '腾讯内容开放平台'], 118),
  nanfang: media('南方号', 'Nanfang account', ['南方+', '南方plus'], 119),
  yidian: media('一点号', 'Yidian account', ['一点资讯', '一点资讯号'], 120),
  netease: media('网易号', 'NetEase account', ['网易', '网易新闻'], 121),
  mini_program: media('小程序', 'WeChat mini program', ['微信小程序', '政务小程序'], 122),
  dayu: media('大鱼号', 'Dayu account', ['UC大鱼号'], 123),
  sohu: media('搜狐号', 'Sohu account', ['搜狐', '搜狐新闻'], 124),
  pengpai: media('澎湃号', 'The Paper account', ['澎湃', '澎湃新闻', '澎湃政务'], 125),
  zhihu: media('知乎', 'Zhihu', ['知乎号', '知乎机构号'], 126),
  wechat_channels: media('微信视频号', 'WeChat Channels', ['视频号'], 127),
  xiaohongshu: media('小红书', 'Xiaohongshu', ['小红书号']),
  bilibili: media('哔哩哔哩', 'Bilibili', ['B站', 'b站', 'bilibili', '哔哩哔哩号']),
  alipay_life: media('支付宝生活号', 'Alipay life account', ['生活号']),
  wechat_group: group('wechat_group', '微信群', 'WeChat group', ['微信工作群']),
  qq_group: group('qq_group', 'QQ群', 'QQ group', ['QQ工作群', 'qq群']),
  dingtalk_group: group('other_group', '钉钉群', 'DingTalk group', ['钉钉工作群', '钉钉']),
  wecom_group: group('other_group', '企业微信群', 'WeCom group', ['企微群', '企业微信']),
  other: media('其他', 'Other', ['其它', '其他新媒体'], 114),
} as const satisfies Record<string, KindInfo>

export type Kind = keyof typeof KINDS
export const KIND_IDS = Object.keys(KINDS) as Kind[]

export function isKind(id: string): id is Kind {
  return Object.hasOwn(KINDS, id)
}

export function kindGroup(kind: Kind): KindGroup {
  return KINDS[kind].group
}

export function isGroupKind(kind: Kind): boolean {
  const g = KINDS[kind].group
  return g === 'wechat_group' || g === 'qq_group' || g === 'other_group'
}

/** Kinds that are chat groups: never crawled, known by their ledger entry. */
export const GROUP_KIND_IDS: readonly Kind[] = KIND_IDS.filter(isGroupKind)

const squeeze = (s: string): string => s.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const BY_NAME = new Map<string, Kind>(
  KIND_IDS.flatMap((id) => {
    const info: KindInfo = KINDS[id]
    const names = [id, info.name.zh, info.name.en, ...info.aliases]
    if (info.code !== undefined) names.push(String(info.code))
    return names.map((n): [string, Kind] => [squeeze(n), id])
  }),
)

/** A kind by its id, Chinese or English name, a common alias, or the vendors' 账号类型 code; null when unknown. */
export function kindByName(name: string): Kind | null {
  return BY_NAME.get(squeeze(name)) ?? null
}
