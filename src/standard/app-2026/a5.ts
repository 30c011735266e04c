import { byPerson } from './by-person.ts'

export const a5 = byPerson({
  id: 'A5',
  item: { zh: '关停未公告', en: 'Closing not announced' },
  clause: { zh: '关停注销应当向用户公告并按程序报告。', en: 'Closing is to be announced to its users and reported.' },
  ask: { zh: '关停注销是否未公告或未报告?', en: 'Was it closed without an announcement or a report?' },
})
