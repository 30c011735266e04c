import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'kuaishou.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/(?:该)?(?:帐|账)号已注销|用户已注销/] },
  { id: 'kuaishou.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/(?:帐|账)号(?:已被?封禁|因违规[^。]{0,12}封禁)|用户已被封禁/] },
  { id: 'kuaishou.nonexistent', outcome: 'gone_nonexistent', sure: 'memory', about: 'account', texts: [/用户不存在/] },
]

export const requestSignals: readonly Signal[] = [
  { id: 'kuaishou.too_often', outcome: 'rate_limited', sure: 'seen', about: 'request', codes: [2] },
  { id: 'kuaishou.unsigned', outcome: 'challenge', sure: 'seen', about: 'request', codes: [50] },
  { id: 'kuaishou.login', outcome: 'login_wall', sure: 'memory', about: 'request', codes: [109] },
  { id: 'kuaishou.captcha', outcome: 'challenge', sure: 'memory', about: 'request', codes: [400002] },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals]
