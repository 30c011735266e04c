import { groupKind } from '../attested.ts'

export default groupKind({
  kind: 'wechat_group',
  names: { zh: '微信群', en: 'WeChat group' },
  number: { zh: '群编号（单位自编）', en: 'a number of the unit’s own' },
  example: '民生01群',
})
