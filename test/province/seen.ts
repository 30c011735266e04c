import { addDays, daysBetween } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { isGone } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { digits, hex } from './random.ts'
import type { Trap } from './traps.ts'

/** By what an account is watched: a page of its platform, a link that the ledger gives, or a means that the operator has. */
type By = 'page' | 'article' | 'album' | 'wewe' | 'api'
type End = 'cancelled' | 'banned' | 'nonexistent' | 'moved' | 'deleted'

/** An account for which no unit speaks: all that is known of it is what its platform shows. */
export type Seen = {
  readonly by: By
  /** Its newest post on the base day. */
  readonly newest: Day
  /** It goes on: every third day another post. */
  readonly live: boolean
  /** What the platform says in place of its posts. */
  readonly end: End | null
  /** What a visit ends with, and what is as right. */
  readonly outcome: Outcome
  readonly alsoRight: readonly Outcome[]
  /** The whole of what it publishes is seen there: then its age counts against it. */
  readonly whole: boolean
}

type Row = readonly [kind: Kind, by: By, age: number, live: boolean, end: End | null, trap: Trap, outcome: Outcome, whole: boolean]

/**
 * An old article, an album and the official list are lower bounds: they show life, never stillness. A bridge that is at
 * work shows all. An end counts where the platform says it in words that were seen; Kuaishou's are a guess.
 */
const ROWS: readonly Row[] = [
  ['wechat_official', 'article', 1, false, null, 'seen_on_platform', 'ok', false],
  ['wechat_official', 'article', 100, true, null, 'lower_bound', 'not_attested', false],
  ['wechat_official', 'album', 2, true, null, 'seen_on_platform', 'ok', false],
  ['wechat_official', 'album', 130, false, null, 'lower_bound', 'not_attested', false],
  ['wechat_official', 'api', 2, true, null, 'seen_on_platform', 'ok', false],
  ['wechat_official', 'api', 150, false, null, 'lower_bound', 'not_attested', false],
  ['wechat_official', 'wewe', 1, true, null, 'seen_by_bridge', 'ok', true],
  ['wechat_official', 'wewe', 40, false, null, 'seen_by_bridge', 'ok', true],
  ['wechat_official', 'wewe', 200, false, null, 'seen_by_bridge', 'ok', true],
  ['wechat_official', 'article', 30, false, 'cancelled', 'account_gone', 'gone_cancelled', false],
  ['wechat_official', 'article', 30, false, 'banned', 'account_gone', 'gone_banned', false],
  ['wechat_official', 'article', 30, false, 'deleted', 'account_not_shown', 'unreadable', false],
  ['wechat_official', 'article', 30, false, 'moved', 'account_moved', 'moved', false],
  ['weibo', 'page', 40, false, 'nonexistent', 'account_gone', 'gone_nonexistent', true],
  ['douyin', 'page', 40, false, 'cancelled', 'account_gone', 'gone_cancelled', true],
  ['bilibili', 'page', 40, false, 'nonexistent', 'account_gone', 'gone_nonexistent', true],
  ['kuaishou', 'page', 400, false, 'cancelled', 'account_not_shown', 'unreadable', true],
  ['app', 'page', 40, false, 'nonexistent', 'account_gone', 'gone_nonexistent', true],
  ['mini_program', 'page', 40, false, 'banned', 'account_gone', 'gone_banned', true],
]

export type SeenRow = { readonly kind: Kind; readonly id: string; readonly trap: Trap; readonly seen: Seen }

/** The accounts that are seen or not seen on their platform alone, in the order in which they stand in the ledger. */
export function seenRows(base: Day): readonly SeenRow[] {
  return ROWS.map(([kind, by, age, live, end, trap, outcome, whole], i) => ({
    kind, trap, id: `s-${kind}-${i + 1}`,
    seen: { by, newest: addDays(base, -age), live, end, outcome, alsoRight: outcome === 'ok' ? ['unchanged'] : outcome === 'not_attested' ? ['credential_missing', 'bridge_stale'] : [], whole },
  }))
}

/** The last day on which the account has posted at `today`. */
export function seenOn({ newest, live }: Seen, today: Day): Day {
  return !live || today <= newest ? newest : addDays(newest, Math.floor(daysBetween(newest, today) / 3) * 3)
}

/** Ids of an official account, made of its own: `__biz`, its number, the article in the ledger, its key for the official API. */
export function wechatIds(n: string): { readonly biz: string; readonly wewe: string; readonly article: string; readonly appid: string; readonly secret: string; readonly user: string } {
  const number = `3${digits(9, n, 'biz')}`
  return { biz: btoa(number), wewe: `MP_WXS_${number}`, article: `A${hex(21, n, 'article')}`, appid: `wx${hex(16, n, 'appid')}`, secret: hex(32, n, 'secret'), user: `gh_${hex(12, n, 'user')}` }
}

/** What the ledger gives for an official account that is seen. */
export function wechatAddress({ by }: Seen, n: string): string {
  const { biz, article } = wechatIds(n)
  if (by === 'article') return `https://mp.weixin.qq.com/s?__biz=${biz}&mid=2247483650&idx=1&sn=${article}`
  return by === 'album' ? `https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=${biz}&album_id=${digits(19, n, 'album')}` : biz
}

/** Is it gone by the platform's own word, where that word is no guess? */
export const endsThere = (seen: Seen): boolean => isGone(seen.outcome)
