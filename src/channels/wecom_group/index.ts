import { groupKind } from '../attested.ts'

export default groupKind({
  kind: 'wecom_group',
  names: { zh: '企业微信群', en: 'WeCom group' },
  number: { zh: '群编号（单位自编）', en: 'a number of the unit’s own' },
  example: '企微02群',
})
