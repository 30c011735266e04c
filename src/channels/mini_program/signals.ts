import type { Signal } from '../types.ts'

/** Of the status page's title. It may show a default text for an unknown AppID: weak evidence either way. */
export const signals: readonly Signal[] = [
  { id: 'mini_program.violation', outcome: 'gone_banned', sure: 'seen', about: 'account', texts: [/小程序因违规(?:已|，已|,已)?暂停服务/] },
  { id: 'mini_program.suspended', outcome: 'closed_notice', sure: 'seen', about: 'account', texts: [/小程序已暂停服务/] },
  { id: 'mini_program.fault', outcome: 'server_error', sure: 'seen', about: 'request', texts: [/小程序系统故障/] },
  { id: 'mini_program.maintenance', outcome: 'server_error', sure: 'seen', about: 'request', texts: [/小程序系统更新维护中/] },
]
