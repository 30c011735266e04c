import { groupKind } from '../attested.ts'

export default groupKind({
  kind: 'qq_group',
  names: { zh: 'QQ群', en: 'QQ group' },
  number: { zh: 'QQ 群号', en: 'the QQ group number' },
  example: '123456789',
})
