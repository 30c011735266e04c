import { handler, html, json, listed, modeOf, nameOf, redirect, scriptPage } from './shared.ts'
import type { Answer, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

export const KUAISHOU_HOSTS = ['www.kuaishou.com', 'live.kuaishou.com', 'v.kuaishou.com'] as const
const PAGE = 20

/** `id` is the principal id. */
export type KuaishouAccount = DoubleAccount & { readonly short?: string; readonly commentsClosed?: boolean }

function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return json({ result: 400002, captchaConfig: { url: 'https://captcha.zt.kuaishou.com/iframe/index.html' } })
    case 'login_wall': return json({ result: 109, error_msg: '登录已过期' })
    case 'rate_limited': return json({ result: 2, error_msg: '请求过于频繁' })
    case 'blocked': return json({ result: 50 })
    case 'server_error': return html('<h1>502</h1>', 502)
    case 'drifted': return json({ result: 1, payload: {} })
    default: return null
  }
}

const gone = (mode: Mode): boolean => mode === 'nonexistent' || mode === 'cancelled' || mode === 'banned'
const TEXTS: Partial<Record<Mode, string>> = { nonexistent: '用户不存在', cancelled: '账号已注销', banned: '该账号已被封禁' }

function feeds(account: KuaishouAccount, mode: Mode, cursor: string): { feeds: unknown[]; pcursor: string } {
  const posts = listed(account, mode)
  const from = cursor === '' ? 0 : Number(cursor)
  return {
    feeds: posts.slice(from, from + PAGE).map((p) => ({
      type: 1, canAddComment: account.commentsClosed === true ? 0 : 1, author: { id: p.liked === true ? '3xother' : account.id, name: nameOf(account, mode) },
      photo: { id: p.id, caption: p.title, ...(p.undated === true ? {} : { timestamp: p.at.getTime() }), likeCount: '3', viewCount: '120', commentCount: p.comments ?? 0, profileUserTopPhoto: p.pinned === true },
    })),
    pcursor: from + PAGE < posts.length ? String(from + PAGE) : 'no_more',
  }
}

function profile(account: KuaishouAccount, mode: Mode): Record<string, unknown> {
  const count = mode === 'empty' ? 0 : account.posts.length
  return { ownerCount: { fan: '1.2万', photo: null, follow: 3, photo_public: count }, profile: { gender: 'U', user_name: nameOf(account, mode), user_id: account.id, headurl: '', user_text: '' }, isFollowing: false }
}

/** Kuaishou: GraphQL profile and list, the later REST list, the live site's pair, and a page that loads its list. */
export function createKuaishou(state: PlatformState<KuaishouAccount>): Handler {
  return handler(state, (asked) => {
    const given = (asked.body.startsWith('{') ? JSON.parse(asked.body) : {}) as { operationName?: string; query?: string; variables?: { userId?: string; pcursor?: string }; user_id?: string; pcursor?: string }
    const page = /^\/(?:profile|u)\/([\w-]+)$/.exec(asked.path)?.[1]
    const short = Object.values(state.accounts).find((a) => a.short !== undefined && asked.path === `/${a.short}`)
    if (short !== undefined) return redirect(`https://www.kuaishou.com/profile/${short.id}`)
    const id = given.variables?.userId ?? given.user_id ?? asked.query.get('principalId') ?? page ?? ''
    const account = state.accounts[id]
    const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
    if (page !== undefined) {
      const said = TEXTS[mode]
      if (said !== undefined) return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>快手</title></head><body><div class="profile-error">${said}</div></body></html>`)
      const init = JSON.stringify({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user_id: id, pcursor: '', page: 'profile' }) })
      const live = `fetch('/live_api/baseuser/userinfo/byid?principalId=${id}');fetch('/live_api/profile/public?count=12&pcursor=&principalId=${id}');`
      return html(scriptPage(`${account === undefined ? '' : nameOf(account, mode)} - 快手`, '/rest/v/profile/feed?__NS_hxfalcon=sig&caver=2', { init }).replace('<script>', `<script>${live}`))
    }
    const no = refusal(mode)
    if (asked.path === '/graphql') {
      if (no !== null) return no
      if (given.operationName === 'visionProfile') return json({ data: { visionProfile: gone(mode) || account === undefined ? { result: 1, hostName: '', userProfile: null } : { result: 1, hostName: '', userProfile: profile(account, mode) } } })
      return json({ data: { visionProfilePhotoList: { result: 1, llsid: '1', webPageArea: 'profilexxnull', ...(gone(mode) || account === undefined ? { feeds: [], pcursor: 'no_more' } : feeds(account, mode, given.variables?.pcursor ?? '')) } } })
    }
    if (asked.path === '/rest/v/profile/feed') return no ?? json({ result: 1, ...(gone(mode) || account === undefined ? { feeds: [], pcursor: 'no_more' } : feeds(account, mode, given.pcursor ?? '')) })
    if (asked.path === '/live_api/profile/public') {
      if (no !== null || account === undefined) return no ?? json({ data: { result: 1, list: [], pcursor: 'no_more' } })
      const found = feeds(account, mode, asked.query.get('pcursor') ?? '')
      return json({ data: { result: 1, pcursor: found.pcursor, list: listed(account, mode).slice(0, PAGE).map((p) => ({ id: p.id, caption: p.title, timestamp: p.at.getTime(), author: { id: account.id, name: nameOf(account, mode) }, counts: { displayComment: String(p.comments ?? 0) } })) } })
    }
    if (asked.path === '/live_api/baseuser/userinfo/byid') return no ?? json({ data: { result: 1, userInfo: account === undefined || gone(mode) ? null : { id: account.id, name: nameOf(account, mode), counts: { photo: mode === 'empty' ? 0 : account.posts.length } } } })
    return null
  })
}
