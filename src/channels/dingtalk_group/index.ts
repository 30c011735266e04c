import { groupKind } from '../attested.ts'

export default groupKind({
  kind: 'dingtalk_group',
  names: { zh: '钉钉群', en: 'DingTalk group' },
  number: { zh: '钉钉群号', en: 'the DingTalk group number' },
  example: '23456789',
})
