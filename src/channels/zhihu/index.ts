import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

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
  gaps: [
    { zh: '主页常要求登录；点赞、关注、收藏不算发布', en: 'pages often ask for a login; votes, follows and collections are not publications' },
    { zh: 'RSSHub 的动态订阅含点赞，只用其专栏订阅', en: 'RSSHub’s activity feed holds votes too: only its feed of columns is used' },
    { zh: '注销、停用提示均为推测', en: 'the words about cancelled or banned accounts are guesses' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  sources: [page, rsshub('zhihu', (t) => (t.identity.key.startsWith('column:') ? `/zhihu/zhuanlan/${t.identity.key.slice(7)}` : null), '/zhihu/zhuanlan/:id'), feedBridge('zhihu'), attestation],
} satisfies KindDefinition
