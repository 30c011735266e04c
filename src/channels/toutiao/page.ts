import { epoch } from '../dates.ts'
import { answersOf, caught, isObject } from '../captured.ts'
import { conclude, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, text } from '../reply.ts'
import type { Post, Task } from '../types.ts'
import { accountSignals } from './signals.ts'

const ID = 'toutiao.page'
const FEED = /\/api\/pc\/list\/(?:user\/)?feed/

/** The author stands in another place for each type of cell. */
const author = (cell: unknown): unknown => dig(cell, 'user', 'info') ?? dig(cell, 'user_info') ?? dig(cell, 'user')

function cell(item: unknown, task: Task): Post | null {
  const id = text(dig(item, 'group_id')) ?? text(dig(item, 'item_id')) ?? text(dig(item, 'id')) ?? text(dig(item, 'thread_id_str'))
  if (id === null) return null
  const token = text(dig(author(item), 'token'))
  if (token !== null && task.identity.key.startsWith('MS4w') && token !== task.identity.key) return null
  return post({
    id, title: text(dig(item, 'title')) ?? text(dig(item, 'content')), url: text(dig(item, 'article_url')) ?? text(dig(item, 'share_url')),
    // behot_time is for paging and moves; only publish_time tells when.
    raw: dig(item, 'publish_time'), where: 'publish_time', at: epoch(dig(item, 'publish_time')),
    pinned: /置顶/.test(text(dig(item, 'stick_label')) ?? '') || number(dig(item, 'is_stick')) === 1 || dig(item, 'is_stick') === true,
    comments: number(dig(item, 'comment_count')),
  }, task)
}

export const page = caught({
  id: ID, sees: ['freshness', 'existence', 'interaction'], sure: 'seen',
  note: { zh: '浏览器打开主页，读取页面自己加载的列表', en: 'the home page opened in a browser, reading the list that it loads itself' },
  page: (task) => (task.identity.key.startsWith('link:') ? null : task.identity.address),
  capture: [FEED],
  signals: accountSignals,
  read(seen, task) {
    const answers = answersOf(seen, FEED).filter((a) => isObject(a.value) && dig(a.value, 'data') !== undefined)
    if (answers.length === 0) return null
    const items = answers.flatMap((a) => list(dig(a.value, 'data')))
    const posts = readEach(items, (i) => cell(i, task))
    if (posts.length === 0) {
      // Bad token, bad signature or gone: the answer does not tell which.
      return byWords(seen.words) ? null : unseen(ID, 'challenge', 'the list has no data, which may be a refusal')
    }
    const closed = items.map((i) => dig(i, 'ban_comment')).filter((b) => typeof b === 'boolean' || typeof b === 'number')
    const name = items.map((i) => text(dig(author(i), 'name')) ?? text(dig(author(i), 'screen_name'))).find((n) => n !== null) ?? null
    return conclude(ID, posts, task, {
      more: dig(answers.at(-1)?.value, 'has_more') === true, detail: `${posts.length} items`,
      account: { id: task.identity.key, name },
      ...(closed.length === 0 ? {} : { interaction: { commentsOpen: closed.some((b) => !b), comments: posts.reduce((n, p) => n + (p.comments ?? 0), 0) } }),
    })
  },
})

const byWords = (words: string): boolean => accountSignals.some((s) => s.texts?.some((t) => t.test(words)) === true)
