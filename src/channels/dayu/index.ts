import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'dayu',
  names: { zh: '大鱼号', en: "Dayu account" },
  hosts: ['mparticle.uc.cn', 'mp.uc.cn', 'a.mp.uc.cn'],
  articles: [/^\/article/],
  idParams: ['wm_id', 'mid', 'wm_aid'],
  example: 'https://a.mp.uc.cn/media.html?mid=1234',
})
