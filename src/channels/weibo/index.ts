import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl } from './identity.ts'

export default {
  kind: 'weibo',
  names: { zh: '新浪微博', en: 'Weibo' },
  publishes: true,
  hosts: ['weibo.com', 'weibo.cn'],
  identityForms: [
    { example: 'https://weibo.com/u/1234567890', note: { zh: '主页地址', en: 'home page' } },
    { example: '1234567890', note: { zh: 'uid', en: 'uid' } },
    { example: 'https://m.weibo.cn/u/1234567890', note: { zh: '手机版主页', en: 'mobile home page' } },
    { example: 'https://weibo.com/1234567890', note: { zh: '主页地址', en: 'home page' } },
    { example: 'https://weibo.com/jxfabu', note: { zh: '个性域名（需解析）', en: 'vanity address, to be resolved' } },
    { example: 'https://weibo.com/n/江西发布', note: { zh: '昵称（需解析）', en: 'nickname, to be resolved' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  sources: [attestation],
} satisfies KindDefinition
