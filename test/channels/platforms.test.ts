import { describe, expect, test } from 'vitest'
import { isGone, isObserved } from '../../src/domain/outcome.ts'
import { always, ask, daysAgo, html, json, NOW, own, page, seconds, urlOf, type Adapter, type Script } from './conformance/kit.ts'
import { xiaohongshu } from './fixtures/knowledge.ts'
import { bilibili, kuaishou, toutiao } from './fixtures/video.ts'
import { api, article, articlePage, wewe } from './fixtures/wechat_official.ts'
import { mobile, rsshub, weiboTime } from './fixtures/weibo.ts'

describe('the article page of an official account', () => {
  const AT = new Date('2025-12-04T10:00:51Z')
  const S = seconds(AT)
  const FAMILIES: Readonly<Record<string, string>> = {
    'classic': `var ct = "${S}"; var createTime = '2025-12-04 18:00';`,
    'picture': `window.ct = '${S}' || ''; d.ct = xml ? getXmlValue('create_time.DATA') : '${S}'`,
    'text share': `d.ct = xml ? getXmlValue('create_time.DATA') : '${S}'`,
    'cgiDataNew': `window.cgiDataNew = { svr_time: '1795406400' * 1, ori_send_time: '${S}' * 1, create_timestamp: '${S}' * 1 }`,
    'ori_create_time': `ori_create_time: '${S}' * 1,`,
    'minutes': "createTime = '2025-12-04 18:00'",
    'JsDecode': "create_time: JsDecode('2025-12-04 18:00'),",
  }
  test.each(Object.entries(FAMILIES))('template family %s: when it came out, not when it was fetched', async (_family, dates) => {
    const { result } = await ask(article, always(html(articlePage(null, { dates }))))
    expect(result.lowerBound).toBe('2025-12-04')
    expect(result.posts[0]?.instant?.toISOString().slice(0, 16)).toBe('2025-12-04T10:00')
  })

  test('an article may speak of dead accounts and captchas: its own text is no notice', async () => {
    const body = '<p>此帐号已被屏蔽, 内容无法查看。此账号已自主注销。环境异常，完成验证后即可继续访问。该内容已被发布者删除</p>'
    expect((await ask(article, always(html(articlePage(daysAgo(2), { body }))))).result).toMatchObject({ outcome: 'ok', newest: '2026-11-21' })
  })

  test('an article of another account says nothing of this one', async () => {
    const { result } = await ask(article, always(html(articlePage(daysAgo(2), { biz: 'MzkwMTIzNDU2Nw==' }))))
    expect(isObserved(result.outcome)).toBe(false)
  })

  test('an account without a name was just moved: a guess, for a person', async () => {
    const { result } = await ask(article, always(html(articlePage(daysAgo(2), { name: '未设置' }))))
    expect(result).toMatchObject({ outcome: 'moved', signal: 'wechat_official.unnamed', movedTo: null })
  })

  test('comments are open where the page has a comment id', async () => {
    expect((await ask(article, always(html(articlePage(daysAgo(1)))))).result.interaction).toEqual({ commentsOpen: true, comments: 2 })
  })

  test('on the way through moving, no target', async () => {
    const { result } = await ask(article, always(html('<h2 class="weui-msg__title">此帐号处于帐号迁移流程中</h2>')))
    expect(result).toMatchObject({ outcome: 'moved', movedTo: null })
  })
})

describe('the official API of an official account', () => {
  const later = (days: number): Script => (given) => {
    const { pathname } = urlOf(given)
    const sent = given.do === 'fetch' && given.request.body !== undefined ? (JSON.parse(given.request.body) as Record<string, unknown>) : {}
    switch (pathname) {
      case '/cgi-bin/token': return json({ access_token: 't', expires_in: 7200 })
      case '/cgi-bin/freepublish/batchget': return json({ total_count: 0, item_count: 0, item: [] })
      case '/datacube/getarticlesummary': return json({ list: sent['begin_date'] === daysAgo(days).toISOString().slice(0, 10) ? [{ ref_date: sent['begin_date'], msgid: '12003_2', title: '群发' }] : [] })
      case '/cgi-bin/comment/list':
        expect(sent).toMatchObject({ msg_data_id: 12003, index: 1 })
        return json({ errcode: 0, total: 3, comment: [{ create_time: 1_790_000_000, reply: { create_time: 1_790_003_600, content: '您好' } }, { create_time: 1_790_000_000, reply: { create_time: 1_790_000_600 } }, { create_time: 1_790_000_000 }] })
      default: return json(pathname.includes('selfmenu') ? { is_menu_open: 1 } : { is_autoreply_open: 0, is_add_friend_reply_open: 0 })
    }
  }

  test('what was sent by hand is found in the statistics, and how comments are answered', async () => {
    const { result } = await ask(api, later(5))
    expect(result).toMatchObject({ outcome: 'ok', newest: '2026-11-18', interaction: { menu: true, autoReply: false, commentsOpen: true, comments: 3, replies: 2, medianReplyMinutes: 35 } })
  })

  test('an empty list is not "never published"', async () => {
    const { result } = await ask(api, later(60))
    expect(result).toMatchObject({ outcome: 'not_attested', newest: null, existence: 'exists', interaction: { menu: true } })
  })
})

describe('bridges', () => {
  test('WeWe RSS is asked by the number inside __biz, and its access code is kept', async () => {
    const { asks } = await ask(wewe, wewe.list({ posts: [{ id: '1', title: '一', at: daysAgo(1) }] }))
    expect(asks.map((a) => urlOf(a).pathname)).toEqual(['/feeds/', '/feeds/MP_WXS_3234721291.json'])
    const seen = await ask(wewe, wewe.list({ posts: [{ id: 'AbCdEfGhIjKlMnOpQrStUv', title: '一', at: daysAgo(1) }] }))
    expect(seen.result.remember).toEqual({ article: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv' })
    const hub = await ask(rsshub, rsshub.list({ posts: [{ id: '1', title: '一', at: daysAgo(1) }] }))
    expect(hub.asks.map((a) => urlOf(a).href)).toEqual(['http://bridge.invalid/weibo/user/1234567890?key=access-code'])
    expect(JSON.stringify(hub.result)).not.toContain('access-code')
  })

  test('fresh items show life even where the bridge does not say when it synced', async () => {
    const item = (at: Date): string => `<rss><channel><item><title>一</title><pubDate>${at.toUTCString()}</pubDate></item></channel></rss>`
    expect((await ask(rsshub, always(html(item(daysAgo(1)))))).result).toMatchObject({ outcome: 'ok', newest: '2026-11-22' })
    expect((await ask(rsshub, always(html(item(daysAgo(20)))))).result).toMatchObject({ outcome: 'bridge_stale', newest: null })
  })
})

describe('Weibo', () => {
  const withComments: Script = (given) => {
    const url = urlOf(given)
    if (url.pathname !== '/comments/hotflow') return mobile.list({ posts: [{ id: '5001', title: '一', at: daysAgo(2) }] })(given)
    const at = (minutes: number): string => weiboTime(new Date(daysAgo(2).getTime() + minutes * 60_000))
    return json({ ok: 1, data: { data: [
      { created_at: at(10), user: { id: 1 }, comments: [{ created_at: at(40), user: { id: 1234567890 } }, { created_at: at(90), user: { id: 1234567890 } }] },
      { created_at: at(0), user: { id: 2 }, comments: [{ created_at: at(50), user: { id: 1234567890 } }] },
      { created_at: at(20), user: { id: 3 }, comments: false },
    ] } })
  }
  test('how comments are answered: by the account itself, to its first reply', async () => {
    expect((await ask(mobile, withComments)).result.interaction).toEqual({ commentsOpen: true, comments: 3, replies: 3, medianReplyMinutes: 40 })
  })

  test('comments that cannot be read lose nothing else', async () => {
    const walled: Script = (given) => (urlOf(given).pathname === '/comments/hotflow' ? html('', 403) : withComments(given))
    expect((await ask(mobile, walled)).result).toMatchObject({ outcome: 'ok', interaction: { comments: 3 } })
  })

  test('relative times and dates without a year', async () => {
    const card = (created_at: string): unknown => ({ ok: 1, data: { cards: [{ card_type: 9, mblog: { id: '1', created_at, text: '一', user: { id: 1234567890 } } }], userInfo: { id: 1234567890, screen_name: 'x', statuses_count: 3 } } })
    for (const [created, day] of [['刚刚', '2026-11-23'], ['13小时前', '2026-11-22'], ['昨天 09:00', '2026-11-22'], ['11-03', '2026-11-03'], ['12-03', '2025-12-03']]) {
      expect((await ask(mobile, always(json(card(created!))))).result.newest, created).toBe(day)
    }
  })

  test('the two halves of the answer on pinned posts and a wall', async () => {
    const pinned = mobile.list({ posts: [{ id: '1', title: '置顶', at: daysAgo(300), pinned: true }], more: true })
    const walled: Script = (given) => (urlOf(given).searchParams.get('since_id') === null ? pinned(given) : html('', 432))
    expect((await ask(mobile, walled)).result).toMatchObject({ newest: null, lowerBound: '2026-01-27', existence: 'exists' })
  })
})

test('Bilibili: ids too large for a double are kept, videos alone are a lower bound', async () => {
  const videos = always(page('<div></div>', [own('/x/space/wbi/arc/search?mid=1', { code: 0, data: { list: { vlist: [{ bvid: 'BV1', title: '视频', created: seconds(daysAgo(90)) }] }, page: { count: 1 } } })]))
  expect((await ask(bilibili, videos)).result).toMatchObject({ newest: null, lowerBound: '2026-08-25' })
  const big = `{"code":0,"data":{"has_more":false,"items":[{"id_str":"1","modules":{"module_author":{"mid":1234567,"pub_ts":${seconds(daysAgo(3))}},"module_dynamic":{"desc":{"text":"x"},"rid":9007199254740993}}}]}}`
  expect((await ask(bilibili, always(page('', [own('/x/polymer/web-dynamic/v1/feed/space', big)])))).result.newest).toBe('2026-11-20')
  const huge = { ...bilibili, address: '3546612345678901' } satisfies Adapter
  const answer = `{"code":0,"data":{"has_more":false,"items":[{"id_str":"1","modules":{"module_author":{"mid":3546612345678901,"pub_ts":${seconds(daysAgo(3))}},"module_dynamic":{"desc":{"text":"x"}}}}]}}`
  expect((await ask(huge, always(page('', [own('/x/polymer/web-dynamic/v1/feed/space', answer)])))).result.newest).toBe('2026-11-20')
})

test('Kuaishou and Toutiao: comments closed', async () => {
  const closed = always(page('', [own('/rest/v/profile/feed', { result: 1, pcursor: 'no_more', feeds: [{ canAddComment: 0, photo: { id: '1', caption: '一', timestamp: daysAgo(3).getTime() } }] })]))
  expect((await ask(kuaishou, closed)).result).toMatchObject({ newest: '2026-11-20', interaction: { commentsOpen: false } })
  const banned = always(page('', [own('/api/pc/list/feed', { data: [{ group_id: '1', title: '一', publish_time: seconds(daysAgo(3)), behot_time: seconds(NOW), ban_comment: true }] })]))
  expect((await ask(toutiao, banned)).result).toMatchObject({ newest: '2026-11-20', interaction: { commentsOpen: false } })
})

test('Xiaohongshu: the first ordinary note that cannot be opened leaves only a lower bound', async () => {
  const listed = xiaohongshu.list({ posts: [{ id: '1', title: '一', at: null }, { id: '2', title: '二', at: daysAgo(100) }] })
  expect((await ask(xiaohongshu, listed)).result).toMatchObject({ newest: null, lowerBound: '2026-08-15' })
})

describe('a mini program’s status', () => {
  const base = { kind: 'mini_program', source: 'mini_program.status', address: 'wx0123456789abcdef', reach: 'timeline', list: () => always(json({})), walls: {}, dead: {}, drifted: {} } satisfies Adapter
  const title = (text: string): Script => always(html(`<div class="weui-msg"><h2 class="weui-msg__title">${text}</h2></div>`))
  test.each([
    ['小程序因违规已暂停服务', 'gone_banned'], ['小程序已暂停服务', 'closed_notice'], ['小程序系统故障，开发者正在修复', 'server_error'], ['小程序系统更新维护中', 'server_error'], ['页面不存在', 'ok'], ['', 'ok'], ['环境异常', 'challenge'], ['操作频繁，请稍候再试', 'rate_limited'],
  ] as const)('%s: %s', async (text, outcome) => {
    const { result } = await ask(base, title(text))
    expect(result.outcome).toBe(outcome)
    expect(result.newest).toBeNull()
  })
  test.each([[html('<div id="app"></div>'), 'parse_drift'], [html('', 403), 'forbidden'], [html(''), 'challenge']] as const)('walls and drift', async (reply, outcome) => {
    const { result } = await ask(base, always(reply))
    expect(result.outcome).toBe(outcome)
    expect(isGone(result.outcome)).toBe(false)
  })
})
