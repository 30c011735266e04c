import { params, squeeze } from '../address.ts'
import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { signals } from './signals.ts'
import { status } from './status.ts'

const APPID = /^wx[0-9a-f]{16}$/i

export default {
  kind: 'mini_program',
  names: { zh: '小程序', en: 'WeChat mini program' },
  publishes: false,
  hosts: ['mp.weixin.qq.com'],
  identityForms: [
    { example: 'wx0123456789abcdef', note: { zh: 'AppID（wx 加 16 位）', en: 'AppID: wx and 16 hex digits' } },
    { example: 'gh_0123456789ab', note: { zh: '原始ID', en: 'original id' } },
    { example: '#小程序://江西政务/AbCdEf', note: { zh: '小程序短链接', en: 'mini program short link' } },
  ],
  gaps: [{ zh: '没有公开的更新时间，只能看到是否暂停服务', en: 'no public time of update: only whether the service is suspended can be seen' }],
  signals,
  fromUrl(url) {
    if (!url.pathname.startsWith('/mp/waerrpage')) return null
    const id = params(url, 'appid')
    return id !== null && APPID.test(id) ? appid(id) : null
  },
  fromText(text) {
    if (APPID.test(text)) return appid(text)
    if (/^gh_[0-9a-f]{12}$/i.test(text)) return { key: text.toLowerCase(), address: text.toLowerCase(), accountId: text.toLowerCase() }
    const short = /^#小程序[:：]\/\/([^/]+)\/(\w+)/.exec(text)
    if (short !== null) return { key: `short:${short[2]}`, address: text, accountId: text }
    return { key: squeeze(text), address: text }
  },
  owns: (text) => APPID.test(text) || /^#小程序[:：]\/\//.test(text),
  sources: [status, attestation],
} satisfies KindDefinition

function appid(id: string) {
  const lower = id.toLowerCase()
  return { key: lower, address: lower, accountId: lower }
}
