import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'yidian',
  names: { zh: '一点号', en: "Yidian account" },
  hosts: ['yidianzixun.com'],
  articles: [/^\/article\//],
  idParams: ['id'],
  example: 'https://www.yidianzixun.com/channel/m12345',
})
