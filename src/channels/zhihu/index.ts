import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'

export default {
  kind: 'zhihu',
  names: { zh: '知乎', en: 'Zhihu' },
  publishes: true,
  hosts: ['zhihu.com'],
  identityForms: [
    { example: 'https://www.zhihu.com/org/jiang-xi-fa-bu', note: { zh: '机构号主页', en: 'organisation page' } },
    { example: 'https://zhuanlan.zhihu.com/c_1234567890123456789', note: { zh: '专栏', en: 'column' } },
    { example: 'https://www.zhihu.com/people/jiang-xi-fa-bu', note: { zh: '个人页（请核实）', en: 'personal page, to be checked' } },
    { example: 'jiang-xi-fa-bu', note: { zh: 'url_token', en: 'url_token' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
