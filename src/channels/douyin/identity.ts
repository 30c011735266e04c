import { params } from '../address.ts'
import { problem, UNKNOWN_FORM } from '../problems.ts'
import { shortLink } from '../shortlink.ts'
import type { Identity, IdentityResult } from '../types.ts'

const SEC_UID = /^MS4wLjABAAAA[\w-]{20,80}$/

export function accountOf(secUid: string): Identity {
  return { key: secUid, address: `https://www.douyin.com/user/${secUid}`, accountId: secUid }
}

export function fromUrl(url: URL): IdentityResult | null {
  if (url.hostname === 'v.douyin.com') return /^\/[\w-]{4,}\/?$/.test(url.pathname) ? shortLink(url) : null
  const user = /^\/user\/([^/]+)/.exec(url.pathname)?.[1]
  if (user === 'self') return problem('personal')
  const sec = params(url, 'sec_uid', 'sec_user_id') ?? user ?? ''
  if (SEC_UID.test(sec)) return accountOf(sec)
  if (/\/(?:video|note|article|slides)\/\d+/.test(url.pathname) || params(url, 'modal_id') !== null) return problem('article')
  return /^\/(?:creator|login|follow|friend)/.test(url.pathname) ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  if (SEC_UID.test(text)) return accountOf(text)
  const id = /^(?:抖音号[:：]?\s*)?([A-Za-z0-9._-]{4,24})$/.exec(text)?.[1]
  // 抖音号 has no public address of its own.
  return id === undefined ? null : { key: `id:${id.toLowerCase()}`, address: id, accountId: id, warning: UNKNOWN_FORM }
}

export const owns = (text: string): boolean => SEC_UID.test(text)
