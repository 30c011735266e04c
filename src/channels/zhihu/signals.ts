import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'zhihu.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/该用户已注销|(?:帐|账)号已注销|已注销(?:用户|(?:帐|账)号)/] },
  { id: 'zhihu.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/该用户(?:因违反[^。]{0,20})?(?:已被|被)(?:停用|封禁|永久禁言)/] },
  { id: 'zhihu.nonexistent', outcome: 'gone_nonexistent', sure: 'memory', about: 'account', texts: [/用户不存在|你似乎来到了没有知识存在的荒原/] },
]

export const requestSignals: readonly Signal[] = [
  { id: 'zhihu.verify', outcome: 'challenge', sure: 'memory', about: 'request', codes: [40362], texts: [/您当前请求存在异常|请求存在异常/] },
  { id: 'zhihu.login', outcome: 'login_wall', sure: 'memory', about: 'request', codes: [100, 40352], texts: [/登录(?:知乎)?[，,]?(?:您|你)?(?:可以|即可)(?:享受|查看)/] },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals]
