import { epoch, moment } from '../dates.ts'
import { answersOf, caught, isObject } from '../captured.ts'
import { conclude, emptyAccount, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, text } from '../reply.ts'
import { byCode, byText } from '../signals.ts'
import type { Account, Post, Signal, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'

const ID = 'bilibili.page'
const DYNAMICS = /\/x\/polymer\/web-dynamic\/(?:desktop\/)?v1\/feed\/space/
const VIDEOS = /\/x\/space\/(?:wbi\/)?arc\/search/
const PROFILE = /\/x\/space\/(?:wbi\/)?acc\/info|\/x\/web-interface\/card/

function dynamic(item: unknown, task: Task): Post | null {
  const id = text(dig(item, 'id_str'))
  const author = dig(item, 'modules', 'module_author')
  if (id === null || author === undefined) return null
  const mid = text(dig(author, 'mid'))
  if (mid !== null && mid !== task.identity.key) return null
  const major = dig(item, 'modules', 'module_dynamic', 'major')
  // A text “编辑于 …” is the time of an edit; only pub_ts, or a text that is a plain date, tells when it came out.
  const words = text(dig(author, 'pub_time'))
  const at = epoch(dig(author, 'pub_ts')) ?? (words === null || /编辑/.test(words) ? null : moment(words, task.now))
  return post({
    id, url: `https://www.bilibili.com/opus/${id}`, raw: dig(author, 'pub_ts') ?? words, where: 'module_author.pub_ts', at,
    title: text(dig(major, 'archive', 'title')) ?? text(dig(major, 'opus', 'title')) ?? text(dig(item, 'modules', 'module_dynamic', 'desc', 'text')),
    pinned: text(dig(item, 'modules', 'module_tag', 'text')) === '置顶',
    comments: number(dig(item, 'modules', 'module_stat', 'comment', 'count')),
  }, task)
}

function video(item: unknown, task: Task): Post | null {
  const id = text(dig(item, 'bvid')) ?? text(dig(item, 'aid'))
  if (id === null) return null
  return post({ id, title: text(dig(item, 'title')), url: `https://www.bilibili.com/video/${id}`, raw: dig(item, 'created'), where: 'created', at: epoch(dig(item, 'created')), comments: number(dig(item, 'comment')) }, task)
}

function accountOf(value: unknown): Account | null {
  const user = dig(value, 'data', 'card') ?? dig(value, 'data')
  const name = text(dig(user, 'name'))
  return name === null ? null : { id: text(dig(user, 'mid')), name, verified: text(dig(user, 'official', 'title')) ?? text(dig(user, 'Official', 'title')) }
}

/** All activity stands in the dynamics: videos alone miss pictures and articles, so their list is only a lower bound. */
export const page = caught({
  id: ID, sees: ['freshness', 'existence', 'interaction'], sure: 'seen',
  note: { zh: '浏览器打开空间的动态页，读取页面自己加载的动态与资料', en: 'the space’s dynamics page opened in a browser, reading what it loads itself' },
  page: (task) => (/^\d+$/.test(task.identity.key) ? `https://space.bilibili.com/${task.identity.key}/dynamic` : null),
  capture: [DYNAMICS, VIDEOS, PROFILE],
  signals: [],
  read(seen, task) {
    const profile = answersOf(seen, PROFILE).map((a) => a.value).filter(isObject)
    const account = profile.filter((v) => number(dig(v, 'code')) === 0).map(accountOf).find((a) => a !== null) ?? null
    const about = account === null ? {} : { account }
    const dynamics = answersOf(seen, DYNAMICS).map((a) => a.value).filter((v) => number(dig(v, 'code')) === 0 && Array.isArray(dig(v, 'data', 'items')))
    const videos = answersOf(seen, VIDEOS).map((a) => a.value).filter((v) => number(dig(v, 'code')) === 0)
    const posts = [
      ...dynamics.flatMap((v) => readEach(list(dig(v, 'data', 'items')), (i) => dynamic(i, task))),
      ...videos.flatMap((v) => readEach(list(dig(v, 'data', 'list', 'vlist')), (i) => video(i, task))),
    ]
    const dead = judged(profile, account)
    if (dead !== null) return signalled(ID, dead.signal, task, dead.detail, about)
    if (posts.length > 0) {
      const more = dynamics.length === 0 || dig(dynamics.at(-1), 'data', 'has_more') === true
      const comments = posts.map((p) => p.comments ?? null).filter((n) => n !== null)
      return conclude(ID, posts, task, {
        more, partial: dynamics.length === 0, detail: `${posts.length} dynamics and videos`, ...about,
        ...(comments.length === 0 ? {} : { interaction: { comments: comments.reduce((a, b) => a + b, 0) } }),
      })
    }
    const codes = seen.answers.flatMap((a) => [number(dig(a.value, 'code')), a.status])
    const coded = codes.map((c) => byCode(requestSignals, c)).find((s) => s !== null)
    if (coded !== undefined && coded !== null) return signalled(ID, coded, task, `code ${coded.codes?.join(' or ') ?? ''}`, about)
    const none = dynamics.length > 0 && dynamics.every((v) => dig(v, 'data', 'has_more') !== true)
    if (none && videos.some((v) => number(dig(v, 'data', 'page', 'count')) === 0)) return emptyAccount(ID, 'no dynamics, and the videos are counted as 0', about)
    return dynamics.length > 0 ? unseen(ID, 'challenge', 'no dynamics shown, which may be a refusal', about) : null
  },
})

/** What the profile itself says: only a signed answer of the profile speaks of the account, never another request's code. */
function judged(profile: readonly unknown[], account: Account | null): { signal: Signal; detail: string } | null {
  const missing = profile.length > 0 && profile.every((v) => number(dig(v, 'code')) === -404) ? byCode(accountSignals, -404) : null
  if (missing !== null) return { signal: missing, detail: 'code -404 of the profile' }
  const named = account?.name === null || account === null ? null : byText(accountSignals, account.name)
  if (named !== null) return { signal: named, detail: `named ${account?.name}` }
  const silenced = profile.some((v) => number(dig(v, 'data', 'silence')) === 1 || number(dig(v, 'data', 'card', 'silence')) === 1)
  const banned = accountSignals.find((s) => s.id === 'bilibili.banned')
  return silenced && banned !== undefined ? { signal: banned, detail: 'silence: 1' } : null
}
