import { params } from '../address.ts'
import { problem } from '../problems.ts'
import type { Identity, IdentityResult } from '../types.ts'

const HOME = 'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz='
const ARTICLE_WARNING = {
  zh: '这是一篇文章的链接：已据此找公众号，并登记该公众号；请改填公众号的 __biz 或原始ID（gh_…）。',
  en: 'This links to one article: the account is taken from it. Give the account’s __biz or original id (gh_…) instead.',
}

/** `__biz` is base64 of a decimal number; padding is often lost in copying. Null when it is no such thing. */
export function normaliseBiz(raw: string): string | null {
  const text = raw.replace(/ /g, '+').replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]{8,24}$/.test(text)) return null
  try {
    const number = atob(text)
    return /^\d{6,15}$/.test(number) ? btoa(number) : null
  } catch {
    return null
  }
}

/** The number inside `__biz`, which is the one in WeWe RSS ids (MP_WXS_…). */
export function bizNumber(biz: string): string {
  return atob(biz)
}

/**
 * The forms of an article's address: short `/s/<22 characters>` (query dropped), long (only `__biz mid idx sn` kept,
 * aliases made regular), temporary `/s?src=…` (expires).
 */
export function articleAddress(url: URL): string | null {
  const short = /^\/s\/([\w-]{16,32})\/?$/.exec(url.pathname)?.[1]
  if (short !== undefined) return `https://mp.weixin.qq.com/s/${short}`
  if (!/^\/(?:s|mp\/appmsg\/show)\/?$/.test(url.pathname)) return null
  const biz = params(url, '__biz')
  const mid = params(url, 'mid', 'appmsgid')
  const sn = params(url, 'sn', 'sign')
  if (biz !== null && mid !== null) {
    const idx = params(url, 'idx', 'itemidx') ?? '1'
    return `https://mp.weixin.qq.com/s?__biz=${encodeURIComponent(biz)}&mid=${mid}&idx=${idx}${sn === null ? '' : `&sn=${sn}`}`
  }
  if (params(url, 'src') !== null && params(url, 'signature') !== null) return `https://mp.weixin.qq.com${url.pathname}${url.search}`
  return null
}

export function accountOf(biz: string, address = `${HOME}${biz}#wechat_redirect`): Identity {
  return { key: biz, address, accountId: biz }
}

export function fromUrl(url: URL): IdentityResult | null {
  if (url.hostname !== 'mp.weixin.qq.com') return null
  if (url.pathname.startsWith('/cgi-bin/')) return problem('personal')
  const biz = normaliseBiz(params(url, '__biz', 'biz') ?? '')
  const article = articleAddress(url)
  if (article !== null) {
    if (biz !== null) return { ...accountOf(biz, article), warning: ARTICLE_WARNING }
    const id = article.replace(/^https:\/\/mp\.weixin\.qq\.com\/s[/?]?/, '')
    return {
      key: `article:${id}`,
      address: article,
      warning: ARTICLE_WARNING,
      needsResolution: { url: article, why: { zh: '需打开文章以取得公众号的 __biz', en: 'the article must be opened to learn the account’s __biz' } },
    }
  }
  if (biz === null) return null
  if (url.pathname.startsWith('/mp/appmsgalbum')) {
    const album = params(url, 'album_id')
    return album === null ? accountOf(biz) : accountOf(biz, `https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=${encodeURIComponent(biz)}&album_id=${album}`)
  }
  return accountOf(biz)
}

export function fromText(text: string): IdentityResult | null {
  const biz = normaliseBiz(text.replace(/^__biz=/, ''))
  if (biz !== null) return accountOf(biz)
  const number = /^MP_WXS_(\d{6,15})$/i.exec(text)?.[1]
  if (number !== undefined) return accountOf(btoa(number))
  if (/^gh_[0-9a-f]{12}$/i.test(text)) return { key: text.toLowerCase(), address: text.toLowerCase(), accountId: text.toLowerCase() }
  if (/^[a-z][-_a-z0-9]{5,19}$/i.test(text)) {
    return {
      key: text.toLowerCase(), address: text, accountId: text,
      warning: { zh: '按微信号登记；微信号可被修改，建议补充 __biz 或原始ID（gh_…）。', en: 'Taken as a WeChat id, which its owner can change: add the __biz or the original id (gh_…).' },
    }
  }
  return null
}

export const owns = (text: string): boolean => /^gh_[0-9a-f]{12}$/i.test(text) || /^MP_WXS_\d+$/i.test(text) || /^Mz[A-Za-z0-9+/]{10,16}={0,2}$/.test(text)
