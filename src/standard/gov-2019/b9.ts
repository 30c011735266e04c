import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b9 = scored({
  id: 'B9',
  part: 'bonus',
  group: G.function,
  item: { zh: '用户空间', en: 'User\'s own space' },
  cap: 2,
  clause: { zh: '提供用户空间,注册用户可在用户主页查看历史的,加2分。', en: 'A registered user can see the history of what was done, on a page of one’s own: 2 points.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  rules: [
    { key: 'history', text: { zh: '用户主页可查看历史', en: 'history on the user’s own page' }, tenths: 20, by: 'person' },
  ],
})
