import { squeeze } from '../address.ts'
import { attestation } from '../attestation.ts'
import { problem } from '../problems.ts'
import type { KindDefinition } from '../types.ts'

export default {
  kind: 'wechat_channels',
  names: { zh: '微信视频号', en: 'WeChat Channels' },
  publishes: true,
  hosts: ['weixin.qq.com', 'channels.weixin.qq.com'],
  identityForms: [
    { example: '江西发布', note: { zh: '视频号名称', en: 'the account’s name' } },
    { example: 'v2_060000231003b20f@finder', note: { zh: '视频号ID', en: 'finder user name' } },
    { example: 'https://weixin.qq.com/sph/AbCdEfGh', note: { zh: '分享链接', en: 'share link' } },
  ],
  gaps: [
    { zh: '没有公开主页和列表；助手后台需扫码登录，页面不显示发布时间', en: 'no public profile or list; the console needs a QR login and shows no publication time' },
    { zh: '公众号文章里嵌入的视频不能证明视频号在更新', en: 'videos embedded in articles of an official account prove nothing about the channel' },
  ],
  fromUrl(url) {
    if (url.hostname === 'channels.weixin.qq.com') {
      return url.pathname.startsWith('/platform') || url.pathname.startsWith('/login') ? problem('personal') : problem('no_kind')
    }
    if (url.hostname !== 'weixin.qq.com' && url.hostname !== 'www.weixin.qq.com') return null
    // weixin.qq.com/r/… is a person's QR code.
    if (url.pathname.startsWith('/r/')) return problem('personal')
    const sph = /^\/sph\/([\w-]{4,})\/?$/.exec(url.pathname)?.[1]
    return sph === undefined ? null : { key: `sph:${sph}`, address: `https://weixin.qq.com/sph/${sph}`, accountId: sph }
  },
  fromText(text) {
    if (/^export\/[\w-]+/.test(text)) return problem('article')
    if (/^v2_[0-9a-f]{8,}(?:@finder)?$/i.test(text)) {
      const id = `${text.replace(/@finder$/i, '').toLowerCase()}@finder`
      return { key: id, address: id, accountId: id }
    }
    return { key: squeeze(text), address: text, accountId: text }
  },
  owns: (text) => /^v2_[0-9a-f]{8,}@finder$/i.test(text) || /^export\/[\w-]+$/.test(text),
  sources: [attestation],
} satisfies KindDefinition
