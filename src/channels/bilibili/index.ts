import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

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
  gaps: [
    { zh: '封禁与注销的标志为推测', en: 'the marks of banned and cancelled accounts are guesses' },
    { zh: '评论区是否关闭需逐条打开，未读取', en: 'whether comments are closed would need each post opened: not read' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  sources: [page, rsshub('bilibili', (t) => (/^\d+$/.test(t.identity.key) ? `/bilibili/user/dynamic/${t.identity.key}` : null), '/bilibili/user/dynamic/:uid'), feedBridge('bilibili'), attestation],
} satisfies KindDefinition
