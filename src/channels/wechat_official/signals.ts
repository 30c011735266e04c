import type { Signal } from '../types.ts'

/** 帐号 and 账号 are both written. All of these come with HTTP 200; they count only on pages that hold no article. */
const ACCOUNT = '(?:帐|账)号'

export const accountSignals: readonly Signal[] = [
  { id: 'wechat_official.cancelled_complaint', outcome: 'gone_cancelled', sure: 'seen', about: 'account', texts: [new RegExp(`此${ACCOUNT}被投诉且经审核涉嫌侵权[。，,. ]*此${ACCOUNT}已注销`)] },
  { id: 'wechat_official.cancelled', outcome: 'gone_cancelled', sure: 'seen', about: 'account', texts: [new RegExp(`此${ACCOUNT}已(?:自主)?注销`)] },
  { id: 'wechat_official.banned', outcome: 'gone_banned', sure: 'seen', about: 'account', texts: [new RegExp(`此${ACCOUNT}已被屏蔽`)] },
  { id: 'wechat_official.moved', outcome: 'moved', sure: 'seen', about: 'account', texts: [/该公众号已迁移/] },
  { id: 'wechat_official.moving', outcome: 'moved', sure: 'seen', about: 'account', texts: [new RegExp(`此${ACCOUNT}处于${ACCOUNT}迁移流程中`)] },
]

/** Names an account bears just after it was migrated or emptied. */
export const UNNAMED: Signal = { id: 'wechat_official.unnamed', outcome: 'moved', sure: 'memory', about: 'account', texts: [/^(?:名称)?未设置$|^名称已被清空$|^微信用户$/] }

export const articleSignals: readonly Signal[] = [
  { id: 'wechat_official.article_deleted', outcome: 'unreadable', sure: 'seen', about: 'article', texts: [/该内容已被(?:发布者|群发)删除|The content has been deleted by the author/i] },
  { id: 'wechat_official.article_violation', outcome: 'unreadable', sure: 'seen', about: 'article', texts: [/此内容因违规无法查看|此内容被投诉且经审核涉嫌侵权|此内容被多人投诉|此内容发送失败无法查看|该内容暂时无法查看/] },
]

export const requestSignals: readonly Signal[] = [
  { id: 'wechat_official.challenge', outcome: 'challenge', sure: 'seen', about: 'request', texts: [/环境异常|完成验证|去验证/] },
  { id: 'wechat_official.too_often', outcome: 'rate_limited', sure: 'seen', about: 'request', texts: [/访问过于频繁|操作频繁，?请稍[候后]再试/] },
  { id: 'wechat_official.bad_link', outcome: 'unreadable', sure: 'seen', about: 'request', texts: [/参数错误|链接已过期/] },
  { id: 'wechat_official.client_only', outcome: 'login_wall', sure: 'memory', about: 'request', texts: [/请在微信客户端打开(?:链接)?/] },
  { id: 'wechat_official.system_error', outcome: 'server_error', sure: 'seen', about: 'request', texts: [/系统出错/] },
]

/** `errcode` of the official API: our credential or quota, never the account's death. */
export const apiSignals: readonly Signal[] = [
  { id: 'wechat_official.api_token', outcome: 'credential_expired', sure: 'memory', about: 'request', codes: [40001, 40014, 42001], note: 'access token' },
  { id: 'wechat_official.api_secret', outcome: 'credential_expired', sure: 'memory', about: 'request', codes: [40013, 40125], note: 'AppID or secret' },
  { id: 'wechat_official.api_ip', outcome: 'credential_expired', sure: 'seen', about: 'request', codes: [40164], note: 'our address is not on the account’s IP list' },
  { id: 'wechat_official.api_unauthorised', outcome: 'credential_expired', sure: 'memory', about: 'request', codes: [48001], note: 'the account may not use this interface' },
  { id: 'wechat_official.api_quota', outcome: 'rate_limited', sure: 'memory', about: 'request', codes: [45009], note: 'daily quota' },
  { id: 'wechat_official.api_busy', outcome: 'server_error', sure: 'memory', about: 'request', codes: [-1], note: 'busy' },
]

export const signals: readonly Signal[] = [...accountSignals, UNNAMED, ...articleSignals, ...requestSignals, ...apiSignals]
