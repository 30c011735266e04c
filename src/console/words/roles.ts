import type { Role } from '../../domain/actor.ts'
import type { Text } from '../../domain/text.ts'

export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  administrator: { zh: '系统管理员', en: 'Administrator' },
  operations: { zh: '运行维护', en: 'Operations' },
  rectification: { zh: '整改研判', en: 'Rectification' },
  unit_contact: { zh: '单位联系人', en: 'Unit contact' },
  read_only: { zh: '只读', en: 'Read only' },
}

/** What each role may do, in a sentence. */
export const ROLE_DUTIES: Readonly<Record<Role, Text>> = {
  administrator: { zh: '管理账号、凭据与全部设置,可做其他角色的一切操作', en: 'Accounts, credentials and every setting; may do all that others may' },
  operations: { zh: '维护台账、策略、凭据,安排巡检', en: 'The ledger, policies and credentials; has channels visited' },
  rectification: { zh: '研判候选、签发整改与关停通知、复查', en: 'Decides on candidates, issues orders, re-checks' },
  unit_contact: { zh: '代表一个单位:填报更新日期、反馈整改、提交佐证', en: 'Speaks for a unit: attests dates, answers orders, brings proof' },
  read_only: { zh: '只看不改:总览、渠道、结果与导出', en: 'Looks only: overview, channels, results and exports' },
}
