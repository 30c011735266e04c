import { isGone } from '../../domain/outcome.ts'
import { attestation } from '../attestation.ts'
import { feedBridge, rsshub } from '../bridge.ts'
import { dig, parseJson, record, text, textOf } from '../reply.ts'
import type { KindDefinition } from '../types.ts'
import { api } from './api.ts'
import { desktop } from './desktop.ts'
import { accountOf, fromText, fromUrl } from './identity.ts'
import { mobile, rendered } from './mobile.ts'
import { refused } from './parse.ts'
import { signals } from './signals.ts'

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
  gaps: [
    { zh: '游客只能看到近期或部分内容；设置“半年可见”的账号列表较短', en: 'visitors see recent or partial lists; accounts may show only the last half year' },
    { zh: '转发按转发时间算更新，原微博的时间和点赞不算', en: 'a repost counts by its own time; the original’s time and likes do not' },
    { zh: '私信菜单只在客户端可见', en: 'the message menu is seen only in the app' },
  ],
  signals,
  fromUrl,
  fromText,
  resolve(_reply, body) {
    // ajax/profile/info answers in JSON; a vanity page names its account in the page's own settings.
    const uid = text(dig(parseJson(body), 'data', 'user', 'idstr')) ?? text(dig(parseJson(body), 'data', 'user', 'id')) ?? /\$CONFIG\['oid'\]\s*=\s*'(\d{5,12})'/.exec(body)?.[1] ?? null
    return uid === null || !/^\d{5,12}$/.test(uid) ? null : accountOf(uid)
  },
  explain(reply, task) {
    // Nobody of that name may as well be somebody renamed: only what stands in the way is told.
    const value = parseJson(textOf(reply))
    const said = Object.keys(record(value)).length === 0 ? null : refused('resolve', value, task, false)
    return said === null || isGone(said.outcome) || said.suspect !== undefined ? null : said
  },
  sources: [api, mobile, rendered, desktop, rsshub('weibo', (t) => (/^\d+$/.test(t.identity.key) ? `/weibo/user/${t.identity.key}` : null), '/weibo/user/:uid'), feedBridge('weibo'), attestation],
} satisfies KindDefinition
