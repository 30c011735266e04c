import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'

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
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
