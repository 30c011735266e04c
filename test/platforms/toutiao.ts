import { handler, html, json, listed, modeOf, nameOf, redirect, scriptPage, seconds } from './shared.ts'
import type { Answer, DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'

export const TOUTIAO_HOSTS = ['www.toutiao.com'] as const
const PAGE = 20

/** `id` is the token. */
export type ToutiaoAccount = DoubleAccount & { readonly banComment?: boolean; readonly short?: string }

function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return { status: 200, headers: { 'content-type': 'application/json' }, body: '' }
    case 'login_wall': return json({ message: 'error', data: null, login_status: 0 })
    case 'rate_limited': return html('', 429)
    case 'blocked': return html('', 403)
    case 'server_error': return html('', 502)
    case 'drifted': return json({ message: 'success', payload: [] })
    // A bad token, a bad signature and an account that is gone look alike.
    case 'nonexistent': case 'cancelled': case 'banned': return json({ message: 'error', data: null })
    default: return null
  }
}

/** Articles, micro posts and videos keep their author in different places; `behot_time` is not the publication. */
function cell(account: ToutiaoAccount, post: DoublePost, mode: Mode, index: number): Record<string, unknown> {
  const who = { name: nameOf(account, mode), user_id: '5000000001', screen_name: nameOf(account, mode), token: post.liked === true ? 'other' : account.id }
  const base = { id: post.id, title: post.title, ...(post.undated === true ? {} : { publish_time: seconds(post.at) }), behot_time: seconds(post.at) + 864_000, comment_count: post.comments ?? 0, read_count: 55, ban_comment: account.banComment === true }
  const stick = post.pinned === true ? { is_stick: true, stick_label: '置顶' } : {}
  switch (index % 3) {
    case 0: return { ...base, ...stick, cell_type: 60, user_info: who, article_url: `https://www.toutiao.com/article/${post.id}/` }
    case 1: return { ...base, ...stick, cell_type: 32, content: post.title, user: { info: undefined, ...who } }
    default: return { ...base, ...stick, cell_type: 0, user: { info: who }, video: { duration: 30 } }
  }
}

/** Toutiao: a profile page whose script loads the list. */
export function createToutiao(state: PlatformState<ToutiaoAccount>): Handler {
  return handler(state, (asked) => {
    if (asked.path === '/api/pc/list/feed') {
      const account = state.accounts[asked.query.get('token') ?? '']
      const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
      const no = refusal(mode)
      if (no !== null || account === undefined) return no ?? json({ data: null })
      const posts = listed(account, mode)
      const from = Number(asked.query.get('max_behot_time') ?? 0)
      return json({ message: 'success', has_more: from + PAGE < posts.length, next: { max_behot_time: from + PAGE }, data: posts.slice(from, from + PAGE).map((p, i) => cell(account, p, mode, i)) })
    }
    if (asked.path === '/api/pc/user/fans_stat') return json({ message: 'success', data: { publish: 0 } })
    const short = Object.values(state.accounts).find((a) => a.short !== undefined && asked.path.replace(/\/$/, '') === `/is/${a.short}`)
    if (short !== undefined) return redirect(`https://www.toutiao.com/c/user/token/${short.id}/`)
    const token = /^\/c\/user\/(?:token\/)?([\w-]+)\/?$/.exec(asked.path)?.[1]
    if (token === undefined) return null
    const account = state.accounts[token]
    const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
    if (mode === 'nonexistent' || mode === 'cancelled') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>今日头条</title></head><body><div class="error">用户不存在</div></body></html>')
    return html(scriptPage(`${account === undefined ? '' : nameOf(account, mode)}的头条主页`, `/api/pc/list/feed?category=profile_all&token=${token}&max_behot_time=0&aid=24&app_name=toutiao_web&a_bogus=sig`))
  })
}
