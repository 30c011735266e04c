import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'sohu',
  names: { zh: '搜狐号', en: "Sohu account" },
  hosts: ['sohu.com'],
  articles: [/^\/a\/\d+_\d+/, /^\/na\//],
  idParams: ['xpt'],
  example: 'https://mp.sohu.com/profile?xpt=anhueG1hYjEy',
})
