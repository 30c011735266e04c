import { epoch } from '../dates.ts'
import { answersOf, caught, isObject } from '../captured.ts'
import { conclude, emptyAccount, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, text } from '../reply.ts'
import { byCode, byText } from '../signals.ts'
import type { Account, Post, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'

const ID = 'douyin.page'
const POSTS = /\/aweme\/v1\/web\/aweme\/post\//
const PROFILE = /\/aweme\/v1\/web\/user\/profile\/other\//

function video(item: unknown, task: Task): Post | null {
  const id = text(dig(item, 'aweme_id'))
  if (id === null) return null
  const author = text(dig(item, 'author', 'sec_uid'))
  if (author !== null && author !== task.identity.key) return null
  return post({
    id, title: text(dig(item, 'desc')), url: `https://www.douyin.com/video/${id}`,
    raw: dig(item, 'create_time'), where: 'create_time', at: epoch(dig(item, 'create_time')),
    pinned: number(dig(item, 'is_top')) === 1, comments: number(dig(item, 'statistics', 'comment_count')),
  }, task)
}

function accountOf(user: unknown, task: Task): Account | null {
  const name = text(dig(user, 'nickname'))
  if (name === null) return null
  return {
    id: text(dig(user, 'sec_uid')) ?? task.identity.key, name,
    verified: text(dig(user, 'enterprise_verify_reason')) ?? text(dig(user, 'custom_verify')),
    posts: number(dig(user, 'aweme_count')), followers: number(dig(user, 'follower_count')),
  }
}

/** An empty list is the usual face of the guard: only a profile that itself counts no works makes it an empty account. */
export const page = caught({
  id: ID, sees: ['freshness', 'existence', 'interaction'], sure: 'seen',
  note: { zh: '浏览器打开主页，读取页面自己加载的作品列表', en: 'the profile opened in a browser, reading the list of works that it loads itself' },
  page: (task) => (task.identity.key.startsWith('MS4w') ? `https://www.douyin.com/user/${task.identity.key}` : null),
  capture: [POSTS, PROFILE],
  signals: [...accountSignals, ...requestSignals],
  read(seen, task) {
    const lists = answersOf(seen, POSTS)
    const profile = answersOf(seen, PROFILE).find((a) => isObject(a.value))?.value
    const user = dig(profile, 'user')
    const items = lists.flatMap((a) => list(dig(a.value, 'aweme_list')))
    const account = accountOf(user, task) ?? accountOf(dig(items.find((i) => dig(i, 'author', 'sec_uid') === task.identity.key), 'author'), task)
    const about = account === null ? {} : { account }
    const posts = readEach(items, (i) => video(i, task))
    if (posts.length > 0) {
      const last = lists.findLast((a) => isObject(a.value))
      return conclude(ID, posts, task, { more: number(dig(last?.value, 'has_more')) === 1, detail: `${posts.length} works`, ...about })
    }
    const status = number(dig(profile, 'status_code'))
    const dead = byText(accountSignals, `${text(dig(profile, 'status_msg')) ?? ''} ${account?.name ?? ''} ${seen.words}`)
    if (dead !== null && status === 0) return signalled(ID, dead, task, `status_code 0: ${seen.words.slice(0, 100)}`, { corroborated: true, ...about })
    if (number(dig(user, 'secret')) === 1) return unseen(ID, 'private', 'the account is set to private', about)
    const coded = lists.map((a) => byCode(requestSignals, number(dig(a.value, 'status_code')))).find((s) => s !== null) ?? byCode(requestSignals, status)
    if (coded !== undefined && coded !== null) return signalled(ID, coded, task, `status_code ${status ?? ''}`, about)
    if (lists.some((a) => a.body.trim() === '' || a.body.trim() === 'blocked')) return unseen(ID, 'challenge', 'the list came back empty or blocked', about)
    const listed = lists.some((a) => number(dig(a.value, 'status_code')) === 0 && dig(a.value, 'aweme_list') !== undefined)
    if (listed && status === 0 && account?.posts === 0) return emptyAccount(ID, 'the profile counts 0 works', about)
    return listed ? unseen(ID, 'challenge', `an empty list, though the profile counts ${account?.posts ?? 'an unknown number of'} works`, about) : null
  },
})
