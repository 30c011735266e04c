import { byPerson } from './by-person.ts'

export const a4 = byPerson({
  id: 'A4',
  item: { zh: '使用率低', en: 'Little used' },
  clause: { zh: '使用频率低、实用性不强的,限期关停注销;功能相近、重复建设的,整合迁移。', en: 'Those little used are to be closed within a term; those alike are to be merged.' },
  ask: { zh: '是否使用频率低、实用性不强或与其他应用重复?', en: 'Is it little used, of little use, or a double of another?' },
})
