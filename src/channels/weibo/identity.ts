import { squeeze } from '../address.ts'
import { problem } from '../problems.ts'
import type { Identity, IdentityResult } from '../types.ts'

export function accountOf(uid: string): Identity {
  return { key: uid, address: `https://weibo.com/u/${uid}`, accountId: uid }
}

const OWN_PAGES = /^\/(?:home|mygroups|at|message|messages|login\.php|signup|settings?|newlogin|account|fav|like|tv|hot|search)(?:\/|$)/i

export function fromUrl(url: URL): IdentityResult | null {
  const path = url.pathname.replace(/\/+$/, '')
  const uid = /^\/(?:u|profile)\/(\d{5,12})$/.exec(path)?.[1] ?? /^\/(\d{5,12})(?:\/(?:profile|info))?$/.exec(path)?.[1] ?? /^\/p\/(?:100505|100306|100206|100605|100406|107603|230283|230413)(\d{10})/.exec(path)?.[1]
  if (uid !== undefined) return accountOf(uid)
  if (/^\/\d{5,12}\/[A-Za-z0-9]{6,12}$/.test(path) || /^\/(?:status|detail|statuses\/show|ttarticle|tv\/show|article)(?:\/|$)/.test(path)) return problem('article')
  if (path === '' || OWN_PAGES.test(path)) return problem('personal')
  const name = /^\/n\/([^/]+)$/.exec(path)?.[1]
  if (name !== undefined) return byName(decode(name))
  const domain = /^\/([A-Za-z][\w-]{2,30})$/.exec(path)?.[1]
  if (domain === undefined) return null
  return {
    key: `domain:${domain.toLowerCase()}`,
    address: `https://weibo.com/${domain}`,
    needsResolution: { url: `https://weibo.com/${domain}`, why: { zh: '个性域名需解析为微博 uid', en: 'the vanity address must be resolved to a uid' } },
  }
}

function byName(name: string): Identity {
  return {
    key: `name:${squeeze(name)}`,
    address: `https://weibo.com/n/${encodeURIComponent(name)}`,
    accountId: name,
    needsResolution: {
      url: `https://weibo.com/ajax/profile/info?screen_name=${encodeURIComponent(name)}`,
      why: { zh: '昵称需解析为微博 uid；昵称会变，建议填写主页地址', en: 'the nickname must be resolved to a uid; nicknames change, better give the home page' },
    },
  }
}

export function fromText(text: string): IdentityResult | null {
  const uid = /^(?:uid[:：]?\s*)?(\d{5,12})$/i.exec(text)?.[1]
  if (uid !== undefined) return accountOf(uid)
  const name = /^@?([\p{L}\p{N}_-]{2,30})$/u.exec(text)?.[1]
  return name === undefined ? null : byName(name)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
