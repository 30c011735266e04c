import type { Outcome } from '../domain/outcome.ts'
import { unseen } from './outcome.ts'
import { textOf } from './reply.ts'
import type { Reply, Signal, SourceResult } from './types.ts'

/** The first signal whose text occurs. Dead texts of accounts are looked for before the rest, in the order given. */
export function byText(signals: readonly Signal[], text: string): Signal | null {
  return signals.find((s) => s.texts?.some((t) => t.test(text)) === true) ?? null
}

export function byCode(signals: readonly Signal[], code: number | string | null): Signal | null {
  if (code === null) return null
  return signals.find((s) => s.codes?.some((c) => String(c) === String(code)) === true) ?? null
}

/** Challenge pages that any platform may put before its own, and the generic codes. */
const CHALLENGE = /验证码中间页|访问异常页面|滑动验证|安全验证|请完成(?:下列|安全)?验证|环境异常|完成验证后即可继续访问|请求疑似攻击|网站防火墙|\$_ts\s*=|__jsl_clearance|acw_sc__v2|captcha/i

/**
 * What stands between us and the platform: no answer, a refusal by status, a login or a challenge page, an empty
 * body. Null when the answer may be read. `expects` is what a real answer has: a page that has it is real, whatever
 * a challenge product has put into it.
 */
export function obstacle(source: string, reply: Reply, expects: (text: string) => boolean = () => false): SourceResult | null {
  if ('failed' in reply) return unseen(source, reply.failed, reply.detail)
  const host = URL.parse(reply.url)?.host ?? reply.url
  const say = (outcome: Outcome, what: string): SourceResult => unseen(source, outcome, `${reply.status} from ${host}: ${what}`)
  const text = textOf(reply)
  if (/\/(?:captcha|verify|punish)\b|[?&]captcha/i.test(reply.url)) return say('challenge', 'led to a captcha')
  if (/passport|\/(?:login|signin|signup)(?:[./?]|$)/i.test(reply.url)) return say('login_wall', 'led to a login page')
  if (reply.status === 429 || reply.status === 418 || reply.status === 414) return say('rate_limited', 'too often')
  if (reply.status === 412 || reply.status === 432 || reply.status === 521 || reply.status === 461 || reply.status === 471 || reply.status === 493) return say('challenge', 'refused by a guard')
  if (reply.status === 401 || reply.status === 403) return say(CHALLENGE.test(text) ? 'challenge' : 'forbidden', 'refused')
  if (reply.status === 503 && reply.headers['retry-after'] !== undefined) return say('rate_limited', 'asked to come again later')
  if (reply.status >= 500) return say('server_error', 'server error')
  if (reply.status >= 300 && reply.status < 400) {
    const to = reply.headers['location'] ?? ''
    if (/passport|login|signin|signup|visitor/i.test(to)) return say('login_wall', 'redirects to a login')
    return say(/captcha|verify/i.test(to) ? 'challenge' : 'parse_drift', `redirects to ${to.slice(0, 100)}`)
  }
  if (reply.status === 202) return expects(text) ? null : say('challenge', 'accepted without content')
  if (text.trim() === '' && reply.status === 200) return say('challenge', 'empty body')
  if (!expects(text) && CHALLENGE.test(text.slice(0, 60_000))) return say('challenge', 'challenge page')
  return null
}
