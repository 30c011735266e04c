import { attestation } from '../attestation.ts'
import { feedBridge } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { page } from './page.ts'
import { signals } from './signals.ts'

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
  gaps: [
    { zh: '列表没有时间，须打开笔记；笔记不存在不说明账号状态', en: 'the list bears no times, notes must be opened; a missing note says nothing about the account' },
    { zh: 'RSSHub 的订阅没有日期，不能用于判断更新', en: 'RSSHub’s feed carries no dates and is of no use' },
    { zh: '注销、封禁提示均为推测', en: 'the words about cancelled or banned accounts are guesses' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  sources: [page, feedBridge('xiaohongshu'), attestation],
} satisfies KindDefinition
