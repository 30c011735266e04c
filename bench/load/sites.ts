/** N loopback websites and a platform, as a province has them: each site with the temper its number draws. */
import { hostOf, random } from '../crawl/sites.ts'

export type Temper = 'ok' | 'slow' | 'silent' | 'reset' | 'error' | 'gone' | 'challenge' | 'refused' | 'nameless'

/** Shares of all sites; what is left is well. */
const SHARES: readonly (readonly [Temper, number])[] = [
  ['slow', 0.02], ['silent', 0.005], ['reset', 0.01], ['error', 0.015], ['gone', 0.005], ['challenge', 0.02], ['refused', 0.005], ['nameless', 0.005],
]

export function temperOf(site: number): Temper {
  let at = random(site * 31 + 5)()
  for (const [temper, share] of SHARES) {
    if (at < share) return temper
    at -= share
  }
  return 'ok'
}

/** Milliseconds until a page is answered: log-normal about 60 ms, one in a hundred above half a second; slow sites take 2 to 8 s. */
export function latency(temper: Temper, rnd: () => number): number {
  if (temper === 'slow') return 2000 + 6000 * rnd()
  const normal = Math.sqrt(-2 * Math.log(1 - rnd())) * Math.cos(2 * Math.PI * rnd())
  return Math.min(3000, 60 * Math.exp(0.9 * normal))
}

/** Port 1 is where nobody listens; names under .invalid are nobody's. */
export function addressOf(site: number, port: number): string {
  const temper = temperOf(site)
  if (temper === 'nameless') return `http://site${site}.invalid/`
  return `http://${hostOf(site)}:${temper === 'refused' ? 1 : port}/`
}

/** The site that lives at a loopback address, by the rule of hostOf. */
export function siteAt(host: string): number {
  const [, a = 0, b = 0, c = 0] = host.split('.').map(Number)
  return (a - 80) * 60_000 + (b - 1) * 240 + (c - 1)
}

export const PLATFORM = '127.62.0.10'
/** Weibo's uid of the n-th account. */
export const uidOf = (n: number): string => String(2_000_000_000 + n)
