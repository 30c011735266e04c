import { handler, html, json, listed, modeOf, nameOf, redirect, scriptPage, seconds } from './shared.ts'
import type { Answer, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

export const BILIBILI_HOSTS = ['space.bilibili.com', 'api.bilibili.com', 'b23.tv'] as const

/** `id` is the mid. */
export type BilibiliAccount = DoubleAccount & { readonly short?: string }

function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return json({ code: -352, message: '-352', ttl: 1, data: { v_voucher: 'voucher_1' } })
    case 'blocked': return json({ code: -412, message: '请求被拦截', ttl: 1 }, 412)
    case 'rate_limited': return json({ code: -799, message: '请求过于频繁，请稍后再试', ttl: 1 })
    case 'login_wall': return json({ code: -101, message: '账号未登录', ttl: 1 })
    case 'server_error': return html('', 502)
    case 'nonexistent': return json({ code: -404, message: '啥都木有', ttl: 1 })
    case 'drifted': return json({ code: 0, message: '0', ttl: 1, data: { cards: [] } })
    default: return null
  }
}

const ok = (data: unknown): Answer => json({ code: 0, message: '0', ttl: 1, data })

function answer(account: BilibiliAccount, mode: Mode, path: string): Answer | null {
  const name = mode === 'cancelled' ? '账号已注销' : nameOf(account, mode)
  const gone = mode === 'cancelled' || mode === 'banned'
  const posts = gone ? [] : listed(account, mode)
  switch (path) {
    case '/x/polymer/web-dynamic/v1/feed/space':
      return ok({ has_more: false, offset: '', update_num: 0, items: posts.map((p) => ({
        id_str: p.id, type: 'DYNAMIC_TYPE_DRAW', visible: true,
        // What is liked or forwarded bears its own author.
        modules: { module_author: { mid: p.liked === true ? 1 : Number(account.id), name, ...(p.undated === true ? {} : { pub_ts: seconds(p.at) }), pub_time: '' }, module_dynamic: { desc: { text: p.title } }, module_stat: { comment: { count: p.comments ?? 0 } }, ...(p.pinned === true ? { module_tag: { text: '置顶' } } : {}) },
        ...(p.repostOf === undefined ? {} : { orig: { modules: { module_author: { mid: 2, pub_ts: seconds(p.repostOf) } } } }),
      })) })
    case '/x/space/wbi/arc/search': case '/x/space/arc/search':
      return ok({ list: { vlist: posts.map((p) => ({ aid: Number(p.id.slice(-9)), bvid: `BV1${p.id.slice(-9)}`, title: p.title, ...(p.undated === true ? {} : { created: seconds(p.at) }), comment: p.comments ?? 0, author: name, mid: Number(account.id) })) }, page: { pn: 1, ps: 30, count: mode === 'hidden' ? account.posts.length : posts.length } })
    case '/x/web-interface/card':
      return ok({ card: { mid: account.id, name, sign: '', fans: 300, Official: { role: 3, title: `${account.name}官方账号` }, spacesta: mode === 'banned' ? -2 : 0 }, archive_count: mode === 'empty' ? 0 : account.posts.length, follower: 300 })
    case '/x/space/wbi/acc/info':
      return ok({ mid: Number(account.id), name, silence: mode === 'banned' ? 1 : 0, sign: '' })
    default: return null
  }
}

/** Bilibili: dynamics, videos, card and info; the page of a space, whose script asks for the dynamics. */
export function createBilibili(state: PlatformState<BilibiliAccount>): Handler {
  return handler(state, (asked) => {
    const page = /^\/(\d+)(?:\/dynamic)?\/?$/.exec(asked.path)?.[1]
    if (page !== undefined) {
      const mode = modeOf(state, state.accounts[page])
      if (mode === 'blocked') return html('<!DOCTYPE html><html><head><title>出错啦! - bilibili.com</title></head><body>错误号: 412 由于触发哔哩哔哩安全风控策略，该次访问请求被拒绝。</body></html>', 412)
      return html(scriptPage('个人空间-bilibili', `/x/polymer/web-dynamic/v1/feed/space?offset=&host_mid=${page}&timezone_offset=-480`).replace('<script>', `<script>fetch('/x/web-interface/card?mid=${page}');`))
    }
    const short = Object.values(state.accounts).find((a) => a.short !== undefined && asked.path === `/${a.short}`)
    if (short !== undefined) return redirect(`https://space.bilibili.com/${short.id}`)
    if (!asked.path.startsWith('/x/')) return null
    const account = state.accounts[asked.query.get('host_mid') ?? asked.query.get('mid') ?? '']
    const mode = account === undefined ? 'nonexistent' : modeOf(state, account)
    const no = refusal(mode)
    if (no !== null || account === undefined) return no ?? json({ code: -404 })
    // Its own list of profile data is given to those who are logged in only.
    if (asked.path === '/x/space/wbi/acc/info' && !(asked.headers['cookie'] ?? '').includes('SESSDATA')) return refusal('challenge')
    return answer(account, mode, asked.path)
  })
}
