import { problem, UNKNOWN_FORM } from '../problems.ts'
import { shortLink } from '../shortlink.ts'
import type { Identity, IdentityResult } from '../types.ts'

const PRINCIPAL = /^3x[0-9a-z]{8,20}$/i

export function accountOf(id: string): Identity {
  return { key: id, address: `https://www.kuaishou.com/profile/${id}`, accountId: id }
}

export function fromUrl(url: URL): IdentityResult | null {
  if (url.hostname === 'v.kuaishou.com' || url.hostname === 'v.m.chenzhongtech.com') return /^\/[\w-]{4,}\/?$/.test(url.pathname) ? shortLink(url) : null
  const id = /^\/(?:profile|u)\/([\w-]{4,40})\/?$/.exec(url.pathname)?.[1]
  if (id !== undefined) return accountOf(PRINCIPAL.test(id) ? id.toLowerCase() : id)
  if (/^\/(?:short-video|f|photo|fw\/photo|video)\//.test(url.pathname)) return problem('article')
  return /^\/(?:my-feed|my|account|creator)/.test(url.pathname) ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  if (PRINCIPAL.test(text)) return accountOf(text.toLowerCase())
  const id = /^(?:快手号[:：]?\s*)?([A-Za-z0-9_-]{4,24})$/.exec(text)?.[1]
  // 快手号 (kwaiId) is not the id in addresses.
  return id === undefined ? null : { key: `id:${id.toLowerCase()}`, address: id, accountId: id, warning: UNKNOWN_FORM }
}

export const owns = (text: string): boolean => PRINCIPAL.test(text)
