import { handler, html, json, listed, modeOf, nameOf, redirect, scriptPage } from './shared.ts'
import type { Answer, Asked, DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'

export const WEIBO_HOSTS = ['m.weibo.cn', 'weibo.com', 'www.weibo.com', 'api.weibo.com'] as const

/** `id` is the uid; `/<domain>` is its vanity address. */
export type WeiboAccount = DoubleAccount & { readonly domain?: string }

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const PAGE = 10

/** `Sun Jun 07 12:00:00 +0800 2020` */
export function weiboTime(at: Date): string {
  const c = new Date(at.getTime() + 8 * 3_600_000)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${WEEKDAYS[c.getUTCDay()]} ${MONTHS[c.getUTCMonth()]} ${two(c.getUTCDate())} ${two(c.getUTCHours())}:${two(c.getUTCMinutes())}:${two(c.getUTCSeconds())} +0800 ${c.getUTCFullYear()}`
}

function user(account: DoubleAccount, mode: Mode): Record<string, unknown> {
  return {
    id: Number(account.id), screen_name: nameOf(account, mode), profile_url: `https://m.weibo.cn/u/${account.id}`, statuses_count: mode === 'empty' ? 0 : account.posts.length,
    verified: true, verified_type: 1, verified_reason: `${account.name}官方微博`, description: '', followers_count: 12034, follow_count: 88,
  }
}

function mblog(account: DoubleAccount, post: DoublePost, mode: Mode): Record<string, unknown> {
  const owner = post.liked === true ? { id: 1999999999, screen_name: '路人' } : user(account, mode)
  return {
    ...(post.undated === true ? {} : { created_at: weiboTime(post.at) }), id: post.id, mid: post.id, bid: `B${post.id.slice(-8)}`, text: `${post.title}<a href="/status/${post.id}">全文</a>`,
    source: '微博网页版', user: owner, reposts_count: 1, comments_count: post.comments ?? 0, attitudes_count: 2, pics: { 0: { pid: 'a' } },
    ...(post.pinned === true ? { mblogtype: 2, isTop: 1, title: { text: '置顶', base_color: 1 } } : { mblogtype: 0 }),
    // A deleted original has no user.
    ...(post.repostOf === undefined ? {} : { retweeted_status: { created_at: weiboTime(post.repostOf), id: '4000000000000001', user: null, text: '抱歉，此微博已被作者删除。' } }),
  }
}

function card(account: DoubleAccount, post: DoublePost, mode: Mode, index: number): Record<string, unknown> {
  const inner = { card_type: 9, itemid: `107603${account.id}_-_${post.id}`, mblog: mblog(account, post, mode), ...(post.pinned === true ? { profile_type_id: 'proweibotop_0' } : { profile_type_id: 'proweibo_0' }) }
  return post.pinned !== true && index % 5 === 3 ? { card_type: 11, card_group: [inner] } : inner
}

/** What stands before any data: walls and deaths, in the platform's words. */
function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return json({ ok: 0, url: 'https://security.weibo.com/captcha/geetest?key=1' })
    case 'login_wall': return json({ ok: -100, url: 'https://passport.weibo.com/sso/signin?entry=wapsso' })
    case 'rate_limited': return html('', 418)
    case 'blocked': return html('', 432)
    case 'server_error': return html('<h1>502 Bad Gateway</h1>', 502)
    case 'nonexistent': return json({ ok: 0, errno: '20003', msg: '该用户不存在(20003)' })
    case 'banned': return json({ ok: 0, msg: '抱歉，该用户因违反法律法规和《微博社区公约》的相关规定，现已无法查看' })
    case 'drifted': return json({ ok: 1, data: { profile: {}, feed: [] } })
    default: return null
  }
}

function container(state: PlatformState, asked: Asked): Answer {
  const account = state.accounts[asked.query.get('value') ?? '']
  const mode = modeOf(state, account)
  const no = refusal(mode) ?? (account === undefined ? refusal('nonexistent') : null)
  if (no !== null || account === undefined) return no ?? json({ ok: 0 })
  const id = `107603${account.id}`
  if (asked.query.get('containerid') === null) {
    return json({ ok: 1, data: { userInfo: user(account, mode), tabsInfo: { selectedTab: 1, tabs: [{ id: 1, tabKey: 'profile', title: '精选', tab_type: 'profile', containerid: `230283${account.id}` }, { id: 2, tabKey: 'weibo', title: '微博', tab_type: 'weibo', containerid: id }] } } })
  }
  const posts = listed(account, mode)
  const from = Number(asked.query.get('since_id') ?? (Number(asked.query.get('page') ?? 1) - 1) * PAGE)
  const shown = posts.slice(from, from + PAGE)
  if (shown.length === 0) return json({ ok: 0, msg: '这里还没有内容', data: { cards: [], cardlistInfo: { total: 0 } } })
  const next = from + PAGE < posts.length ? { since_id: from + PAGE } : {}
  return json({ ok: 1, data: { cardlistInfo: { containerid: id, total: posts.length, ...next }, cards: shown.map((p, i) => card(account, p, mode, i)) } })
}

function desktop(state: PlatformState, asked: Asked): Answer {
  const account = state.accounts[asked.query.get('uid') ?? '']
  const mode = modeOf(state, account)
  if ((asked.headers['cookie'] ?? '') === '') return json({ ok: -100, url: 'https://weibo.com/login.php' })
  const no = refusal(mode) ?? (account === undefined ? refusal('nonexistent') : null)
  if (no !== null || account === undefined) return no ?? json({ ok: 0 })
  const list = listed(account, mode).slice(0, 20).map((p) => ({ ...mblog(account, p, mode), idstr: p.id, mblogid: `B${p.id.slice(-8)}`, text_raw: p.title }))
  return json({ ok: 1, data: { since_id: '', list, total: list.length } })
}

function official(state: PlatformState, asked: Asked): Answer {
  if (asked.query.get('access_token') !== 'good') return json({ error: 'expired_token', error_code: 21327, request: asked.path }, 403)
  const account = state.accounts[asked.query.get('uid') ?? ''] ?? Object.values(state.accounts)[0]
  if (account === undefined) return json({ error: 'User does not exists!', error_code: 20003 }, 400)
  const mode = modeOf(state, account)
  if (asked.path.endsWith('/users/show.json')) return json(user(account, mode))
  return json({ statuses: listed(account, mode).map((p) => mblog(account, p, mode)), total_number: account.posts.length })
}

/** Weibo: the mobile container, the desktop list, the official API, the pages of a profile and short answers to comments. */
export function createWeibo(state: PlatformState<WeiboAccount>): Handler {
  return handler(state, (asked) => {
    if (asked.path === '/api/container/getIndex') return container(state, asked)
    if (asked.path === '/ajax/statuses/mymblog') return desktop(state, asked)
    if (asked.path === '/ajax/profile/info') {
      const account = state.accounts[asked.query.get('uid') ?? ''] ?? Object.values(state.accounts).find((a) => a.name === asked.query.get('screen_name'))
      return account === undefined ? refusal('nonexistent') : (refusal(modeOf(state, account)) ?? json({ ok: 1, data: { user: user(account, modeOf(state, account)) } }))
    }
    if (asked.path.startsWith('/2/')) return official(state, asked)
    if (asked.path === '/comments/hotflow') return hotflow(state, asked)
    const named = /^\/n\/(.+)$/.exec(asked.path)
    if (named !== null) {
      const account = Object.values(state.accounts).find((a) => a.name === decodeURIComponent(named[1] ?? ''))
      return account === undefined ? null : redirect(`/u/${account.id}`)
    }
    const vanity = Object.values(state.accounts).find((a) => a.domain !== undefined && asked.path === `/${a.domain}`)
    if (vanity !== undefined) return redirect(`https://weibo.com/u/${vanity.id}`)
    const profile = /^\/(?:u\/|profile\/)?(\d{6,})$/.exec(asked.path)
    return profile === null ? null : html(scriptPage('微博', `/api/container/getIndex?type=uid&value=${profile[1]}&containerid=107603${profile[1]}`))
  })
}

/** Two comments on each post that has some; the account answers the first after half an hour. */
function hotflow(state: PlatformState, asked: Asked): Answer {
  for (const account of Object.values(state.accounts)) {
    const post = account.posts.find((p) => p.id === asked.query.get('id'))
    if (post === undefined || (post.comments ?? 0) === 0) continue
    const at = (minutes: number): string => weiboTime(new Date(post.at.getTime() + minutes * 60_000))
    return json({ ok: 1, data: { data: [
      { id: '1', created_at: at(10), text: '请问如何办理？', user: { id: 1888888888 }, comments: [{ id: '2', created_at: at(40), text: '您好，请拨打电话咨询。', user: { id: Number(account.id) } }] },
      { id: '3', created_at: at(20), text: '支持', user: { id: 1777777777 }, comments: false },
    ], max_id: 0, total_number: 2 } })
  }
  return json({ ok: 0, msg: '还没有人评论哦~快来抢沙发！' })
}
