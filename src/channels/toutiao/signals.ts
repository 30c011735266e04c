import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'toutiao.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/该(?:用户|(?:帐|账)号)已注销/] },
  { id: 'toutiao.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/该(?:用户|(?:帐|账)号)(?:已被封禁|因违规[^。]{0,12}封禁)/] },
  { id: 'toutiao.nonexistent', outcome: 'gone_nonexistent', sure: 'memory', about: 'account', texts: [/该?用户不存在/] },
]
export const signals = accountSignals
