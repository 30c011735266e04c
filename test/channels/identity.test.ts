import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNELS, guessKind } from '../../src/channels/index.ts'
import { isProblem } from '../../src/channels/types.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import type { Kind } from '../../src/domain/kinds.ts'

const SEC = 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2'
const key = (kind: Kind, input: string): string => {
  const found = CHANNELS[kind].identify(input)
  return isProblem(found) ? `! ${found.problem}${found.kind === undefined ? '' : ` ${found.kind}`}` : found.key
}

test('every kind has its folder, its names in both languages and at least one form of address', () => {
  expect(Object.keys(CHANNELS).sort()).toEqual([...KIND_IDS].sort())
  for (const k of Object.values(CHANNELS)) {
    expect(k.manifest.names.zh).not.toBe('')
    expect(k.manifest.names.en).not.toBe('')
    expect(k.manifest.identityForms.length).toBeGreaterThan(0)
    expect(new Set(k.manifest.signals.map((s) => s.id)).size).toBe(k.manifest.signals.length)
  }
})

test.each(KIND_IDS)('%s understands every form that its manifest shows', (kind) => {
  for (const { example } of CHANNELS[kind].manifest.identityForms) {
    const found = CHANNELS[kind].identify(example)
    expect(isProblem(found), `${example}: ${JSON.stringify(found)}`).toBe(false)
    if (isProblem(found)) continue
    // What is shown of it is understood again, as the same account.
    const again = CHANNELS[kind].identify(found.address)
    expect(isProblem(again) ? again.problem : again.key, found.address).toBe(found.key)
  }
})

describe('one account under its many addresses', () => {
  const cases: readonly [Kind, readonly string[], string][] = [
    ['website', ['http://www.x.gov.cn', 'HTTP://WWW.X.GOV.CN:80/', 'https://www.x.gov.cn:443/index.html', 'www.x.gov.cn.', 'https://www.x.gov.cn/#top', 'https://user:pass@www.x.gov.cn/default.aspx', ' “www.x.gov.cn/” ', '//www.x.gov.cn/index.jsp', 'http:／／www.x.gov.cn'], 'www.x.gov.cn/'],
    ['website', ['http://127.0.0.1:9010/site/12/', '127.0.0.1:9010/site/12/index.html', 'http://127.0.0.1:9010/site/12'], '127.0.0.1:9010/site/12'],
    ['website', ['http://www.x.gov.cn/nc/index.shtml', 'www.x.gov.cn//nc/'], 'www.x.gov.cn/nc'],
    ['website', ['http://信息公开.政务', '信息公开.政务/', 'http://xn--vuq80b711a5lb.xn--zfr164b'], 'xn--vuq80b711a5lb.xn--zfr164b/'],
    ['weibo', ['https://weibo.com/u/1234567890', 'weibo.com/1234567890', 'https://m.weibo.cn/u/1234567890?jumpfrom=x', 'http://m.weibo.cn/profile/1234567890', 'https://weibo.com/p/1005051234567890/home', 'https://www.weibo.com/1234567890/profile', '1234567890', 'uid：1234567890'], '1234567890'],
    ['wechat_official', ['MzIzNDcyMTI5MQ==', 'MzIzNDcyMTI5MQ', '__biz=MzIzNDcyMTI5MQ==', 'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzIzNDcyMTI5MQ==&scene=124#wechat_redirect', 'http://mp.weixin.qq.com/s?__biz=MzIzNDcyMTI5MQ==&amp;mid=2247483650&amp;idx=1&amp;sn=abc&amp;chksm=zz#rd', 'https://mp.weixin.qq.com/s?__biz=MzIzNDcyMTI5MQ==\\x26amp;appmsgid=1\\x26amp;itemidx=2\\x26amp;sign=s', 'MP_WXS_3234721291', 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzIzNDcyMTI5MQ==&action=getalbum&album_id=1'], 'MzIzNDcyMTI5MQ=='],
    ['wechat_official', ['gh_BC6C492E205E', 'gh_bc6c492e205e'], 'gh_bc6c492e205e'],
    ['douyin', [`https://www.douyin.com/user/${SEC}?vid=1`, SEC, `https://www.iesdouyin.com/share/user/9?sec_uid=${SEC}&x=1`], SEC],
    ['kuaishou', ['https://www.kuaishou.com/profile/3xk46q9cdnvgife', 'https://live.kuaishou.com/profile/3XK46q9cdnvgife', 'live.kuaishou.com/u/3xk46q9cdnvgife', '3xk46q9cdnvgife'], '3xk46q9cdnvgife'],
    ['bilibili', ['https://space.bilibili.com/1234567/dynamic', 'https://m.bilibili.com/space/1234567', 'UID:1234567', '1234567'], '1234567'],
    ['xiaohongshu', ['https://www.xiaohongshu.com/user/profile/5F0123456789abcdef012345?xsec_token=1', '5f0123456789abcdef012345'], '5f0123456789abcdef012345'],
    ['zhihu', ['https://www.zhihu.com/org/jiang-xi-fa-bu/posts', 'https://www.zhihu.com/people/jiang-xi-fa-bu', 'jiang-xi-fa-bu'], 'jiang-xi-fa-bu'],
    ['zhihu', ['https://zhuanlan.zhihu.com/c_1234567890123456789', 'https://www.zhihu.com/column/c_1234567890123456789', 'c_1234567890123456789'], 'column:c_1234567890123456789'],
    ['app', ['https://apps.apple.com/cn/app/jiang-xi/id1234567890?mt=8', 'https://itunes.apple.com/cn/app/id1234567890', 'id1234567890'], 'ios:1234567890'],
    ['app', ['cn.gov.jiangxi.app', 'https://sj.qq.com/appdetail/cn.gov.jiangxi.app', 'http://a.app.qq.com/o/simple.jsp?pkgname=cn.gov.jiangxi.app', 'https://app.mi.com/details?id=cn.gov.jiangxi.app&ref=search', 'https://apps.apple.com/cn/app/id1234567890; cn.gov.jiangxi.app'], 'cn.gov.jiangxi.app'],
    ['app', ['https://appgallery.huawei.com/app/C100000001', 'https://appgallery.huawei.com/#/app/C100000001', 'C100000001'], 'huawei:c100000001'],
    ['mini_program', ['wx0123456789ABCDEF', 'https://mp.weixin.qq.com/mp/waerrpage?appid=wx0123456789abcdef&type=offshelf'], 'wx0123456789abcdef'],
    ['qq_group', ['123 456 789', '１２３４５６７８９'], '123456789'],
    ['wechat_group', ['南昌 民生群', '《南昌民生群》'], '南昌民生群'],
    ['wechat_group', ['政务公开群（二）', '政务公开群(二)'], '政务公开群(二)'],
  ]
  test.each(cases)('%s → %s', (kind, inputs, expected) => {
    for (const input of inputs) expect(key(kind, input), input).toBe(expected)
  })
})

describe('what is not taken, and what is wanted instead', () => {
  const cases: readonly [Kind, string, string][] = [
    ['weibo', '', '! empty'], ['website', '  “” ', '! empty'],
    ['weibo', 'http://www.jiangxi.gov.cn/', '! no_kind'], ['douyin', 'https://www.douyin.com/hot', '! no_kind'],
    ['website', 'https://weibo.com/u/1234567890', '! other_kind weibo'], ['weibo', 'https://space.bilibili.com/1', '! other_kind bilibili'],
    ['qq_group', 'https://weibo.com/u/1234567890', '! other_kind weibo'], ['feed', `https://www.douyin.com/user/${SEC}`, '! other_kind douyin'],
    ['website', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', '! other_kind wechat_official'],
    ['wechat_channels', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', '! other_kind wechat_official'], ['mini_program', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', '! other_kind wechat_official'],
    ['weibo', 'https://weibo.com/1234567890/KabcDefgh', '! article'], ['weibo', 'https://m.weibo.cn/status/4999', '! article'],
    ['douyin', 'https://www.douyin.com/video/7300000000000000000', '! article'], ['kuaishou', 'https://www.kuaishou.com/short-video/3xabc', '! article'],
    ['toutiao', 'https://www.toutiao.com/article/7300000000000000000/', '! article'], ['bilibili', 'https://www.bilibili.com/video/BV1xx411c7mD', '! article'], ['bilibili', 'BV1xx411c7mD', '! article'],
    ['zhihu', 'https://zhuanlan.zhihu.com/p/123456', '! article'], ['xiaohongshu', 'https://www.xiaohongshu.com/explore/5f0123456789abcdef012345', '! article'],
    ['website', 'http://www.x.gov.cn/art/2024/5/1/art_12_345.html', '! article'], ['website', 'http://www.x.gov.cn/zwgk/202404/t20240415_6452000.htm', '! article'],
    ['pengpai', 'https://www.thepaper.cn/newsDetail_forward_12345', '! article'], ['sohu', 'https://www.sohu.com/a/12345_6789', '! article'],
    ['douyin', 'https://www.douyin.com/user/self', '! personal'], ['weibo', 'https://weibo.com/mygroups?gid=1', '! personal'],
    ['wechat_channels', 'https://weixin.qq.com/r/abcdef', '! personal'], ['wechat_official', 'https://mp.weixin.qq.com/cgi-bin/home?t=home', '! personal'],
    ['website', '江西省人民政府', '! unparseable'], ['website', 'ftp://x.gov.cn/', '! unparseable'], ['website', 'javascript:alert(1)', '! unparseable'], ['weibo', '———', '! unparseable'],
    ['website', `http://x.gov.cn/${'a'.repeat(3000)}`, '! unparseable'],
  ]
  test.each(cases)('%s: %s → %s', (kind, input, expected) => {
    expect(key(kind, input)).toBe(expected)
    const found = CHANNELS[kind].identify(input)
    if (!isProblem(found)) throw new Error('taken')
    // The message tells what was given and what is wanted, in both languages, and stays short enough for a cell.
    expect(found.text.zh).toContain(CHANNELS[kind].manifest.identityForms[0]!.example)
    expect(found.text.en).toContain(CHANNELS[kind].manifest.identityForms[0]!.example)
    expect(found.text.zh).not.toMatch(/\{\w+\}/)
    if (input.length > 0 && input.length < 100 && /[a-z]/.test(input)) expect(found.text.zh).toContain(input)
    if (found.kind !== undefined) expect(found.text.zh).toContain(CHANNELS[found.kind as Kind].manifest.names.zh)
  })
})

describe('what must be fetched before the account is known', () => {
  test.each<[Kind, string, string]>([
    ['douyin', '7.99 复制打开抖音，看看【江西发布】 https://v.douyin.com/iAbCdEf/ 08/12', 'https://v.douyin.com/iAbCdEf'],
    ['kuaishou', 'https://v.kuaishou.com/AbCdEf', 'https://v.kuaishou.com/AbCdEf'],
    ['bilibili', 'https://b23.tv/AbCdEf1', 'https://b23.tv/AbCdEf1'],
    ['weibo', 'https://weibo.com/jxfabu', 'https://weibo.com/jxfabu'],
    ['weibo', '@江西发布', 'https://weibo.com/ajax/profile/info?screen_name=%E6%B1%9F%E8%A5%BF%E5%8F%91%E5%B8%83'],
    ['wechat_official', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv?scene=1', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'],
    ['app', 'https://url.cloud.huawei.com/abc', 'https://url.cloud.huawei.com/abc'],
  ])('%s: %s', (kind, input, url) => {
    const found = CHANNELS[kind].identify(input)
    if (isProblem(found)) throw new Error(found.text.en)
    expect(found.needsResolution?.url).toBe(url)
    expect(found.needsResolution?.why.zh).not.toBe('')
  })
})

test('an id of unknown form is kept, with a warning', () => {
  for (const [kind, input] of [['douyin', 'jxfabu_2020'], ['kuaishou', 'JiangXi-FB'], ['xiaohongshu', '94583617'], ['wechat_official', 'jxfb_gov'], ['weibo', '江西 发布 政务']] as const) {
    const found = CHANNELS[kind].identify(input)
    if (isProblem(found)) throw new Error(found.text.en)
    expect(found.warning?.zh ?? found.needsResolution?.why.zh, `${kind} ${input}`).toBeTruthy()
  }
  const article = CHANNELS.wechat_official.identify('https://mp.weixin.qq.com/s?__biz=MzIzNDcyMTI5MQ==&mid=1&idx=1&sn=a')
  expect(isProblem(article) ? null : article.warning?.zh).toContain('一篇文章')
})

test.each<[string, Kind | null]>([
  ['https://weibo.com/u/1234567890', 'weibo'], ['https://weibo.com/1234567890/KabcDefgh', 'weibo'], ['https://v.douyin.com/abcd/', 'douyin'], [SEC, 'douyin'],
  ['gh_bc6c492e205e', 'wechat_official'], ['https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', 'wechat_official'], ['https://weixin.qq.com/sph/AbCd12', 'wechat_channels'],
  ['wx0123456789abcdef', 'mini_program'], ['https://mp.weixin.qq.com/mp/waerrpage?appid=wx0123456789abcdef', 'mini_program'], ['cn.gov.jiangxi.app', 'app'], ['https://apps.apple.com/cn/app/id1234567890', 'app'],
  ['https://x.gov.cn/rss.xml', 'feed'], ['http://127.0.0.1:8080/feed', 'feed'], ['http://127.0.0.1:8080/', 'website'], ['www.jiangxi.gov.cn', 'website'], ['jxt.jiangxi.gov.cn/col/col12/', 'website'],
  ['https://www.163.com/dy/media/T1234567890123.html', 'netease'], ['江西发布', null], ['1234567890', null], ['', null],
])('guesses whose address %s is: %s', (address, kind) => {
  expect(guessKind(address)).toBe(kind)
})

test('no input makes it throw, and what is taken is taken again as the same', () => {
  const piece = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('https://', 'weibo.com/u/', 'mp.weixin.qq.com/s?__biz=', '://', '%E6', '..', '&amp;', '＃', '\u0000', '[::1]', ':99999', '@', 'MS4w', 'id123456789', '江西'))
  fc.assert(fc.property(fc.constantFrom(...KIND_IDS), fc.array(piece, { maxLength: 6 }).map((p) => p.join('')), (kind, input) => {
    guessKind(input)
    const found = CHANNELS[kind].identify(input)
    if (isProblem(found)) return found.text.zh !== ''
    const again = CHANNELS[kind].identify(found.address)
    return found.key !== '' && !isProblem(again) && again.key === found.key
  }), { numRuns: 3000 })
})
