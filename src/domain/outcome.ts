import type { Text } from './text.ts'

/**
 * What a visit or a part of it may conclude. Only `ok`, `ok_empty` and the `gone_*` group may ever count against a
 * channel; everything else is "not observed", with the reason as the outcome itself.
 */
type OutcomeInfo = {
  readonly name: Text
  /** `seen`: facts were read. `gone`: the platform or site said so in words. `not_observed`: we could not look. */
  readonly group: 'seen' | 'gone' | 'not_observed'
  /** Whose matter it is: a blocked visit is for operations, our own fault for the administrator. */
  readonly concern: 'channel' | 'operations' | 'ourselves'
  /** What a person can do about it. */
  readonly advice: Text
}

const o = (
  group: OutcomeInfo['group'],
  concern: OutcomeInfo['concern'],
  zh: string,
  en: string,
  adviceZh: string,
  adviceEn: string,
): OutcomeInfo => ({ name: { zh, en }, group, concern, advice: { zh: adviceZh, en: adviceEn } })

export const OUTCOMES = {
  ok: o('seen', 'channel', '正常', 'seen', '无需处理', 'nothing to do'),
  ok_empty: o('seen', 'channel', '空白', 'empty', '核实是否为空壳渠道', 'check whether it is an empty shell'),
  unchanged: o('seen', 'channel', '未变化', 'unchanged since the last visit', '无需处理', 'nothing to do'),
  attested: o('seen', 'channel', '单位自述', 'attested by the unit', '按期抽查核实', 'spot-check it'),
  not_found: o('gone', 'channel', '首页不存在(404/410)', 'home page does not exist', '核实网址,确认是否已关停', 'check the address; has it been shut down?'),
  server_error: o('not_observed', 'channel', '服务器错误(5xx)', 'server error', '持续出现时由“站点无法访问”指标判定', 'if it lasts, the availability rule decides'),
  default_page: o('gone', 'channel', '服务器默认页', 'default server page', '核实网站是否仍在运行', 'check whether the site still runs'),
  parked: o('gone', 'channel', '域名停放或被抢注', 'parked domain', '立即核实域名归属', 'check who owns the domain now'),
  moved: o('seen', 'channel', '已迁移', 'moved', '更新台账中的地址', 'update the address in the ledger'),
  closed_notice: o('gone', 'channel', '已公告关停', 'closure announced', '核对关停流程并更新台账', 'check the closing procedure and the ledger'),
  gone_nonexistent: o('gone', 'channel', '账号不存在', 'account does not exist', '核实账号', 'check the account'),
  gone_cancelled: o('gone', 'channel', '账号已注销', 'account cancelled', '更新台账', 'update the ledger'),
  gone_banned: o('gone', 'channel', '账号被封禁', 'account banned', '联系平台与主办单位', 'contact the platform and the sponsor'),
  empty_shell: o('not_observed', 'channel', '空壳页面', 'empty shell page', '人工打开核实', 'open it by hand'),
  private: o('not_observed', 'operations', '设为私密', 'private', '请单位提供证明', 'ask the unit for proof'),
  login_wall: o('not_observed', 'operations', '需登录', 'login wall', '配置凭据、转接订阅或由单位填报', 'configure a credential or a bridge, or have the unit attest'),
  challenge: o('not_observed', 'operations', '被防护拦截', 'blocked by a challenge page', '请主办单位将巡检地址加入白名单', 'ask the sponsor to allow our address'),
  rate_limited: o('not_observed', 'operations', '访问过于频繁', 'rate limited', '降低访问频率', 'slow down'),
  forbidden: o('not_observed', 'operations', '拒绝访问(401/403)', 'forbidden', '请主办单位将巡检地址加入白名单', 'ask the sponsor to allow our address'),
  credential_expired: o('not_observed', 'ourselves', '凭据过期', 'our credential expired', '更新凭据', 'renew the credential'),
  credential_missing: o('not_observed', 'ourselves', '未配置凭据', 'no credential configured', '配置凭据、转接订阅或由单位填报', 'configure one, a bridge, or have the unit attest'),
  bridge_stale: o('not_observed', 'ourselves', '转接订阅未更新', 'feed bridge is stale', '检查转接服务', 'check the bridge'),
  attestation_expired: o('not_observed', 'operations', '单位填报已过期', 'attestation too old', '请单位重新填报', 'ask the unit to attest again'),
  not_attested: o('not_observed', 'operations', '无公开来源且单位未填报', 'no public source and nothing attested', '请单位填报最近更新日期', 'ask the unit to state its last publication'),
  robots: o('not_observed', 'operations', 'robots.txt 不允许', 'disallowed by robots.txt', '如为本单位网站,可在策略中放行', 'for your own sites, allow it by policy'),
  dns: o('not_observed', 'channel', '域名无法解析', 'DNS failure', '持续出现时由“站点无法访问”指标判定', 'if it lasts, the availability rule decides'),
  refused: o('not_observed', 'channel', '拒绝连接', 'connection refused', '持续出现时由“站点无法访问”指标判定', 'if it lasts, the availability rule decides'),
  network: o('not_observed', 'channel', '网络错误', 'network error', '持续出现时由“站点无法访问”指标判定', 'if it lasts, the availability rule decides'),
  timeout: o('not_observed', 'channel', '超时', 'timed out', '持续出现时由“站点无法访问”指标判定', 'if it lasts, the availability rule decides'),
  tls: o('not_observed', 'channel', '证书或加密协议问题', 'TLS trouble', '请主办单位检查证书', 'ask the sponsor to check the certificate'),
  truncated: o('not_observed', 'channel', '内容不完整', 'body cut short', '稍后重试', 'try again later'),
  too_large: o('not_observed', 'channel', '内容过大', 'body too large', '人工核实', 'check by hand'),
  redirect_loop: o('not_observed', 'channel', '循环跳转', 'redirect loop', '请主办单位检查跳转', 'ask the sponsor to check redirects'),
  address_denied: o('not_observed', 'operations', '地址不允许访问', 'address not allowed', '核实台账地址', 'check the address in the ledger'),
  unreadable: o('not_observed', 'ourselves', '无法识别内容', 'content not understood', '报告此页面以改进识别', 'report the page so that reading improves'),
  parse_drift: o('not_observed', 'ourselves', '平台结构变化', 'structure of the platform changed', '升级程序或改用其他来源', 'upgrade or use another source'),
  own_network: o('not_observed', 'ourselves', '我方网络异常', 'our own network is down', '检查本机网络', 'check this machine’s network'),
  own_fault: o('not_observed', 'ourselves', '程序内部错误', 'our own fault', '查看日志', 'see the log'),
} as const satisfies Record<string, OutcomeInfo>

export type Outcome = keyof typeof OUTCOMES

export function isGone(outcome: Outcome): boolean {
  return OUTCOMES[outcome].group === 'gone'
}

export function isObserved(outcome: Outcome): boolean {
  return OUTCOMES[outcome].group !== 'not_observed'
}

/** The three answers to every question. */
export type Answer = 'met' | 'violated' | 'not_observed'
