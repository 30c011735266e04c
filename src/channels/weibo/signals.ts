import type { Signal } from '../types.ts'

export const accountSignals: readonly Signal[] = [
  { id: 'weibo.nonexistent', outcome: 'gone_nonexistent', sure: 'seen', about: 'account', texts: [/该用户不存在\(20003\)|该用户不存在/], codes: [20003] },
  { id: 'weibo.banned', outcome: 'gone_banned', sure: 'memory', about: 'account', texts: [/该用户因违反法律法规|(?:帐|账)号异常[^。]{0,20}(?:无法|暂时)|抱歉[，,]该(?:用户|(?:帐|账)号)因被投诉/], note: '禁言 alone is still viewable and is no signal' },
]

export const requestSignals: readonly Signal[] = [
  { id: 'weibo.login', outcome: 'login_wall', sure: 'seen', about: 'request', codes: [-100] },
  { id: 'weibo.login_page', outcome: 'login_wall', sure: 'seen', about: 'request', texts: [/weibo\.com\/login\.php|signup\.php|passport\.weibo|\/newlogin/] },
  { id: 'weibo.login_only', outcome: 'login_wall', sure: 'seen', about: 'request', texts: [/仅登录(?:后)?可见|请登录后查看/] },
  { id: 'weibo.captcha', outcome: 'challenge', sure: 'seen', about: 'request', texts: [/captcha|geetest|verify/i], note: 'in the url key of an answer' },
  { id: 'weibo.too_often', outcome: 'rate_limited', sure: 'memory', about: 'request', texts: [/请求过于频繁|访问频次过高/], codes: [418, 414] },
]

/** `error_code` of the official API: ours, never the account's. */
export const apiSignals: readonly Signal[] = [
  { id: 'weibo.api_token', outcome: 'credential_expired', sure: 'memory', about: 'request', codes: [21314, 21315, 21316, 21317, 21319, 21327, 21332], note: 'access token' },
  { id: 'weibo.api_quota', outcome: 'rate_limited', sure: 'memory', about: 'request', codes: [10022, 10023, 10024], note: 'quota' },
]

export const signals: readonly Signal[] = [...accountSignals, ...requestSignals, ...apiSignals]
