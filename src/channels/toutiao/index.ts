import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl } from './identity.ts'

export default {
  kind: 'toutiao',
  names: { zh: '今日头条', en: 'Toutiao' },
  publishes: true,
  hosts: ['toutiao.com'],
  identityForms: [
    { example: 'https://www.toutiao.com/c/user/token/MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0/', note: { zh: '主页地址', en: 'home page' } },
    { example: 'https://www.toutiao.com/c/user/1234567890/', note: { zh: '旧版主页', en: 'old home page' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  sources: [attestation],
} satisfies KindDefinition
