import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'bilibili.nonexistent', outcome: 'gone_nonexistent', sure: 'seen', about: 'account', codes: [-404], note: '啥都木有, of the profile' },
  { id: 'bilibili.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/^(?:帐|账)号已注销$/], note: 'as the account’s name' },
  { id: 'bilibili.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', note: 'silence: 1 in the profile' },
]

export const requestSignals: readonly Signal[] = [
  { id: 'bilibili.risk', outcome: 'challenge', sure: 'seen', about: 'request', codes: [-352] },
  { id: 'bilibili.blocked', outcome: 'challenge', sure: 'seen', about: 'request', codes: [-412, 412] },
  { id: 'bilibili.too_fast', outcome: 'rate_limited', sure: 'memory', about: 'request', codes: [-799] },
  { id: 'bilibili.login', outcome: 'login_wall', sure: 'memory', about: 'request', codes: [-101] },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals]
