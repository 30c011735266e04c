import type { Outcome } from '../domain/outcome.ts'

/** Statuses that Chinese web application firewalls answer with instead of the page (platforms: 瑞数 412, 加速乐 521, 奇安信 493…). */
const CHALLENGE = new Set([405, 412, 418, 432, 461, 471, 493, 521])

/**
 * What a status alone says. The body may say more (a 200 can be a challenge, a 403 a firewall's page): that is for the
 * reader. Nothing but 404 and 410 ever counts against a channel.
 */
export function outcomeOfStatus(status: number, headers: Readonly<Record<string, string>> = {}): Outcome {
  if (status >= 200 && status < 300) return 'ok'
  if (status === 304) return 'unchanged'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) return 'rate_limited'
  if (CHALLENGE.has(status)) return 'challenge'
  if (status === 401 || status === 403 || status === 407 || status === 451) return 'forbidden'
  if (status === 408) return 'timeout'
  if (status >= 500) return 'server_error'
  return 'unreadable'
}

/** Retry-After as milliseconds from `now`; null when there is none or it cannot be read (RFC 9110 §10.2.3). */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
