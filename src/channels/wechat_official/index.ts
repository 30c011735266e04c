import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, owns } from './identity.ts'

export default {
  kind: 'wechat_official',
  names: { zh: '微信公众号', en: 'WeChat official account' },
  publishes: true,
  hosts: ['mp.weixin.qq.com'],
  identityForms: [
    { example: 'MzIzNDcyMTI5MQ==', note: { zh: '__biz，最稳定的标识', en: '__biz, the stable key' } },
    { example: 'gh_bc6c492e205e', note: { zh: '原始ID', en: 'original id' } },
    { example: 'https://mp.weixin.qq.com/s?__biz=MzIzNDcyMTI5MQ==&mid=2247483650&idx=1&sn=0123456789abcdef', note: { zh: '文章长链接（从中取 __biz）', en: 'long article link, the __biz is taken from it' } },
    { example: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', note: { zh: '文章短链接（需打开取 __biz）', en: 'short article link, to be opened for the __biz' } },
    { example: 'https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=MzIzNDcyMTI5MQ==&album_id=1234567890123456789', note: { zh: '合集地址', en: 'album' } },
    { example: 'MP_WXS_3234721291', note: { zh: 'WeWe RSS 标识', en: 'WeWe RSS id' } },
    { example: 'jxfb_gov', note: { zh: '微信号', en: 'WeChat id, which its owner can change' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
