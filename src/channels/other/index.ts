import { hostPath, squeeze } from '../address.ts'
import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'

export default {
  kind: 'other',
  names: { zh: '其他', en: 'Other' },
  publishes: true,
  hosts: [],
  identityForms: [
    { example: 'https://www.example.cn/channel/1', note: { zh: '主页地址', en: 'home page' } },
    { example: '某平台账号', note: { zh: '账号名称或ID', en: 'name or id' } },
  ],
  gaps: [{ zh: '平台未知，由单位填报', en: 'the platform is not known: the unit attests' }],
  fromUrl: (url) => ({ key: hostPath(url) + url.search, address: url.href }),
  fromText: (text) => ({ key: squeeze(text), address: text, accountId: text }),
  sources: [attestation],
} satisfies KindDefinition
