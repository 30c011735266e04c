import type { Outcome } from '../../domain/outcome.ts'
import { emptyAccount, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, record, text, visible } from '../reply.ts'
import { byCode, byText } from '../signals.ts'
import type { Account, Post, SourceResult, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'

/** A post of the account's own. A repost counts by its own time; what it reposts, and what the account merely liked, do not. */
function own(mblog: unknown, uid: string, pinned: boolean, task: Task): Post | null {
  const id = text(dig(mblog, 'id')) ?? text(dig(mblog, 'mid')) ?? text(dig(mblog, 'idstr'))
  if (id === null) return null
  const author = text(dig(mblog, 'user', 'id')) ?? text(dig(mblog, 'user', 'idstr'))
  if (author !== null && author !== uid) return null
  const bid = text(dig(mblog, 'bid')) ?? text(dig(mblog, 'mblogid'))
  const words = text(dig(mblog, 'text_raw')) ?? text(dig(mblog, 'text'))
  return post({
    id, title: words === null ? null : visible(words, 400), url: `https://weibo.com/${uid}/${bid ?? id}`,
    raw: dig(mblog, 'created_at'), where: 'created_at', comments: number(dig(mblog, 'comments_count')),
    pinned: pinned || number(dig(mblog, 'mblogtype')) === 2 || number(dig(mblog, 'isTop')) === 1 || /置顶/.test(text(dig(mblog, 'title', 'text')) ?? ''),
  }, task)
}

/** Cards of a container: `card_type` 9 is a post, 11 a group whose members may be posts. */
export function cardPosts(cards: unknown, uid: string, task: Task): Post[] {
  const flat = list(cards).flatMap((card) => (number(dig(card, 'card_type')) === 11 ? list(dig(card, 'card_group')).slice(0, 1) : [card]))
  return readEach(flat, (card) => {
    if (number(dig(card, 'card_type')) !== 9) return null
    return own(dig(card, 'mblog'), uid, (text(dig(card, 'profile_type_id')) ?? '').startsWith('proweibotop'), task)
  })
}

/** `data.list` of the desktop's mymblog, `statuses` of the official API. */
export function listPosts(items: unknown, uid: string, task: Task): Post[] {
  return readEach(list(items), (mblog) => own(mblog, uid, false, task))
}

export function accountOfInfo(info: unknown): Account | null {
  const id = text(dig(info, 'id')) ?? text(dig(info, 'idstr'))
  const name = text(dig(info, 'screen_name'))
  if (id === null && name === null) return null
  return {
    id, name,
    verified: text(dig(info, 'verified_reason')),
    description: text(dig(info, 'description')),
    posts: number(dig(info, 'statuses_count')),
    followers: number(dig(info, 'followers_count')),
  }
}

/**
 * What an answer says beside posts: `ok`, `msg`, `url`. Null when it may be read on. With our own cookie sent, a
 * login wall is our credential's.
 */
export function refused(source: string, value: unknown, task: Task, cookie: boolean): SourceResult | null {
  if (Object.keys(record(value)).length === 0) return unseen(source, 'challenge', 'no JSON: visitor cookie or client refused')
  const message = text(dig(value, 'msg')) ?? text(dig(value, 'message')) ?? text(dig(value, 'error')) ?? ''
  const ok = number(dig(value, 'ok'))
  const dead = ok === 1 ? null : byText(accountSignals, message) ?? byCode(accountSignals, text(dig(value, 'errno')) ?? text(dig(value, 'error_code')))
  if (dead !== null) return signalled(source, dead, task, `ok:${ok ?? '-'} ${message}`)
  const login = (outcome: Outcome): Outcome => (outcome === 'login_wall' && cookie ? 'credential_expired' : outcome)
  const coded = byCode(requestSignals, ok)
  if (coded !== null) return unseen(source, login(coded.outcome), `ok:${ok}`, { signal: coded.id })
  const url = text(dig(value, 'url'))
  if (url !== null && dig(value, 'data') === undefined) {
    const signal = byText(requestSignals, url)
    return unseen(source, login(signal?.outcome ?? 'challenge'), `sent to ${url.slice(0, 100)}`, signal === null ? {} : { signal: signal.id })
  }
  const said = byText(requestSignals, message)
  return said === null ? null : unseen(source, login(said.outcome), message, { signal: said.id })
}

/**
 * An empty container says 这里还没有内容 both for an account without posts and for one that is not shown to us: only
 * an account that was read and itself counts none is empty.
 */
export function noPosts(source: string, account: Account | null, message: string): SourceResult {
  if (account === null) return unseen(source, 'challenge', `no posts and no profile: ${message || 'empty'}`)
  if (account.posts === 0) return emptyAccount(source, 'the profile counts 0 posts', { account })
  return unseen(source, 'login_wall', `the profile counts ${account.posts ?? 'some'} posts, yet none is shown: ${message || 'empty list'}`, { account })
}

