import { handler, html, json, listed, modeOf, nameOf, redirect } from './shared.ts'
import type { Answer, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

export const XIAOHONGSHU_HOSTS = ['www.xiaohongshu.com', 'edith.xiaohongshu.com', 'xhslink.com'] as const

/** `id` has 24 hexadecimal digits, as have notes. The profile lists notes without dates; only a note's page bears one. */
export type XiaohongshuAccount = DoubleAccount & { readonly wrapped?: boolean; readonly short?: string }

function wall(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return html('', 461, { verifytype: '301', verifyuuid: 'u-1' })
    case 'rate_limited': return html('', 429)
    case 'blocked': return json({ code: 300012, success: false, msg: '网络连接异常，请检查网络设置或重启试试' }, 403)
    case 'login_wall': return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小红书 - 登录</title></head><body><div class="login-container"><div class="qrcode">登录后查看更多内容</div></div></body></html>')
    case 'server_error': return html('', 502)
    case 'drifted': return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小红书</title></head><body><div id="app"></div><script>window.__NEW_STATE__={}</script></body></html>')
    default: return null
  }
}

const state = (value: unknown): string => JSON.stringify(value).replaceAll('"__undefined__"', 'undefined')
const shell = (title: string, value: unknown): Answer =>
  html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><div id="app"></div><script>window.__INITIAL_STATE__=${state(value)}</script></body></html>`)

function profile(account: XiaohongshuAccount, mode: Mode): Answer {
  const notes = [listed(account, mode).map((p) => ({ id: p.id, xsecToken: 'AB1', noteCard: { noteId: p.id, displayTitle: p.title, type: 'normal', user: { userId: account.id, nickname: nameOf(account, mode) }, interactInfo: { likedCount: '3', sticky: p.pinned === true } } })), [], []]
  const data = { result: { success: true, code: 0 }, basicInfo: { nickname: nameOf(account, mode), redId: '100000001', ipLocation: '江西', desc: '' }, interactions: [{ type: 'follows', count: '3' }, { type: 'fans', count: '800' }, { type: 'interaction', count: '5000' }] }
  const wrap = (v: unknown): unknown => (account.wrapped === true ? { _rawValue: v } : v)
  return shell(`${nameOf(account, mode)} - 小红书`, { global: '__undefined__', user: { loggedIn: false, userPageData: wrap(data), notes: wrap(notes) } })
}

/** Xiaohongshu: profile and note pages with their `__INITIAL_STATE__`. */
export function createXiaohongshu(platform: PlatformState<XiaohongshuAccount>): Handler {
  return handler(platform, (asked) => {
    const short = Object.values(platform.accounts).find((a) => a.short !== undefined && asked.path === `/m/${a.short}`)
    if (short !== undefined) return redirect(`https://www.xiaohongshu.com/user/profile/${short.id}?xsec_token=AB1&xsec_source=app_share`)
    const user = /^\/user\/profile\/([0-9a-f]{24})$/.exec(asked.path)?.[1]
    const note = /^\/(?:explore|discovery\/item)\/([0-9a-f]{24})$/.exec(asked.path)?.[1]
    const account = user !== undefined ? platform.accounts[user] : Object.values(platform.accounts).find((a) => a.posts.some((p) => p.id === note))
    if (user === undefined && note === undefined) return null
    const mode = modeOf(platform, account)
    const no = wall(mode)
    if (no !== null) return no
    if (user !== undefined) {
      if (account === undefined || mode === 'nonexistent') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小红书 - 你访问的页面不见了</title></head><body>该用户不存在</body></html>')
      if (mode === 'cancelled') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小红书</title></head><body>该账号已注销</body></html>')
      if (mode === 'banned') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小红书</title></head><body>该账号因违反社区规范已被封禁</body></html>')
      return profile(account, mode)
    }
    const post = account?.posts.find((p) => p.id === note)
    if (account === undefined || post === undefined) return json({ code: -510001, success: false, msg: '笔记状态异常，请稍后查看' })
    const value = { noteId: post.id, title: post.title, user: { userId: account.id, nickname: nameOf(account, mode) }, interactInfo: { commentCount: String(post.comments ?? 0) }, ...(post.undated === true ? {} : { time: post.at.getTime(), lastUpdateTime: post.at.getTime() + 86_400_000 }) }
    return shell(`${post.title} - 小红书`, { global: '__undefined__', note: { currentNoteId: post.id, noteDetailMap: { [post.id]: { note: value } } } })
  })
}
