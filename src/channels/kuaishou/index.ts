import { attestation } from '../attestation.ts'
import { feedBridge } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

export default {
  kind: 'kuaishou',
  names: { zh: '快手', en: 'Kuaishou' },
  publishes: true,
  hosts: ['kuaishou.com', 'chenzhongtech.com'],
  identityForms: [
    { example: 'https://www.kuaishou.com/profile/3xk46q9cdnvgife', note: { zh: '主页地址', en: 'home page' } },
    { example: '3xk46q9cdnvgife', note: { zh: '用户ID', en: 'principal id' } },
    { example: 'https://live.kuaishou.com/profile/3xk46q9cdnvgife', note: { zh: '直播主页', en: 'live page' } },
    { example: 'https://v.kuaishou.com/AbCdEf', note: { zh: '分享短链接（需展开）', en: 'share link, to be followed' } },
  ],
  gaps: [
    { zh: 'RSSHub 的快手订阅没有日期，不能用于判断更新', en: 'RSSHub’s feed for Kuaishou carries no dates and is of no use' },
    { zh: '注销、封禁提示均为推测', en: 'the words about cancelled or banned accounts are guesses' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  sources: [page, feedBridge('kuaishou'), attestation],
} satisfies KindDefinition
