import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { api } from './api.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

export default {
  kind: 'douyin',
  names: { zh: '抖音', en: 'Douyin' },
  publishes: true,
  hosts: ['douyin.com', 'iesdouyin.com'],
  identityForms: [
    { example: 'https://www.douyin.com/user/MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2', note: { zh: '主页地址', en: 'home page' } },
    { example: 'MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2', note: { zh: 'sec_uid', en: 'sec_uid' } },
    { example: 'https://v.douyin.com/iAbCdEf/', note: { zh: '分享短链接（需展开）', en: 'share link, to be followed' } },
    { example: 'https://www.iesdouyin.com/share/user/123456?sec_uid=MS4wLjABAAAAq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2', note: { zh: '分享页', en: 'share page' } },
    { example: 'jxfabu2020', note: { zh: '抖音号（无法直接定位主页）', en: 'Douyin number: leads to no page by itself' } },
  ],
  gaps: [
    { zh: '空列表通常是防护而不是停更；注销、封禁提示均为推测', en: 'an empty list is usually the guard’s work, not stillness; the words about cancelled or banned accounts are guesses' },
    { zh: '抖音号不能直接定位主页，需填写主页或分享链接', en: 'a Douyin number leads to no page: give the home page or a share link' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  sources: [api, page, rsshub('douyin', (t) => (t.identity.key.startsWith('MS4w') ? `/douyin/user/${t.identity.key}` : null), '/douyin/user/:sec_uid'), feedBridge('douyin'), attestation],
} satisfies KindDefinition
