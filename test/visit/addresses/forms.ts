import type { Kind } from '../../../src/domain/kinds.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { IDS, STAND_FEEDS } from '../../platforms/stand.ts'

/** A form in which a unit may give an address, and what a visit of it must name. */
export type Form = {
  readonly about: string
  readonly address: string
  /** Given with `--kind`, where the address alone does not tell. */
  readonly given?: Kind
  readonly kind: Kind
  readonly accountId: string | null
  readonly outcome: Outcome
  /** `newest`: the day on which the stand's newest post came out. */
  readonly newest: boolean
  /** Where the date's witness stood. */
  readonly where?: string
  readonly source: string
}

type Rest = Partial<Pick<Form, 'given' | 'outcome' | 'newest' | 'where'>>
const form = (kind: Kind, source: string, accountId: string | null, about: string, address: string, rest: Rest = {}): Form =>
  ({ kind, source, accountId, about, address, outcome: 'ok', newest: true, ...rest })
/** What nobody may crawl, or cannot be found by such an id: the unit must attest. */
const unit = (kind: Kind, accountId: string | null, about: string, address: string, given?: Kind): Form =>
  form(kind, 'attestation', accountId, about, address, { outcome: 'not_attested', newest: false, ...(given === undefined ? {} : { given }) })

const { biz, article, album, secUid, pkg, track, huawei, vivo } = IDS
const MP = 'https://mp.weixin.qq.com'
const inArticle = { where: 'ct' }
const APP = { pkg: `pkg=${pkg}`, ios: `ios=${track} at=ios`, tencent: `pkg=${pkg} at=tencent`, xiaomi: `pkg=${pkg} at=xiaomi`, huawei: `huawei=${huawei} at=huawei`, vivo: `vivo=${vivo} at=vivo` }

/** Every form of address and id that the platforms have, without credentials or bridges. */
export const FORMS: readonly Form[] = [
  form('wechat_official', 'wechat_official.article', biz, 'short article link', `${MP}/s/${article}`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'short article link, shared with a query', `${MP}/s/${article}?scene=1&chksm=0#rd`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'long article link', `${MP}/s?__biz=${biz}&mid=2247483650&idx=1&sn=${article}&chksm=zz#rd`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'long article link, older names', `http://mp.weixin.qq.com/s?__biz=${biz}&appmsgid=2247483650&itemidx=1&sign=${article}`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'long article link, escaped', `${MP}/s?__biz=${biz}\\x26amp;mid=2247483650\\x26amp;idx=1\\x26amp;sn=${article}`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'long article link, escaped as HTML', `${MP}/s?__biz=${biz}&amp;mid=2247483650&amp;idx=1&amp;sn=${article}`, inArticle),
  form('wechat_official', 'wechat_official.article', biz, 'temporary article link, still good', `${MP}/s?src=11&timestamp=1795406400&ver=1&signature=still-good`, inArticle),
  form('wechat_official', 'wechat_official.article', null, 'temporary article link, expired', `${MP}/s?src=11&timestamp=1595406400&ver=1&signature=too-old`, { outcome: 'unreadable', newest: false }),
  form('wechat_official', 'wechat_official.album', biz, 'album', `${MP}/mp/appmsgalbum?action=getalbum&__biz=${biz}&album_id=${album}`, { where: 'create_time' }),
  unit('wechat_official', biz, 'home page in the client', `${MP}/mp/profile_ext?action=home&__biz=${biz}&scene=124#wechat_redirect`),
  unit('wechat_official', biz, '__biz', biz),
  unit('wechat_official', biz, 'id in WeWe RSS', IDS.wewe),
  unit('wechat_official', IDS.gh, 'original id', IDS.gh),
  unit('wechat_official', 'jxfb_gov', 'WeChat id', 'jxfb_gov', 'wechat_official'),
  unit('wechat_official', null, 'name', '江西 发布', 'wechat_official'),

  form('weibo', 'weibo.mobile', IDS.weibo, 'home page', `https://weibo.com/u/${IDS.weibo}`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'home page without u', `https://weibo.com/${IDS.weibo}?is_all=1`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'mobile home page', `https://m.weibo.cn/u/${IDS.weibo}?jumpfrom=weibocom`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'mobile profile', `https://m.weibo.cn/profile/${IDS.weibo}`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'page id', `https://weibo.com/p/100505${IDS.weibo}/home`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'vanity address', 'https://weibo.com/jxfabu', { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'address by name', `https://weibo.com/n/${encodeURIComponent(IDS.name)}`, { where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'uid', IDS.weibo, { given: 'weibo', where: 'created_at' }),
  form('weibo', 'weibo.mobile', IDS.weibo, 'name', `@${IDS.name}`, { given: 'weibo', where: 'created_at' }),

  form('douyin', 'douyin.page', secUid, 'home page', `https://www.douyin.com/user/${secUid}?from_tab_name=main`, { where: 'create_time' }),
  form('douyin', 'douyin.page', secUid, 'sec_uid', secUid, { where: 'create_time' }),
  form('douyin', 'douyin.page', secUid, 'short link', 'https://v.douyin.com/iAbCdEf/', { where: 'create_time' }),
  form('douyin', 'douyin.page', secUid, 'short link inside a shared text', '7.99 复制打开抖音，看看【江西发布】 https://v.douyin.com/iAbCdEf/ 08/12', { where: 'create_time' }),
  form('douyin', 'douyin.page', secUid, 'share page', `https://www.iesdouyin.com/share/user/7000000000001?sec_uid=${secUid}`, { where: 'create_time' }),
  unit('douyin', 'jxfabu2020', '抖音号', 'jxfabu2020', 'douyin'),

  form('kuaishou', 'kuaishou.page', IDS.kuaishou, 'home page', `https://www.kuaishou.com/profile/${IDS.kuaishou}`, { where: 'photo.timestamp' }),
  form('kuaishou', 'kuaishou.page', IDS.kuaishou, 'live page', `https://live.kuaishou.com/profile/${IDS.kuaishou}`, { where: 'photo.timestamp' }),
  form('kuaishou', 'kuaishou.page', IDS.kuaishou, 'live page, shorter', `https://live.kuaishou.com/u/${IDS.kuaishou}`, { where: 'photo.timestamp' }),
  form('kuaishou', 'kuaishou.page', IDS.kuaishou, 'principal id', IDS.kuaishou, { where: 'photo.timestamp' }),
  form('kuaishou', 'kuaishou.page', IDS.kuaishou, 'short link', 'https://v.kuaishou.com/AbCdEf', { where: 'photo.timestamp' }),
  unit('kuaishou', 'JiangXi-FB', '快手号', 'JiangXi-FB', 'kuaishou'),

  form('toutiao', 'toutiao.page', IDS.toutiao, 'home page', `https://www.toutiao.com/c/user/token/${IDS.toutiao}/?source=feed`, { where: 'publish_time' }),
  form('toutiao', 'toutiao.page', IDS.toutiaoOld, 'old home page', `https://www.toutiao.com/c/user/${IDS.toutiaoOld}/`, { where: 'publish_time' }),
  form('toutiao', 'toutiao.page', IDS.toutiao, 'token', IDS.toutiao, { given: 'toutiao', where: 'publish_time' }),
  form('toutiao', 'toutiao.page', IDS.toutiao, 'short link', 'https://www.toutiao.com/is/AbCdEf/', { where: 'publish_time' }),

  form('bilibili', 'bilibili.page', IDS.bilibili, 'space', `https://space.bilibili.com/${IDS.bilibili}`, { where: 'module_author.pub_ts' }),
  form('bilibili', 'bilibili.page', IDS.bilibili, 'dynamics of a space', `https://space.bilibili.com/${IDS.bilibili}/dynamic?spm_id_from=333`, { where: 'module_author.pub_ts' }),
  form('bilibili', 'bilibili.page', IDS.bilibili, 'mobile space', `https://m.bilibili.com/space/${IDS.bilibili}`, { where: 'module_author.pub_ts' }),
  form('bilibili', 'bilibili.page', IDS.bilibili, 'mid', `UID:${IDS.bilibili}`, { given: 'bilibili', where: 'module_author.pub_ts' }),
  form('bilibili', 'bilibili.page', IDS.bilibili, 'short link', 'https://b23.tv/AbCdEf1', { where: 'module_author.pub_ts' }),

  form('xiaohongshu', 'xiaohongshu.page', IDS.xiaohongshu, 'profile', `https://www.xiaohongshu.com/user/profile/${IDS.xiaohongshu}?xsec_token=AB1`, { where: 'note.time' }),
  form('xiaohongshu', 'xiaohongshu.page', IDS.xiaohongshu, 'user id', IDS.xiaohongshu, { where: 'note.time' }),
  form('xiaohongshu', 'xiaohongshu.page', IDS.xiaohongshu, 'short link', 'https://xhslink.com/m/AbCdEf', { where: 'note.time' }),
  unit('xiaohongshu', '100000001', '小红书号', '小红书号：100000001', 'xiaohongshu'),

  form('zhihu', 'zhihu.page', IDS.zhihu, 'organisation', `https://www.zhihu.com/org/${IDS.zhihu}/posts`, { where: 'created_time' }),
  form('zhihu', 'zhihu.page', IDS.zhihu, 'personal page, taken with a warning', `https://www.zhihu.com/people/${IDS.zhihu}`, { where: 'created_time' }),
  form('zhihu', 'zhihu.page', IDS.zhihu, 'url_token', IDS.zhihu, { given: 'zhihu', where: 'created_time' }),
  form('zhihu', 'zhihu.page', IDS.column, 'column', `https://www.zhihu.com/column/${IDS.column}`, { where: 'created' }),
  form('zhihu', 'zhihu.page', IDS.column, 'column on its own host', `https://zhuanlan.zhihu.com/${IDS.column}`, { where: 'created' }),

  form('app', 'app.stores', APP.pkg, 'Android package', pkg, { where: 'tencent.app_info.update_time' }),
  form('app', 'app.stores', APP.ios, 'App Store', `https://apps.apple.com/cn/app/gan-fu-tong/id${track}?mt=8`, { where: 'ios.currentVersionReleaseDate' }),
  form('app', 'app.stores', APP.ios, 'App Store, older host', `https://itunes.apple.com/cn/app/id${track}`, { where: 'ios.currentVersionReleaseDate' }),
  form('app', 'app.stores', APP.ios, 'App Store id', `id${track}`, { given: 'app', where: 'ios.currentVersionReleaseDate' }),
  form('app', 'app.stores', `bundle=${pkg} at=ios`, 'iOS bundle id', `bundle:${pkg}`, { given: 'app', where: 'ios.currentVersionReleaseDate' }),
  form('app', 'app.stores', APP.tencent, '应用宝', `https://sj.qq.com/appdetail/${pkg}`, { where: 'tencent.app_info.update_time' }),
  form('app', 'app.stores', APP.tencent, '应用宝, older', `http://a.app.qq.com/o/simple.jsp?pkgname=${pkg}`, { where: 'tencent.app_info.update_time' }),
  form('app', 'app.stores', APP.vivo, 'vivo', `https://h5.appstore.vivo.com.cn/#/details?appId=${vivo}`, { where: 'vivo.upload_time' }),
  form('app', 'app.stores', APP.xiaomi, 'Xiaomi', `https://app.mi.com/details?id=${pkg}&ref=search`, { where: 'tencent.app_info.update_time' }),
  form('app', 'app.stores', APP.huawei, 'Huawei', `https://appgallery.huawei.com/app/${huawei}`, { where: 'huawei.releaseDate' }),
  form('app', 'app.stores', APP.huawei, 'Huawei, as a fragment', `https://appgallery.huawei.com/#/app/${huawei}`, { where: 'huawei.releaseDate' }),
  form('app', 'app.stores', APP.huawei, 'Huawei id', huawei, { where: 'huawei.releaseDate' }),
  form('app', 'app.stores', APP.huawei, 'Huawei short link', 'https://url.cloud.huawei.com/AbCdEf', { where: 'huawei.releaseDate' }),
  form('app', 'app.stores', `pkg=${pkg}`, 'Wandoujia: its package', `https://www.wandoujia.com/apps/${pkg}`, { where: 'tencent.app_info.update_time' }),
  form('app', 'app.stores', `pkg=${pkg} ios=${track} at=ios`, 'two stores in one cell', `${pkg}; https://apps.apple.com/cn/app/id${track}`, { where: 'ios.currentVersionReleaseDate' }),

  form('mini_program', 'mini_program.status', IDS.mini, 'AppID', IDS.mini, { newest: false }),
  form('mini_program', 'mini_program.status', IDS.mini, 'status page', `${MP}/mp/waerrpage?appid=${IDS.mini}&type=offshelf`, { newest: false }),
  unit('mini_program', 'gh_0123456789ab', 'original id', 'gh_0123456789ab', 'mini_program'),
  unit('mini_program', '#小程序://赣服通/AbCdEf', 'short link', '#小程序://赣服通/AbCdEf'),

  ...(['rss', 'atom', 'rdf', 'json'] as const).map((f) => form('feed', 'feed.document', null, f, `${STAND_FEEDS}${IDS.feeds[f]}`, f === 'rdf' ? { given: 'feed' } : {})),

  ...(['json', 'rss', 'atom'] as const).map((f) => form('feed', 'feed.document', null, `a WeWe RSS feed, ${f}`, `https://wewe.invalid/feeds/${IDS.wewe}.${f}`)),
  form('feed', 'feed.document', null, 'an RSSHub route', `https://rsshub.invalid/weibo/user/${IDS.weibo}`, { given: 'feed' }),

  unit('wechat_channels', 'v2_060000231003b20f@finder', 'finder user name', 'v2_060000231003b20f@finder'),
  unit('wechat_channels', 'AbCdEfGh', 'share link', 'https://weixin.qq.com/sph/AbCdEfGh'),
  { ...unit('wechat_channels', '江西发布', 'name', '江西发布', 'wechat_channels') },
  unit('alipay_life', '2021001234567890', 'AppID', '2021001234567890', 'alipay_life'),
  unit('renmin', null, 'home page', 'https://rmh.pdnews.cn/Pc/ArtInfoApi/getUserInfo?id=123456'),
  unit('wechat_group', '南昌民生服务群', 'WeChat group by name', '南昌民生服务群', 'wechat_group'),
  unit('qq_group', '123456789', 'QQ group by number', '123456789', 'qq_group'),
]

/** What is no channel's address: the problem, and words that the message must hold in each language. */
export const REFUSED: readonly (readonly [about: string, address: string, given: Kind | undefined, problem: string, zh: RegExp, en: RegExp])[] = [
  ['a bare name', '江西发布', undefined, 'no_kind', /“江西发布”不是网址.*--kind/, /neither an address/],
  ['a bare number', '1234567890', undefined, 'no_kind', /--kind/, /--kind/],
  ['a page of a platform that is no account', 'https://www.douyin.com/hot', undefined, 'no_kind', /抖音.*需要：https:\/\/www\.douyin\.com\/user\//, /Douyin.*Wanted: https/],
  ['a website where an account is wanted', 'http://www.jiangxi.gov.cn/', 'weibo', 'no_kind', /新浪微博/, /Weibo/],
  ['an account of another platform', 'https://space.bilibili.com/1234567', 'weibo', 'other_kind', /是哔哩哔哩的地址，不是新浪微博的/, /of Bilibili, not of Weibo/],
  ['nothing', '  ', 'weibo', 'empty', /没有填写/, /No address/],
  ['another scheme', 'ftp://www.jiangxi.gov.cn/', 'website', 'unparseable', /无法识别/, /could not be understood/],
  ['one’s own page on Douyin', 'https://www.douyin.com/user/self', undefined, 'personal', /个人页面/, /personal page/],
  ['one’s own page on Weibo', 'https://weibo.com/mygroups?gid=1', undefined, 'personal', /个人页面/, /personal page/],
  ['the console of an official account', 'https://mp.weixin.qq.com/cgi-bin/home?t=home', undefined, 'personal', /个人页面/, /personal page/],
  ['a person’s QR code', 'https://weixin.qq.com/r/abcdef', undefined, 'personal', /个人页面/, /personal page/],
  ['one’s own page on Xiaohongshu', 'https://www.xiaohongshu.com/user/profile/me', undefined, 'personal', /个人页面/, /personal page/],
  ['a post on Weibo', 'https://weibo.com/1234567890/KabcDefgh', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a video on Douyin', 'https://www.douyin.com/video/7300000000000000000', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a video on Kuaishou', 'https://www.kuaishou.com/short-video/3xabc', undefined, 'article', /一篇内容的链接/, /one article/],
  ['an article on Toutiao', 'https://www.toutiao.com/article/7300000000000000000/', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a video on Bilibili', 'https://www.bilibili.com/video/BV1xx411c7mD', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a video’s number on Bilibili', 'BV1xx411c7mD', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a note on Xiaohongshu', 'https://www.xiaohongshu.com/explore/5f0123456789abcdef012345', undefined, 'article', /一篇内容的链接/, /one article/],
  ['an article on Zhihu', 'https://zhuanlan.zhihu.com/p/123456', undefined, 'article', /一篇内容的链接/, /one article/],
  ['a video of WeChat Channels', 'export/UzFfAgtgekIE', undefined, 'article', /一篇内容的链接/, /one article/],
  ['an article of a website', 'http://www.jiangxi.gov.cn/art/2024/5/1/art_12_345.html', undefined, 'article', /一篇内容的链接/, /one article/],
]
