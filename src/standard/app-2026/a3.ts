import { byPerson } from './by-person.ts'

export const a3 = byPerson({
  id: 'A3',
  item: { zh: '未提供投诉建议功能', en: 'No way to complain or suggest' },
  clause: { zh: '应当提供投诉建议功能。', en: 'There is to be a way to complain or suggest.' },
  ask: { zh: '是否未提供投诉建议功能?', en: 'Is there no way to complain or to suggest?' },
})
