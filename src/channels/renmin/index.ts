import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'renmin',
  names: { zh: '人民号', en: "People's Daily account" },
  hosts: ['rmh.pdnews.cn', 'rmhapi.pdnews.cn'],
  articles: [/\/article\b/i],
  idParams: ['id', 'userId'],
})
