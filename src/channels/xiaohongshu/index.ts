import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'

export default {
  kind: 'xiaohongshu',
  names: { zh: '小红书', en: 'Xiaohongshu' },
  publishes: true,
  hosts: ['xiaohongshu.com', 'xhslink.com'],
  identityForms: [
    { example: 'https://www.xiaohongshu.com/user/profile/5f0123456789abcdef012345', note: { zh: '主页地址', en: 'home page' } },
    { example: '5f0123456789abcdef012345', note: { zh: '用户ID（24 位）', en: 'user id, 24 hex digits' } },
    { example: 'https://xhslink.com/m/AbCdEf', note: { zh: '短链接（需展开）', en: 'short link, to be followed' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
