import { problem } from '../problems.ts'
import { shortLink } from '../shortlink.ts'
import type { Identity, IdentityResult } from '../types.ts'

const TOKEN = /^MS4w[\w-]{16,90}$/

export function accountOf(token: string): Identity {
  return { key: token, address: `https://www.toutiao.com/c/user/token/${token}/`, accountId: token }
}

export function fromUrl(url: URL): IdentityResult | null {
  const token = /^\/c\/user\/token\/([\w-]{8,100})\/?$/.exec(url.pathname)?.[1]
  if (token !== undefined) return accountOf(token)
  const digits = /^\/c\/user\/(\d{5,20})\/?$/.exec(url.pathname)?.[1]
  if (digits !== undefined) return { key: digits, address: `https://www.toutiao.com/c/user/${digits}/`, accountId: digits }
  if (/^\/is\/[\w-]+\/?$/.test(url.pathname)) return shortLink(url)
  if (/^\/(?:article|item|group|w|video|trending|[aiw])\/?\d+/.test(url.pathname)) return problem('article')
  return url.hostname === 'mp.toutiao.com' ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  if (TOKEN.test(text)) return accountOf(text)
  return /^\d{5,20}$/.test(text) ? { key: text, address: `https://www.toutiao.com/c/user/${text}/`, accountId: text } : null
}
