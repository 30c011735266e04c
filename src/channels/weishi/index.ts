import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'weishi',
  names: { zh: '腾讯微视', en: "Weishi" },
  hosts: ['weishi.qq.com', 'isee.weishi.qq.com'],
  articles: [/\/feed\//, /[?&]feedid=/],
  idParams: ['personid', 'id'],
})
