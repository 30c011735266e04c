import { chinaTime, handler, html, json, listed, modeOf, nameOf, seconds } from './shared.ts'
import type { Answer, Asked, DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'

export const WECHAT_HOSTS = ['mp.weixin.qq.com', 'api.weixin.qq.com'] as const

/** `id` is the account's __biz; an article's address is `/s/<post id>`, and its id has 22 characters on the platform. */
export type WechatAccount = DoubleAccount & {
  /** `gh_` and 12 hexadecimal digits. */
  readonly userName: string
  readonly appid?: string
  readonly secret?: string
  /** Posts filed in the album; all of them by default. */
  readonly album?: readonly string[]
  /** Sent by hand from the console: the official list leaves them out. */
  readonly byHand?: readonly string[]
  /** Template family of its article pages. */
  readonly template?: 'classic' | 'picture' | 'cgi'
}

/** Article-level notices, which say nothing of the account, by post id. */
export type WechatState = PlatformState<WechatAccount> & { readonly deleted?: readonly string[]; readonly violated?: readonly string[]; readonly transferTo?: string; /** Post ids by the signature of a temporary address (`/s?src=…`), which expires: any other has. */ readonly temporary?: Readonly<Record<string, string>> }

const notice = (text: string, extra = ''): Answer => html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body><div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title">${text}</h2></div></div>${extra}</body></html>`)

function refusal(state: WechatState, mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>环境异常</title></head><body><div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2><p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p><a class="weui-btn" id="js_verify">去验证</a></div></body></html>')
    case 'login_wall': return notice('请在微信客户端打开链接')
    case 'rate_limited': return notice('访问过于频繁，请用微信扫描二维码进行访问')
    case 'blocked': return notice('操作频繁，请稍候再试')
    case 'server_error': return html('<div class="global_error_msg warn">系统出错</div>')
    case 'cancelled': return notice('此帐号已自主注销，内容无法查看')
    case 'banned': return notice('此帐号已被屏蔽, 内容无法查看')
    case 'moved': return notice('该公众号已迁移', state.transferTo === undefined ? '' : `<script>var transfer_target_link = '${state.transferTo}';</script>`)
    case 'drifted': return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>微信公众平台</title></head><body><div id="app-v3"><p>正文已改用新的结构呈现，本页不含旧版容器，内容由新版组件在客户端加载，敬请期待更多功能上线。</p></div></body></html>')
    default: return null
  }
}

function article(account: WechatAccount, post: DoublePost, mode: Mode): string {
  const s = seconds(post.at)
  const name = mode === 'moved' ? '未设置' : nameOf(account, mode)
  const minute = chinaTime(post.at).slice(0, 16)
  const dates = post.undated === true ? '' : {
    classic: `var ct = "${s}"; var oriCreateTime = '${s}'; var createTime = '${minute}';`,
    picture: `window.ct = '${s}' || ''; d.ct = xml ? getXmlValue('create_time.DATA') : '${s}'; create_time: JsDecode('${minute}')`,
    cgi: `window.cgiDataNew = { ori_send_time: '${s}' * 1, ori_create_time: '${s}' * 1, create_timestamp: '${s}' * 1, create_time: JsDecode('${minute}'), svr_time: '${s + 90_000_000}' * 1 };`,
  }[account.template ?? 'classic']
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="${post.title}"><title></title></head><body>
<div id="js_article" class="rich_media"><h1 class="rich_media_title" id="activity-name">${post.title}</h1>
<a id="js_name">${name}</a> <em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
<div class="rich_media_content" id="js_content"><p>正文。相关阅读：<a href="https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk5OQ==&amp;mid=1&amp;idx=1&amp;sn=0">旧文</a></p></div></div>
<script>var biz = "${account.id}"; var nickname = htmlDecode("${name}"); var user_name = "${account.userName}"; var msg_title = '${post.title}'; ${dates} var svr_time = '${s + 90_000_000}'; var comment_id = "${post.comments === undefined ? 0 : 3210000000000}"; var elected_comment_total_cnt = ${post.comments ?? 0};</script></body></html>`
}

function album(state: WechatState, asked: Asked): Answer {
  const account = state.accounts[asked.query.get('__biz') ?? '']
  const mode = modeOf(state, account)
  const no = refusal(state, mode)
  if (no !== null) return no
  if (account === undefined) return json({ base_resp: { ret: -3, errmsg: 'no album' } })
  const posts = listed(account, mode).filter((p) => account.album === undefined || account.album.includes(p.id))
  const items = posts.map((p) => ({ title: p.title, url: `http://mp.weixin.qq.com/s/${p.id}`, msgid: p.id, itemidx: '1', key: `${p.id}_1`, ...(p.undated === true ? {} : { create_time: String(seconds(p.at)) }) }))
  return json({ base_resp: { ret: 0 }, getalbum_resp: { article_list: items.length === 1 ? items[0] : items, base_info: { nickname: nameOf(account, mode), title: '合集', article_count: String(items.length) }, continue_flag: '0', reverse_continue_flag: '0' } })
}

function api(state: WechatState, asked: Asked): Answer {
  const of = (token: string | null): WechatAccount | undefined => Object.values(state.accounts).find((a) => `token-${a.appid}` === token)
  if (asked.path === '/cgi-bin/token') {
    const account = Object.values(state.accounts).find((a) => a.appid === asked.query.get('appid'))
    if (account === undefined) return json({ errcode: 40013, errmsg: 'invalid appid' })
    if (account.secret !== asked.query.get('secret')) return json({ errcode: 40125, errmsg: 'invalid appsecret' })
    if (modeOf(state, account) === 'blocked') return json({ errcode: 40164, errmsg: 'invalid ip 203.0.113.9, not in whitelist' })
    return json({ access_token: `token-${account.appid}`, expires_in: 7200 })
  }
  const account = of(asked.query.get('access_token'))
  if (account === undefined) return json({ errcode: 42001, errmsg: 'access_token expired' })
  const mode = modeOf(state, account)
  if (mode === 'rate_limited') return json({ errcode: 45009, errmsg: 'reach max api daily quota limit' })
  if (mode === 'login_wall') return json({ errcode: 48001, errmsg: 'api unauthorized' })
  if (mode === 'server_error') return json({ errcode: -1, errmsg: 'system error' })
  const given = asked.body === '' ? {} : (JSON.parse(asked.body) as { begin_date?: string })
  const posts = listed(account, mode).filter((p) => account.byHand?.includes(p.id) !== true)
  switch (asked.path) {
    case '/cgi-bin/freepublish/batchget':
      if (mode === 'drifted') return json({ publish_list: [] })
      return json({ total_count: posts.length, item_count: Math.min(posts.length, 20), item: posts.slice(0, 20).map((p) => ({ article_id: p.id, content: { news_item: [{ title: p.title, url: `http://mp.weixin.qq.com/s/${p.id}`, is_deleted: false }] }, ...(p.undated === true ? {} : { update_time: seconds(p.at) }) })) })
    case '/datacube/getarticlesummary':
      return json({ list: listed(account, mode).filter((p) => chinaTime(p.at).slice(0, 10) === given.begin_date).map((p) => ({ ref_date: given.begin_date, msgid: `${p.id}_1`, title: p.title, int_page_read_user: 10 })) })
    case '/cgi-bin/get_current_selfmenu_info': return json({ is_menu_open: 1, selfmenu_info: { button: [{ type: 'view', name: '办事', url: 'https://example.invalid/' }] } })
    case '/cgi-bin/get_current_autoreply_info': return json({ is_add_friend_reply_open: 1, is_autoreply_open: 0, keyword_autoreply_info: { list: [] } })
    case '/cgi-bin/comment/list': return json({ errcode: 0, errmsg: 'ok', total: 1, comment: [{ user_comment_id: 1, openid: 'o1', create_time: 1_700_000_000, content: '请问', comment_type: 0, reply: { content: '您好', create_time: 1_700_003_600 } }] })
    default: return json({ errcode: 48001, errmsg: 'api unauthorized' })
  }
}

/** WeChat official accounts: article pages, album, official API. No public timeline exists, so none is served. */
export function createWechat(state: WechatState): Handler {
  return handler(state, (asked) => {
    if (asked.path.startsWith('/cgi-bin/') || asked.path.startsWith('/datacube/')) return api(state, asked)
    if (asked.path === '/mp/appmsgalbum') return album(state, asked)
    const id = /^\/s\/([\w-]+)$/.exec(asked.path)?.[1] ?? asked.query.get('sn') ?? asked.query.get('sign') ?? state.temporary?.[asked.query.get('signature') ?? ''] ?? null
    if (!asked.path.startsWith('/s')) return null
    if (id === null) return notice(asked.query.get('signature') === null ? '参数错误' : '链接已过期')
    const account = Object.values(state.accounts).find((a) => a.posts.some((p) => p.id === id))
    const post = account?.posts.find((p) => p.id === id)
    const no = refusal(state, modeOf(state, account))
    if (no !== null) return no
    if (state.deleted?.includes(id) === true) return html('<div class="weui-msg"><div class="weui-msg__title warn">该内容已被发布者删除</div></div>')
    if (state.violated?.includes(id) === true) return notice('此内容因违规无法查看', `<script>window.cgiData = { del_reason_id: '20004', user_name: '${account?.userName ?? ''}' };</script>`)
    return account === undefined || post === undefined ? notice('参数错误') : html(article(account, post, modeOf(state, account)))
  })
}
