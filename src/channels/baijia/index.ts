import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'baijia',
  names: { zh: '百家号', en: "Baijiahao" },
  hosts: ['baijiahao.baidu.com', 'author.baidu.com', 'mbd.baidu.com'],
  articles: [/^\/s\?id=/, /^\/newspage\/data\//],
  idParams: ['app_id', 'uk'],
  example: 'https://author.baidu.com/home/1234567890',
})
