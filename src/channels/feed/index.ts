import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { feedDocument } from './read.ts'

export default {
  kind: 'feed',
  names: { zh: '订阅源', en: 'Feed (RSS/Atom/JSON)' },
  publishes: true,
  hosts: [],
  identityForms: [{ example: 'https://www.example.gov.cn/rss.xml', note: { zh: 'RSS、Atom 或 JSON Feed 地址', en: 'address of an RSS, Atom or JSON Feed' } }],
  gaps: [{ zh: '没有日期的条目不能判断更新', en: 'items without dates say nothing about freshness' }],
  fromUrl(url) {
    const address = new URL(url)
    address.hash = ''
    return { key: `${address.host}${address.pathname}${address.search}`, address: address.href }
  },
  fromText: () => null,
  textRefused: true,
  sources: [feedDocument, attestation],
} satisfies KindDefinition
