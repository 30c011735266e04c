import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'netease',
  names: { zh: '网易号', en: "NetEase account" },
  hosts: ['163.com'],
  articles: [/^\/dy\/article\//, /^\/(?:news|v)\//, /\/article\//],
  idParams: ['id'],
  example: 'https://www.163.com/dy/media/T1234567890123.html',
})
