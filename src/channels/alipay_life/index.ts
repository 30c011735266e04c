import { squeeze } from '../address.ts'
import { attestation } from '../attestation.ts'
import { problem } from '../problems.ts'
import type { KindDefinition } from '../types.ts'

export default {
  kind: 'alipay_life',
  names: { zh: '支付宝生活号', en: 'Alipay life account' },
  publishes: true,
  hosts: ['alipay.com'],
  identityForms: [
    { example: '2021001234567890', note: { zh: 'AppID（16 位，以 20 开头）', en: 'AppID, 16 digits beginning 20' } },
    { example: '江西人社', note: { zh: '生活号名称', en: 'the account’s name' } },
  ],
  gaps: [
    {
      zh: '没有公开网页时间线；深链失败页（如“该小程序已暂停服务”）不能证明账号失效',
      en: 'no public timeline on the web; landing pages shown when a deep link fails prove nothing about the account',
    },
    { zh: '开放平台接口只限本账号且需 RSA2 密钥，未接入', en: 'the open platform serves only the account’s owner with RSA2 keys; not connected' },
  ],
  fromUrl(url) {
    const id = url.searchParams.get('appId') ?? url.searchParams.get('saId') ?? /\b(20\d{14})\b/.exec(url.href)?.[1] ?? null
    return id !== null && /^20\d{14}$/.test(id) ? { key: id, address: id, accountId: id } : problem('no_kind')
  },
  fromText: (text) => ({ key: squeeze(text), address: text, accountId: text }),
  owns: (text) => /^20\d{14}$/.test(text),
  sources: [attestation],
} satisfies KindDefinition
