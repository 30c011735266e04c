import { handler, html, json, listed, modeOf, nameOf, redirect, scriptPage, seconds } from './shared.ts'
import type { Answer, Asked, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

export const DOUYIN_HOSTS = ['www.douyin.com', 'v.douyin.com', 'www.iesdouyin.com', 'open.douyin.com'] as const
const PAGE = 18

/** `id` is the sec_uid. Short links `/<short>/` lead to the account. */
export type DouyinAccount = DoubleAccount & { readonly short?: string; readonly openId?: string }

const author = (account: DouyinAccount, mode: Mode): Record<string, unknown> =>
  ({ nickname: nameOf(account, mode), sec_uid: account.id, uid: '7000000000001', unique_id: 'jxfabu', custom_verify: '', enterprise_verify_reason: `${account.name}官方账号` })

/** What the list answers before any data. An empty body is the platform's usual face towards a client it does not like. */
function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return { status: 200, headers: { 'content-type': 'application/json' }, body: '' }
    case 'blocked': return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'blocked' }
    case 'login_wall': return json({ status_code: 8, status_msg: '用户未登录', aweme_list: null })
    case 'rate_limited': return json({ status_code: 2053, status_msg: '操作频繁' })
    case 'server_error': return html('<h1>502</h1>', 502)
    case 'drifted': return json({ status_code: 0, result: { items: [] } })
    default: return null
  }
}

function list(state: PlatformState<DouyinAccount>, asked: Asked): Answer {
  const account = state.accounts[asked.query.get('sec_user_id') ?? '']
  const mode = modeOf(state, account)
  const no = refusal(mode)
  if (no !== null) return no
  if (account === undefined || mode === 'nonexistent' || mode === 'cancelled' || mode === 'banned' || mode === 'private') return json({ status_code: 0, aweme_list: [], has_more: 0, max_cursor: 0 })
  const posts = listed(account, mode)
  const from = Number(asked.query.get('max_cursor') ?? 0) === 0 ? 0 : posts.findIndex((p) => p.at.getTime() < Number(asked.query.get('max_cursor')) && p.pinned !== true)
  const shown = from < 0 ? [] : posts.slice(from, from + PAGE)
  const last = shown.at(-1)
  return json({
    status_code: 0, min_cursor: 0, max_cursor: last === undefined ? 0 : last.at.getTime(), has_more: from + PAGE < posts.length ? 1 : 0,
    aweme_list: shown.map((p) => ({ aweme_id: p.id, desc: p.title, ...(p.undated === true ? {} : { create_time: seconds(p.at) }), is_top: p.pinned === true ? 1 : 0, author: p.liked === true ? { nickname: '路人', sec_uid: 'MS4wLjABAAAAother' } : author(account, mode), statistics: { comment_count: p.comments ?? 0, digg_count: 3 } })),
  })
}

function profile(state: PlatformState<DouyinAccount>, asked: Asked): Answer {
  const account = state.accounts[asked.query.get('sec_user_id') ?? '']
  const mode = modeOf(state, account)
  const no = refusal(mode)
  if (no !== null) return no
  if (account === undefined || mode === 'nonexistent') return json({ status_code: 0, status_msg: '用户不存在', user: null })
  const count = mode === 'empty' ? 0 : account.posts.length
  return json({ status_code: 0, user: {
    ...author(account, mode), aweme_count: count, follower_count: 2000, ip_location: 'IP属地：江西', secret: mode === 'private' ? 1 : 0,
    ...(mode === 'cancelled' ? { user_canceled: true } : {}), ...(mode === 'banned' ? { is_ban: true } : {}),
  } })
}

const TEXTS: Partial<Record<Mode, string>> = { nonexistent: '用户不存在', cancelled: '该账号已注销', banned: '账号已被封禁，因违反社区规定' }

function userPage(state: PlatformState<DouyinAccount>, id: string): Answer {
  const account = state.accounts[id]
  const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
  if (mode === 'challenge') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>验证码中间页</title></head><body><div id="captcha_container"></div></body></html>')
  const said = TEXTS[mode]
  if (said !== undefined) return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>抖音</title></head><body><div class="error-page"><p>${said}</p></div><script>fetch('/aweme/v1/web/user/profile/other/?sec_user_id=${id}');</script></body></html>`)
  const query = `sec_user_id=${encodeURIComponent(id)}`
  return html(scriptPage('抖音', `/aweme/v1/web/aweme/post/?device_platform=webapp&aid=6383&${query}&max_cursor=0&count=${PAGE}`).replace('<script>', `<script>fetch('/aweme/v1/web/user/profile/other/?device_platform=webapp&aid=6383&${query}');`))
}

/** Douyin: a profile page whose script loads profile and list, short links, and the open platform's list. */
export function createDouyin(state: PlatformState<DouyinAccount>): Handler {
  return handler(state, (asked) => {
    if (asked.path === '/aweme/v1/web/aweme/post/') return list(state, asked)
    if (asked.path === '/aweme/v1/web/user/profile/other/') return profile(state, asked)
    if (asked.path === '/api/douyin/v1/video/video_list/') return official(state, asked)
    const user = /^\/(?:user|share\/user)\/([\w-]+)$/.exec(asked.path)?.[1]
    if (user !== undefined) return userPage(state, asked.query.get('sec_uid') ?? user)
    const short = Object.values(state.accounts).find((a) => a.short !== undefined && asked.path.replace(/\/$/, '') === `/${a.short}`)
    return short === undefined ? null : redirect(`https://www.iesdouyin.com/share/user/7000000000001?sec_uid=${short.id}`)
  })
}

function official(state: PlatformState<DouyinAccount>, asked: Asked): Answer {
  if ((asked.headers['access-token'] ?? asked.query.get('access_token')) !== 'good') return json({ data: { error_code: 2190008, description: 'access_token过期' }, extra: { error_code: 2190008 } })
  const account = Object.values(state.accounts).find((a) => a.openId === asked.query.get('open_id'))
  if (account === undefined) return json({ data: { error_code: 2190002, description: 'access_token无效' } })
  return json({ data: { error_code: 0, has_more: false, cursor: 0, list: listed(account, modeOf(state, account)).map((p) => ({ item_id: p.id, title: p.title, create_time: seconds(p.at), is_top: p.pinned === true, statistics: { comment_count: p.comments ?? 0 } })) } })
}
