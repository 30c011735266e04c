import type { Identity } from './types.ts'

/** A short link is followed through the guarded fetcher until it names an account. */
export function shortLink(url: URL): Identity {
  const address = `https://${url.host}${url.pathname.replace(/\/$/, '')}`
  return {
    key: `link:${url.host}${url.pathname.replace(/\/$/, '')}`,
    address,
    needsResolution: { url: address, why: { zh: '短链接需展开后才知道是哪个账号', en: 'the short link must be followed to learn the account' } },
  }
}
