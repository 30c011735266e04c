import { problem } from '../problems.ts'
import { shortLink } from '../shortlink.ts'
import type { Identity, IdentityResult } from '../types.ts'

export function accountOf(mid: string): Identity {
  return { key: mid, address: `https://space.bilibili.com/${mid}`, accountId: mid }
}

export function fromUrl(url: URL): IdentityResult | null {
  if (url.hostname === 'b23.tv') return /^\/[\w-]{4,}\/?$/.test(url.pathname) ? shortLink(url) : null
  const mid = url.hostname === 'space.bilibili.com' ? /^\/(\d{1,20})(?:\/|$)/.exec(url.pathname)?.[1] : /^\/(?:space|h5\/space)\/(\d{1,20})(?:\/|$)/.exec(url.pathname)?.[1]
  if (mid !== undefined) return accountOf(mid)
  if (/^\/(?:video|read|opus|dynamic|bangumi|audio)\//.test(url.pathname) || /^\/\d{10,}/.test(url.pathname)) return problem('article')
  return ['space.bilibili.com', 'member.bilibili.com', 'account.bilibili.com'].includes(url.hostname) ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  const mid = /^(?:(?:uid|mid)[:：]?\s*)?(\d{1,20})$/i.exec(text)?.[1]
  if (mid !== undefined) return accountOf(mid)
  return /^(?:BV[0-9A-Za-z]{10}|av\d+)$/.test(text) ? problem('article') : null
}

export const owns = (text: string): boolean => /^BV[0-9A-Za-z]{10}$/.test(text)
