import { epoch } from '../dates.ts'
import { answersOf, caught, isObject, type Page } from '../captured.ts'
import { conclude, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, text } from '../reply.ts'
import { byCode } from '../signals.ts'
import type { Post, SourceResult, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'

const ID = 'zhihu.page'
const ACTIVITIES = /\/api\/v3\/(?:moments|feed\/members)\/[^/]+\/activities/
const COLUMN = /\/api\/v4\/columns\/[^/]+\/(?:items|articles)/
const PINNED = /\/api\/v4\/columns\/[^/]+\/pinned-items/

/** Likes, votes, follows and collections are others' work passed on: they say nothing of what the account publishes. */
const PASSED_ON = /VOTE|LIKE|FOLLOW|COLLECT|JOIN|赞同|喜欢|关注|收藏|参加/i

function activity(item: unknown, task: Task): Post | null {
  const target = dig(item, 'target')
  const id = text(dig(item, 'id')) ?? text(dig(target, 'id'))
  if (id === null || target === undefined) return null
  if (PASSED_ON.test(`${text(dig(item, 'verb')) ?? ''} ${text(dig(item, 'action_text')) ?? ''}`)) return null
  const author = text(dig(target, 'author', 'url_token'))
  if (author !== null && author !== task.identity.key) return null
  const raw = dig(item, 'created_time') ?? dig(target, 'created_time') ?? dig(target, 'created')
  return post({
    id, raw, where: 'created_time', at: epoch(raw), url: text(dig(target, 'url')), comments: number(dig(target, 'comment_count')),
    title: text(dig(target, 'title')) ?? text(dig(target, 'question', 'title')) ?? text(dig(target, 'excerpt')),
  }, task)
}

function columnItem(item: unknown, pinned: boolean, task: Task): Post | null {
  const id = text(dig(item, 'id'))
  if (id === null) return null
  const raw = dig(item, 'created') ?? dig(item, 'created_time')
  return post({ id, raw, where: 'created', at: epoch(raw), title: text(dig(item, 'title')), url: text(dig(item, 'url')), pinned, comments: number(dig(item, 'comment_count')) }, task)
}

export const page = caught({
  id: ID, sees: ['freshness', 'existence'], sure: 'seen',
  note: { zh: '浏览器打开主页或专栏，读取页面自己加载的动态（不计点赞、关注、收藏）', en: 'the page or column opened in a browser, reading the activity it loads itself (votes, follows and collections not counted)' },
  page: (task) => task.identity.address,
  capture: [ACTIVITIES, COLUMN, PINNED],
  signals: [...accountSignals, ...requestSignals],
  read(seen, task) {
    const column = task.identity.key.startsWith('column:')
    const lists = answersOf(seen, column ? COLUMN : ACTIVITIES).filter((a) => Array.isArray(dig(a.value, 'data')))
    const rows = lists.flatMap((a) => list(dig(a.value, 'data')))
    const posts = column
      ? [...answersOf(seen, PINNED).flatMap((a) => readEach(list(dig(a.value, 'data')), (i) => columnItem(i, true, task))), ...readEach(rows, (i) => columnItem(i, false, task))]
      : readEach(rows, (i) => activity(i, task))
    const more = dig(lists.at(-1)?.value, 'paging', 'is_end') === false
    if (posts.length > 0) return conclude(ID, posts, task, { more, detail: `${posts.length} items`, ...named(rows, task) })
    const refused = coded(seen, task)
    if (refused !== null) return refused
    if (lists.length === 0) return null
    if (rows.length > 0) return unseen(ID, 'unreadable', 'only votes and follows on the page: when it last published cannot be seen')
    return unseen(ID, 'challenge', 'an empty list, which may be a refusal')
  },
})

function coded(seen: Page, task: Task): SourceResult | null {
  const codes = seen.answers.filter((a) => isObject(a.value)).map((a) => number(dig(a.value, 'error', 'code')))
  const signal = codes.map((c) => byCode(requestSignals, c)).find((s) => s !== null)
  return signal === undefined || signal === null ? null : signalled(ID, signal, task, `error.code ${signal.codes?.join(' or ') ?? ''}`)
}

function named(rows: readonly unknown[], task: Task): { account?: { id: string; name: string | null } } {
  const name = rows.map((r) => text(dig(r, 'actor', 'name')) ?? text(dig(r, 'target', 'author', 'name')) ?? text(dig(r, 'author', 'name'))).find((n) => n !== null)
  return name === undefined || name === null || task.identity.key.startsWith('column:') ? {} : { account: { id: task.identity.key, name } }
}
