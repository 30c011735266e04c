import { epoch } from '../dates.ts'
import { answersOf, caught, isObject } from '../captured.ts'
import { conclude, emptyAccount, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, text } from '../reply.ts'
import { byCode } from '../signals.ts'
import type { Account, Post, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'

const ID = 'kuaishou.page'
const OWN = /\/graphql\b|\/rest\/v\/profile\/(?:feed|get)|\/live_api\/(?:profile\/public|baseuser\/userinfo)/

function feed(item: unknown, task: Task): Post | null {
  const photo = dig(item, 'photo')
  const id = text(dig(photo, 'id'))
  if (id === null) return null
  const author = text(dig(item, 'author', 'id'))
  if (author !== null && author !== task.identity.key) return null
  return post({
    id, title: text(dig(photo, 'caption')), url: `https://www.kuaishou.com/short-video/${id}`,
    raw: dig(photo, 'timestamp'), where: 'photo.timestamp', at: epoch(dig(photo, 'timestamp')),
    pinned: dig(photo, 'profileUserTopPhoto') === true, comments: number(dig(photo, 'commentCount')),
  }, task)
}

function accountOf(value: unknown): Account | null {
  const live = dig(value, 'data', 'userInfo')
  const liveName = text(dig(live, 'name'))
  if (liveName !== null) return { id: text(dig(live, 'id')), name: liveName, posts: number(dig(live, 'counts', 'photo')) }
  const user = dig(value, 'data', 'visionProfile', 'userProfile') ?? dig(value, 'userProfile')
  const name = text(dig(user, 'profile', 'user_name'))
  if (name === null) return null
  const photos = dig(user, 'ownerCount', 'photo_public') ?? dig(user, 'ownerCount', 'photo')
  return { id: text(dig(user, 'profile', 'user_id')), name, posts: number(photos), followers: number(dig(user, 'ownerCount', 'fan')) }
}

const photoList = (value: unknown): unknown => dig(value, 'data', 'visionProfilePhotoList') ?? (dig(value, 'feeds') === undefined ? undefined : value)

/** Times are milliseconds, the end of the list is the cursor `no_more`; right after loading, an empty list proves nothing. */
export const page = caught({
  id: ID, sees: ['freshness', 'existence', 'interaction'], sure: 'seen',
  note: { zh: '浏览器打开主页，读取页面自己加载的作品列表', en: 'the profile opened in a browser, reading the list of works that it loads itself' },
  page: (task) => (/^(?:id|link):/.test(task.identity.key) ? null : `https://www.kuaishou.com/profile/${task.identity.key}`),
  capture: [OWN],
  signals: accountSignals,
  read(seen, task) {
    const values = answersOf(seen, OWN).map((a) => a.value).filter(isObject)
    const accounts = values.map(accountOf).filter((a) => a !== null)
    const account = accounts.find((a) => a.posts !== null && a.posts !== undefined) ?? accounts[0] ?? null
    const about = account === null ? {} : { account }
    const lists = values.map(photoList).filter((l) => l !== undefined)
    const items = lists.flatMap((l) => list(dig(l, 'feeds')))
    const posts = readEach(items, (i) => feed(i, task))
    if (posts.length > 0) {
      const allowed = items.map((i) => number(dig(i, 'canAddComment'))).filter((n) => n !== null)
      const interaction = allowed.length === 0 ? {} : { interaction: { commentsOpen: allowed.some((n) => n !== 0), comments: posts.reduce((n, p) => n + (p.comments ?? 0), 0) } }
      return conclude(ID, posts, task, { more: text(dig(lists.at(-1), 'pcursor')) !== 'no_more', detail: `${posts.length} works`, ...about, ...interaction })
    }
    const codes = values.flatMap((v) => [number(dig(v, 'result')), number(dig(v, 'data', 'visionProfile', 'result')), number(dig(v, 'data', 'visionProfilePhotoList', 'result'))])
    const coded = codes.map((c) => byCode(requestSignals, c)).find((s) => s !== null)
    if (coded !== undefined && coded !== null) return signalled(ID, coded, task, `result ${coded.codes?.join(' ') ?? ''}`, about)
    if (lists.length === 0) return null
    if (account?.posts === 0 && lists.some((l) => text(dig(l, 'pcursor')) === 'no_more')) return emptyAccount(ID, 'the profile counts 0 public works', about)
    return unseen(ID, 'challenge', `an empty list, though the profile counts ${account?.posts ?? 'an unknown number of'} works`, about)
  },
})
