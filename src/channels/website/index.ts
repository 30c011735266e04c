import { hostPath } from '../address.ts'
import { problem } from '../problems.ts'
import type { KindDefinition } from '../types.ts'

/** Addresses of single articles as the common CMS write them (URL shapes: TRS, jcms, NFCMS, UCAP, VSB). */
const ARTICLES = [/\/t(?:19|20)\d{6}_\d+\.s?html?$/i, /\/art\/(?:19|20)\d{2}\/\d{1,2}\/\d{1,2}\/art_/i, /\/art\/(?:19|20)\d{2}\/art_[0-9a-f]{32}/i, /\/(?:content|post)\/?_\d+\.s?html?$/i, /\/content\/(?:post|content)_\d+/i, /\/info\/\d+\/\d+\.html?$/i, /\/c\d{5,}\/content\.s?html?$/i]

export default {
  kind: 'website',
  names: { zh: '网站', en: 'Website' },
  publishes: true,
  hosts: [],
  identityForms: [
    { example: 'https://www.example.gov.cn/', note: { zh: '网站首页地址', en: 'home page' } },
    { example: 'www.example.gov.cn', note: { zh: '域名，可不写 http', en: 'host name, the scheme may be left out' } },
    { example: 'www.example.gov.cn/nc/', note: { zh: '同一域名下的子站', en: 'a site below a path' } },
  ],
  gaps: [{ zh: '网站由首页、栏目和列表读取，见 docs/architecture.md', en: 'websites are read from their home page, columns and lists by the visit itself' }],
  fromUrl(url) {
    if (ARTICLES.some((a) => a.test(url.pathname))) return problem('article')
    const address = new URL(url)
    // A route after # is part of the address that is opened, a mere anchor is not.
    if (!/^#!?\//.test(address.hash)) address.hash = ''
    return { key: hostPath(url), address: address.href }
  },
  fromText: () => null,
  textRefused: true,
  sources: [],
} satisfies KindDefinition
