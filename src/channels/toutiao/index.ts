import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

export default {
  kind: 'toutiao',
  names: { zh: '今日头条', en: 'Toutiao' },
  publishes: true,
  hosts: ['toutiao.com'],
  identityForms: [
    { example: 'https://www.toutiao.com/c/user/token/MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0/', note: { zh: '主页地址', en: 'home page' } },
    { example: 'https://www.toutiao.com/c/user/1234567890/', note: { zh: '旧版主页', en: 'old home page' } },
  ],
  gaps: [
    { zh: '列表为空时无法区分账号失效与签名被拒', en: 'an empty list does not tell a dead account from a refused signature' },
    { zh: '注销、封禁提示均为推测', en: 'the words about cancelled or banned accounts are guesses' },
  ],
  signals,
  fromUrl,
  fromText,
  sources: [page, rsshub('toutiao', (t) => (t.identity.key.startsWith('MS4w') ? `/toutiao/user/token/${t.identity.key}` : null), '/toutiao/user/token/:token'), feedBridge('toutiao'), attestation],
} satisfies KindDefinition
