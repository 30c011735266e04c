import type { Signal } from '../types.ts'

/** All from memory: accepted only with `status_code: 0` and an explicit text, or once the operator has confirmed them. */
export const accountSignals: readonly Signal[] = [
  { id: 'douyin.cancelled', outcome: 'gone_cancelled', sure: 'memory', about: 'account', texts: [/该(?:帐|账)号已注销|用户已注销/] },
  { id: 'douyin.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/(?:帐|账)号(?:已被封禁|因违反[^。]{0,20}(?:已被封禁|被封禁))/] },
  { id: 'douyin.nonexistent', outcome: 'gone_nonexistent', sure: 'memory', about: 'account', texts: [/用户不存在|该用户不存在/] },
]

export const requestSignals: readonly Signal[] = [
  { id: 'douyin.captcha', outcome: 'challenge', sure: 'memory', about: 'request', texts: [/验证码中间页|请完成下列验证/] },
  { id: 'douyin.not_signed_in', outcome: 'login_wall', sure: 'memory', about: 'request', codes: [8] },
  { id: 'douyin.risk', outcome: 'challenge', sure: 'memory', about: 'request', codes: [2053, 2154, 2190, 2483] },
]

export const apiSignals: readonly Signal[] = [
  { id: 'douyin.api_token', outcome: 'credential_expired', sure: 'memory', about: 'request', codes: [2190002, 2190008, 10008, 28001003, 28001008, 28003017], note: 'access token' },
  { id: 'douyin.api_quota', outcome: 'rate_limited', sure: 'memory', about: 'request', codes: [2119001, 28001007], note: 'quota' },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals, ...apiSignals]
