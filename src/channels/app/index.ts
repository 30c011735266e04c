import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, HOSTS, owns } from './identity.ts'

export default {
  kind: 'app',
  names: { zh: '移动客户端', en: 'App' },
  publishes: false,
  hosts: HOSTS,
  identityForms: [
    { example: 'cn.gov.jiangxi.app', note: { zh: '安卓包名', en: 'Android package' } },
    { example: 'https://apps.apple.com/cn/app/id1234567890', note: { zh: 'App Store 地址', en: 'App Store address' } },
    { example: 'https://sj.qq.com/appdetail/cn.gov.jiangxi.app', note: { zh: '应用宝地址', en: '应用宝 (Tencent) address' } },
    { example: 'https://appgallery.huawei.com/app/C100000001', note: { zh: '华为应用市场地址', en: 'Huawei AppGallery address' } },
    { example: 'https://h5.appstore.vivo.com.cn/#/details?appId=123456', note: { zh: 'vivo应用商店地址', en: 'vivo store address' } },
    { example: 'https://app.mi.com/details?id=cn.gov.jiangxi.app', note: { zh: '小米应用商店地址', en: 'Xiaomi store address' } },
    { example: 'cn.gov.jiangxi.app; https://apps.apple.com/cn/app/id1234567890', note: { zh: '同一应用的多个商店，用分号隔开', en: 'several stores of one app, separated by semicolons' } },
  ],
  gaps: [],
  fromUrl,
  fromText,
  owns,
  sources: [attestation],
} satisfies KindDefinition
