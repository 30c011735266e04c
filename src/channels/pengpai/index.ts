import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'pengpai',
  names: { zh: '澎湃号', en: "The Paper account" },
  hosts: ['thepaper.cn'],
  articles: [/^\/newsDetail_forward_/, /^\/detail\//, /^\/baijiahao_/],
  idParams: ['id'],
  example: 'https://www.thepaper.cn/user_1234567',
})
