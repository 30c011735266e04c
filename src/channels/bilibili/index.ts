import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'

export default {
  kind: 'bilibili',
  names: { zh: '哔哩哔哩', en: 'Bilibili' },
  publishes: true,
  hosts: ['bilibili.com', 'b23.tv'],
  identityForms: [
    { example: 'https://space.bilibili.com/1234567', note: { zh: '主页地址', en: 'home page' } },
    { example: '1234567', note: { zh: 'UID（mid）', en: 'mid' } },
    { example: 'https://b23.tv/AbCdEf1', note: { zh: '短链接（需展开）', en: 'short link, to be followed' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
