import type { Role } from '../../domain/actor.ts'
import type { Text } from '../../domain/text.ts'

export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  administrator: { zh: '系统管理员', en: 'Administrator' },
  operations: { zh: '运行维护', en: 'Operations' },
  rectification: { zh: '整改研判', en: 'Rectification' },
  unit_contact: { zh: '单位联系人', en: 'Unit contact' },
  read_only: { zh: '只读', en: 'Read only' },
}
