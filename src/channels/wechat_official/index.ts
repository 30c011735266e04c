import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import type { KindDefinition } from '../types.ts'
import { album } from './album.ts'
import { api } from './api.ts'
import { article, readArticle, resolveFromArticle } from './article.ts'
import { albumRoute, wewe } from './bridge.ts'
import { fromText, fromUrl, owns } from './identity.ts'
import { signals } from './signals.ts'

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
  gaps: [
    { zh: '没有公开的主页或文章列表；公开页面只能证明存在，更新时间只作下限', en: 'no public profile or list: public pages prove existence, their dates are only lower bounds' },
    { zh: '官方接口可能不含在网页后台手工群发的文章', en: 'the official API may miss articles sent by hand from the web console' },
    { zh: '不使用他人公众号后台会话或微信客户端凭据；搜狗搜索不是可靠时间线', en: 'no borrowed console sessions or client credentials are used; Sogou’s search is no reliable timeline' },
  ],
  signals,
  fromUrl,
  fromText,
  owns,
  resolve: resolveFromArticle,
  explain: readArticle,
  sources: [api, article, album, wewe, rsshub('wechat_official', albumRoute, '/wechat/mp/msgalbum/:biz/:aid', 'lower_bound'), feedBridge('wechat_official'), attestation],
} satisfies KindDefinition
