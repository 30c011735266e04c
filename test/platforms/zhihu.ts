import { handler, html, json, listed, modeOf, nameOf, scriptPage, seconds } from './shared.ts'
import type { Answer, DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'

export const ZHIHU_HOSTS = ['www.zhihu.com', 'zhuanlan.zhihu.com'] as const

/** `id` is the url_token. */
export type ZhihuAccount = DoubleAccount & { readonly column?: string }

function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': case 'blocked': return json({ error: { code: 40362, message: '您当前请求存在异常，暂时限制本次访问。如有疑问，您可以通过手机摇一摇或登录后私信知乎小管家反馈。', need_login: true, redirect: 'https://www.zhihu.com/account/unhuman' } }, 403)
    case 'login_wall': return json({ error: { code: 100, message: 'ERR_LOGIN_REQUIRED' } }, 401)
    case 'rate_limited': return html('', 429)
    case 'server_error': return html('', 502)
    case 'nonexistent': return json({ error: { code: 10404, name: 'NotFoundException', message: '该用户不存在' } }, 404)
    case 'drifted': return json({ feed: [] })
    default: return null
  }
}

const VERBS = ['MEMBER_CREATE_ARTICLE', 'MEMBER_ANSWER_QUESTION', 'MEMBER_CREATE_PIN'] as const

/** An activity: what the account made, or what it merely agreed with, which bears the date of agreeing. */
function activity(account: ZhihuAccount, post: DoublePost, mode: Mode, index: number): Record<string, unknown> {
  const verb = post.liked === true ? 'MEMBER_VOTEUP_ARTICLE' : VERBS[index % VERBS.length]
  const when = post.undated === true ? {} : { created_time: seconds(post.at) }
  const made = post.undated === true ? {} : verb === 'MEMBER_CREATE_ARTICLE' ? { created: seconds(post.at) } : { created_time: seconds(post.at) }
  return {
    id: post.id, type: 'feed', verb, ...when, action_text: post.liked === true ? '赞同了文章' : '发表了文章', actor: { url_token: account.id, name: nameOf(account, mode) },
    target: { id: post.id, type: verb === 'MEMBER_ANSWER_QUESTION' ? 'answer' : 'article', title: post.title, question: { title: post.title }, comment_count: post.comments ?? 0, author: { url_token: post.liked === true ? 'someone-else' : account.id, name: nameOf(account, mode) }, ...made },
  }
}

function article(account: ZhihuAccount, post: DoublePost, mode: Mode): Record<string, unknown> {
  return { id: post.id, type: 'article', title: post.title, url: `https://zhuanlan.zhihu.com/p/${post.id}`, ...(post.undated === true ? {} : { created: seconds(post.at), updated: seconds(post.at) + 86_400 }), comment_count: post.comments ?? 0, author: { url_token: account.id, name: nameOf(account, mode) } }
}

/** Zhihu: a profile's activities, a column's items and its pinned ones, and the page that loads them. */
export function createZhihu(state: PlatformState<ZhihuAccount>): Handler {
  return handler(state, (asked) => {
    const page = /^\/(people|org)\/([\w-]+)(?:\/\w+)?$/.exec(asked.path)
    if (page !== null) {
      const token = page[2] ?? ''
      const account = state.accounts[token]
      const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
      if (mode === 'nonexistent') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>404 - 知乎</title></head><body><div class="ErrorPage-text">你似乎来到了没有知识存在的荒原</div></body></html>', 404)
      if (mode === 'cancelled' || mode === 'banned') return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>知乎用户 - 知乎</title></head><body><div class="ProfileLockStatus">${mode === 'banned' ? '由于严重违反知乎社区管理规定，该用户已被永久禁言' : '该账号已注销'}</div></body></html>`)
      if (mode === 'challenge') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证 - 知乎</title></head><body><div class="Unhuman">系统监测到您的网络环境存在异常，为保证您的正常访问，请点击下方验证按钮进行验证。</div></body></html>', 403)
      return html(scriptPage(`${account === undefined ? '' : nameOf(account, mode)} - 知乎`, `/api/v3/moments/${token}/activities?limit=5&desktop=true`))
    }
    const shown = /^\/column\/([\w-]+)$/.exec(asked.path)?.[1]
    if (shown !== undefined) {
      const account = Object.values(state.accounts).find((a) => a.column === shown)
      const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
      if (mode === 'nonexistent') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>404 - 知乎</title></head><body><div class="ErrorPage-text">你似乎来到了没有知识存在的荒原</div></body></html>', 404)
      return html(scriptPage('专栏 - 知乎', `/api/v4/columns/${shown}/items?limit=10`).replace('<script>', `<script>fetch('/api/v4/columns/${shown}/pinned-items/v2');`))
    }
    const token = /^\/api\/v3\/moments\/([\w-]+)\/activities$/.exec(asked.path)?.[1]
    const column = /^\/api\/v4\/columns\/([\w-]+)\/(items|pinned-items\/v2)$/.exec(asked.path)
    const account = token !== undefined ? state.accounts[token] : Object.values(state.accounts).find((a) => a.column !== undefined && a.column === column?.[1])
    if (token === undefined && column === null) return null
    const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
    const no = refusal(mode)
    if (no !== null || account === undefined) return no ?? json({ data: [] })
    const posts = listed(account, mode)
    if (token !== undefined) return json({ data: posts.map((p, i) => activity(account, p, mode, i)), paging: { is_end: true, is_start: true, next: '' } })
    const pinned = column?.[2] !== 'items'
    return json({ data: posts.filter((p) => (p.pinned === true) === pinned && p.liked !== true).map((p) => article(account, p, mode)), paging: { is_end: true, totals: posts.length } })
  })
}
