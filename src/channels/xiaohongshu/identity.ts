import { problem, UNKNOWN_FORM } from '../problems.ts'
import { shortLink } from '../shortlink.ts'
import type { Identity, IdentityResult } from '../types.ts'

const USER = /^[0-9a-f]{24}$/i

export function accountOf(id: string): Identity {
  return { key: id.toLowerCase(), address: `https://www.xiaohongshu.com/user/profile/${id.toLowerCase()}`, accountId: id.toLowerCase() }
}

export function fromUrl(url: URL): IdentityResult | null {
  if (url.hostname === 'xhslink.com' || url.hostname.endsWith('.xhslink.com')) return /^\/[\w/-]{4,}\/?$/.test(url.pathname) ? shortLink(url) : null
  const user = /^\/user\/profile\/([^/]+)/.exec(url.pathname)?.[1]
  if (user === 'me') return problem('personal')
  if (user !== undefined) {
    if (USER.test(user) && /^\/user\/profile\/[^/]+\/[0-9a-f]{24}\/?$/i.test(url.pathname)) return problem('article')
    return USER.test(user) ? accountOf(user) : null
  }
  if (/^\/(?:explore|discovery\/item|search_result)\/[0-9a-f]{24}/i.test(url.pathname)) return problem('article')
  return url.hostname.startsWith('creator.') ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  if (USER.test(text)) return accountOf(text)
  const id = /^(?:小红书号[:：]?\s*)?([A-Za-z0-9_.-]{4,24})$/.exec(text)?.[1]
  return id === undefined ? null : { key: `id:${id.toLowerCase()}`, address: id, accountId: id, warning: UNKNOWN_FORM }
}

export const owns = (text: string): boolean => USER.test(text)
