import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'xiaohongshu.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/(?:该)?(?:帐|账)号已注销|用户已注销/] },
  { id: 'xiaohongshu.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/该(?:帐|账)号(?:因违[规反][^。]{0,24})?(?:已被封禁|已封号|暂时无法查看)/] },
  { id: 'xiaohongshu.nonexistent', outcome: 'gone_nonexistent', sure: 'memory', about: 'account', texts: [/用户不存在|该用户不存在/] },
]

export const requestSignals: readonly Signal[] = [
  { id: 'xiaohongshu.captcha', outcome: 'challenge', sure: 'seen', about: 'request', codes: [461, 471], note: 'HTTP status with a Verifytype header' },
  { id: 'xiaohongshu.ip', outcome: 'challenge', sure: 'seen', about: 'request', codes: [300012], note: 'our address' },
  { id: 'xiaohongshu.own_account', outcome: 'credential_expired', sure: 'seen', about: 'request', codes: [300011], note: 'our own account is restricted' },
  { id: 'xiaohongshu.note', outcome: 'unreadable', sure: 'seen', about: 'article', codes: [-510000, -510001], note: 'a note, not the account' },
  { id: 'xiaohongshu.login', outcome: 'login_wall', sure: 'memory', about: 'request', texts: [/登录后(?:推荐更懂你的笔记|查看更多)|手机号登录/] },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals]
