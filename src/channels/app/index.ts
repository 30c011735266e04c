import { attestation } from '../attestation.ts'
import type { KindDefinition } from '../types.ts'
import { fromText, fromUrl, HOSTS, owns } from './identity.ts'
import { ABSENT, ABSENT_GUESS, stores } from './stores.ts'

export default {
  kind: 'app',
  names: { zh: '移动客户端', en: 'App' },
  publishes: false,
  hosts: HOSTS,
  identityForms: [
    { example: 'cn.gov.jiangxi.app', note: { zh: '安卓包名', en: 'Android package' } },
    { example: 'https://apps.apple.com/cn/app/id1234567890', note: { zh: 'App Store 地址', en: 'App Store address' } },
    { example: 'bundle:cn.gov.jiangxi.ios', note: { zh: 'iOS Bundle ID（前加 bundle:）', en: 'iOS bundle id, with bundle: before it' } },
    { example: 'https://sj.qq.com/appdetail/cn.gov.jiangxi.app', note: { zh: '应用宝地址', en: '应用宝 (Tencent) address' } },
    { example: 'https://appgallery.huawei.com/app/C100000001', note: { zh: '华为应用市场地址', en: 'Huawei AppGallery address' } },
    { example: 'https://h5.appstore.vivo.com.cn/#/details?appId=123456', note: { zh: 'vivo应用商店地址', en: 'vivo store address' } },
    { example: 'https://url.cloud.huawei.com/AbCdEf', note: { zh: '华为短链接（需展开）', en: 'Huawei short link, to be followed' } },
    { example: 'https://app.mi.com/details?id=cn.gov.jiangxi.app', note: { zh: '小米应用商店地址', en: 'Xiaomi store address' } },
    { example: 'cn.gov.jiangxi.app; https://apps.apple.com/cn/app/id1234567890', note: { zh: '同一应用的多个商店，用分号隔开', en: 'several stores of one app, separated by semicolons' } },
  ],
  gaps: [
    { zh: '版本日期不等于内容更新，不用于更新时限；“无法使用”不能远程检测', en: 'a version’s date is not a date of content and never counts against it; whether it works cannot be tried from afar' },
    { zh: 'OPPO 没有稳定的公开页面，荣耀、三星、豌豆荚未接入，由单位填报', en: 'OPPO has no stable public page; Honor, Samsung and Wandoujia are not connected: the unit attests' },
    { zh: '华为返回空内容既可能是下架也可能是拒绝，不作判断；小米下架的样式为推测', en: 'an empty answer of Huawei’s may mean missing or refused, so it decides nothing; how Xiaomi shows a missing app is a guess' },
    { zh: '用户评价与开发者回复未读取', en: 'reviews and the developer’s replies are not read' },
  ],
  signals: [ABSENT, ABSENT_GUESS],
  fromUrl,
  fromText,
  owns,
  sources: [stores, attestation],
} satisfies KindDefinition
