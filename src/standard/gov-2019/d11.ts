import { scored } from '../scored.ts'
import { noServices } from '../services.ts'
import { G } from './groups.ts'

export const d11 = scored({
  id: 'D11',
  part: 'deduction',
  group: G.service,
  item: { zh: '在线申请', en: 'Applying online' },
  cap: 5,
  clause: { zh: '未提供在线注册功能或用户(含异地用户)无法注册的,扣5分;注册用户无法在线办事的,扣5分。', en: 'No online registration, or users (from elsewhere too) cannot register: 5 points; registered users cannot apply online: 5 points.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  except: noServices,
  rules: [
    { key: 'register', text: { zh: '未提供在线注册或(含异地)用户无法注册', en: 'no registration, or users from elsewhere cannot register' }, tenths: 50, by: 'person' },
    { key: 'apply', text: { zh: '注册用户无法在线办事', en: 'registered users cannot apply online' }, tenths: 50, by: 'person' },
  ],
})
