import { AuditOutlined, BellOutlined, ControlOutlined, DashboardOutlined, FileDoneOutlined, FileSearchOutlined, FileTextOutlined, FlagOutlined, ScheduleOutlined, SolutionOutlined, TableOutlined, TeamOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { ComponentType } from 'react'
import type { Role } from '../domain/actor.ts'
import { READERS } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'

/** A page of the console. With an icon it stands in the menu; one file and one line each. */
export type Page = { readonly path: string; readonly name: Text; readonly roles: readonly Role[]; readonly icon?: ComponentType; /** For that role alone: administrators do not find it in the menu. */ readonly alone?: true; readonly View: ComponentType }

const page = (load: () => Promise<{ default: ComponentType }>): ComponentType => lazy(load)

export const HOME = '/'

export const PAGES: readonly Page[] = [
  { path: HOME, name: { zh: '总览', en: 'Overview' }, roles: READERS, icon: DashboardOutlined, View: page(() => import('./pages/overview/index.tsx')) },
  { path: '/channels', name: { zh: '渠道', en: 'Channels' }, roles: READERS, icon: UnorderedListOutlined, View: page(() => import('./pages/channels/list.tsx')) },
  { path: '/channels/:id', name: { zh: '渠道', en: 'A channel' }, roles: READERS, View: page(() => import('./pages/channel/index.tsx')) },
  { path: '/ledger', name: { zh: '台账', en: 'Ledger' }, roles: ['operations'], icon: TableOutlined, View: page(() => import('./pages/ledger/index.tsx')) },
  { path: '/ledger/new', name: { zh: '登记渠道', en: 'Register a channel' }, roles: ['operations'], View: page(() => import('./pages/ledger/form.tsx')) },
  { path: '/ledger/edit/:id', name: { zh: '修改渠道', en: 'Edit a channel' }, roles: ['operations'], View: page(() => import('./pages/ledger/form.tsx')) },
  { path: '/scheduling', name: { zh: '调度', en: 'Scheduling' }, roles: ['operations'], icon: ScheduleOutlined, View: page(() => import('./pages/scheduling/index.tsx')) },
  { path: '/review', name: { zh: '研判', en: 'Review' }, roles: ['rectification', 'operations', 'read_only'], icon: FileSearchOutlined, View: page(() => import('./pages/review/index.tsx')) },
  { path: '/unit', name: { zh: '本单位事项', en: 'My unit' }, roles: ['unit_contact'], icon: SolutionOutlined, alone: true, View: page(() => import('./pages/unit/index.tsx')) },
  { path: '/unit/:id', name: { zh: '本单位事项', en: 'A matter' }, roles: ['unit_contact'], View: page(() => import('./pages/unit/matter.tsx')) },
  { path: '/orders', name: { zh: '文书与备案', en: 'Orders, filings' }, roles: ['rectification', 'operations', 'read_only'], icon: FileTextOutlined, View: page(() => import('./pages/orders/index.tsx')) },
  { path: '/checks', name: { zh: '指标检查', en: 'Indicator checks' }, roles: READERS, icon: FileDoneOutlined, View: page(() => import('./pages/checks/index.tsx')) },
  { path: '/checks/runs/:id', name: { zh: '检查批次', en: 'A run of checks' }, roles: READERS, View: page(() => import('./pages/checks/run.tsx')) },
  { path: '/checks/:id', name: { zh: '检查表', en: 'Inspection sheet' }, roles: READERS, View: page(() => import('./pages/checks/sheet.tsx')) },
  { path: '/campaign/members', name: { zh: '专项行动渠道', en: 'Members of a campaign' }, roles: ['rectification', 'operations', 'read_only'], View: page(() => import('./pages/campaign/members.tsx')) },
  { path: '/campaign', name: { zh: '专项行动', en: 'Campaign' }, roles: ['rectification', 'operations', 'read_only'], icon: FlagOutlined, View: page(() => import('./pages/campaign/index.tsx')) },
  { path: '/notifications', name: { zh: '通知', en: 'Notifications' }, roles: ['operations'], icon: BellOutlined, View: page(() => import('./pages/notifications/index.tsx')) },
  { path: '/help', name: { zh: '帮助', en: 'Help' }, roles: READERS, View: page(() => import('./pages/help/index.tsx')) },
  { path: '/audit', name: { zh: '审计', en: 'Audit' }, roles: ['administrator'], icon: AuditOutlined, View: page(() => import('./pages/audit/index.tsx')) },
  { path: '/settings/users', name: { zh: '账号', en: 'Accounts' }, roles: ['administrator'], icon: TeamOutlined, View: page(() => import('./pages/settings/users/index.tsx')) },
  { path: '/settings', name: { zh: '运行配置', en: 'Configuration' }, roles: ['administrator'], icon: ControlOutlined, View: page(() => import('./pages/settings/running/index.tsx')) },
  { path: '/account', name: { zh: '我的账号', en: 'My account' }, roles: READERS, View: page(() => import('./pages/account/index.tsx')) },
]
