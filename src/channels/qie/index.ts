import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'qie',
  names: { zh: '企鹅号', en: "Penguin account (QQ)" },
  hosts: ['new.qq.com', 'om.qq.com', 'page.om.qq.com', 'news.qq.com'],
  articles: [/\/rain\/a\//, /\/omn\/\d{8}\//, /\/page\/[^/]+$/],
  idParams: ['id', 'chlid'],
  example: 'https://new.qq.com/omn/author/12345',
})
