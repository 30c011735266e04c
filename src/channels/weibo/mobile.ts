import { conclude, drifted, unseen } from '../outcome.ts'
import { dig, list, number, parseJson, record, text, textOf } from '../reply.ts'
import { medianReply } from '../replies.ts'
import { moment } from '../dates.ts'
import { obstacle } from '../signals.ts'
import type { Ask, Captured, Interaction, Post, Reading, Reply, Source, SourceResult, Task } from '../types.ts'
import { accountOfInfo, cardPosts, noPosts, refused } from './parse.ts'

const ID = 'weibo.mobile'
const RENDERED = 'weibo.rendered'
/** Pages read when the first holds pinned posts only. */
const MAX_PAGES = 3
const AGENT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'

const cookieOf = (task: Task): string | undefined => task.credentials?.['weibo.cookie']?.['cookie']

function container(uid: string, task: Task, query = ''): Ask {
  const cookie = cookieOf(task)
  const url = `https://m.weibo.cn/api/container/getIndex?type=uid&value=${uid}${query}`
  return {
    do: 'fetch',
    request: {
      url, redirects: 'manual', secret: cookie !== undefined, shownAs: url,
      headers: {
        'user-agent': AGENT, referer: `https://m.weibo.cn/u/${uid}`, 'mweibo-pwa': '1', 'x-requested-with': 'XMLHttpRequest', accept: 'application/json, text/plain, */*',
        ...(cookie === undefined ? {} : { cookie }),
      },
    },
  }
}

const isJson = (t: string): boolean => t.trimStart().startsWith('{')

/** The mobile site's container: profile, then its posts; page two when page one holds pinned posts only. */
export const mobile: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['freshness', 'existence', 'interaction'], sure: 'seen',
  note: { zh: '手机版公开接口（m.weibo.cn）；可配本单位 Cookie（weibo.cookie）', en: 'the mobile site’s public data (m.weibo.cn); the unit’s own cookie may be given (weibo.cookie)' },
  *read(task): Reading {
    const uid = task.identity.key
    if (!/^\d+$/.test(uid)) return unseen(ID, 'unreadable', 'the uid is not known')
    const cookie = cookieOf(task) !== undefined
    const opened = opening(ID, yield container(uid, task), task, cookie)
    if ('outcome' in opened) return opened
    const posts: Post[] = []
    let more = true
    let message = ''
    for (let page = 1, query = `&containerid=${opened.container}`; page <= MAX_PAGES; page++) {
      const reply: Reply = yield container(uid, task, query)
      const blocked = obstacle(ID, reply, isJson)
      if (blocked !== null) return posts.length > 0 ? ended(posts, true) : blocked
      if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
      const value = parseJson(textOf(reply))
      const no = refused(ID, value, task, cookie)
      if (no !== null) return posts.length > 0 ? ended(posts, true) : no
      if (dig(value, 'data', 'cards') === undefined && number(dig(value, 'ok')) === 1) return drifted(ID, 'no data.cards')
      message = text(dig(value, 'msg')) ?? ''
      const found = cardPosts(dig(value, 'data', 'cards'), uid, task)
      posts.push(...found)
      const since = text(dig(value, 'data', 'cardlistInfo', 'since_id'))
      more = found.length > 0 && (since !== null || number(dig(value, 'data', 'cardlistInfo', 'page')) !== null)
      if (!more || posts.some((p) => !p.pinned)) break
      query = `&containerid=${opened.container}${since === null ? `&page=${page + 1}` : `&since_id=${since}`}`
    }
    if (posts.length === 0) return noPosts(ID, opened.account, message)
    const interaction = yield* comments(posts, uid, task)
    return ended(posts, more, interaction)

    function ended(seen: readonly Post[], further: boolean, interaction?: Interaction): SourceResult {
      return conclude(ID, seen, task, {
        more: further, detail: `${seen.length} posts`,
        ...('outcome' in opened ? {} : { account: opened.account }), ...(interaction === undefined ? {} : { interaction }),
      })
    }
  },
}

type Opened = { readonly account: NonNullable<ReturnType<typeof accountOfInfo>>; readonly container: string }

/** The profile and the id of its posts' container, or what stands before it. */
function opening(source: string, reply: Reply, task: Task, cookie: boolean): Opened | SourceResult {
  const blocked = obstacle(source, reply, isJson)
  if (blocked !== null) return cookie && blocked.outcome === 'login_wall' ? { ...blocked, outcome: 'credential_expired' } : blocked
  if ('failed' in reply) return unseen(source, reply.failed, reply.detail)
  return profile(source, parseJson(textOf(reply)), task, cookie)
}

function profile(source: string, value: unknown, task: Task, cookie: boolean): Opened | SourceResult {
  const no = refused(source, value, task, cookie)
  if (no !== null) return no
  const account = accountOfInfo(dig(value, 'data', 'userInfo'))
  if (account === null) {
    if (number(dig(value, 'ok')) !== 1) return noPosts(source, null, text(dig(value, 'msg')) ?? '')
    return drifted(source, 'no data.userInfo')
  }
  const tab = list(dig(value, 'data', 'tabsInfo', 'tabs')).find((t) => dig(t, 'tab_type') === 'weibo' || dig(t, 'tabKey') === 'weibo')
  return { account, container: text(dig(tab, 'containerid')) ?? `107603${task.identity.key}` }
}

/** Comments on the newest post: whether they are open, and how the account answers. Failing here loses nothing else. */
function* comments(posts: readonly Post[], uid: string, task: Task): Generator<Ask, Interaction | undefined, Reply> {
  const counted = posts.reduce((n, p) => n + (p.comments ?? 0), 0)
  const base: Interaction = { comments: counted, ...(counted > 0 ? { commentsOpen: true } : {}) }
  const newest = posts.filter((p) => (p.comments ?? 0) > 0 && p.instant !== null).sort((a, b) => Number(b.instant) - Number(a.instant))[0]
  if (newest === undefined) return base
  const reply = yield {
    do: 'fetch',
    request: { url: `https://m.weibo.cn/comments/hotflow?id=${newest.id}&mid=${newest.id}&max_id_type=0`, redirects: 'manual', secret: cookieOf(task) !== undefined, headers: { 'user-agent': AGENT, referer: `https://m.weibo.cn/detail/${newest.id}`, 'x-requested-with': 'XMLHttpRequest', ...(cookieOf(task) === undefined ? {} : { cookie: cookieOf(task) ?? '' }) } },
  }
  if ('failed' in reply || reply.status !== 200) return base
  const rows = list(dig(parseJson(textOf(reply)), 'data', 'data'))
  if (rows.length === 0) return base
  const pairs: { asked: Date; answered: Date }[] = []
  let replies = 0
  for (const row of rows) {
    const asked = moment(dig(row, 'created_at'), task.now)
    const answers = list(dig(row, 'comments')).filter((c) => text(dig(c, 'user', 'id')) === uid).map((c) => moment(dig(c, 'created_at'), task.now))
    replies += answers.length
    const first = answers.flatMap((a) => (a === null ? [] : [a.instant])).sort((a, b) => Number(a) - Number(b))[0]
    if (asked !== null && first !== undefined) pairs.push({ asked: asked.instant, answered: first })
  }
  return { ...base, commentsOpen: true, replies, medianReplyMinutes: medianReply(pairs) }
}

/** The same data, caught while a browser loads the page as any visitor's would: it obtains the visitor cookie itself. */
export const rendered: Source = {
  id: RENDERED, tier: 'public', needs: ['browser'], sees: ['freshness', 'existence'], sure: 'seen',
  note: { zh: '浏览器打开手机版主页，读取页面自己加载的列表', en: 'the mobile page opened in a browser, reading the list that it loads itself' },
  ready: (task) => (task.browser && /^\d+$/.test(task.identity.key) ? null : 'credential_missing'),
  *read(task): Reading {
    const uid = task.identity.key
    const reply = yield { do: 'render', url: `https://m.weibo.cn/u/${uid}`, capture: [/\/api\/container\/getIndex\?/] }
    const captured: readonly Captured[] = 'failed' in reply ? [] : reply.captured ?? []
    if (captured.length === 0) return obstacle(RENDERED, reply) ?? drifted(RENDERED, 'the page loaded no list')
    const values = captured.filter((c) => c.status === 200).map((c) => parseJson(c.body)).filter((v) => Object.keys(record(v)).length > 0)
    if (values.length === 0) return unseen(RENDERED, 'challenge', 'the page’s own requests were refused')
    const account = values.map((v) => accountOfInfo(dig(v, 'data', 'userInfo'))).find((a) => a !== null) ?? null
    const posts = values.flatMap((v) => cardPosts(dig(v, 'data', 'cards'), uid, task))
    const no = values.map((v) => refused(RENDERED, v, task, false)).find((r) => r !== null)
    if (posts.length === 0) return no ?? (account === null ? drifted(RENDERED, 'neither profile nor posts') : noPosts(RENDERED, account, ''))
    const more = values.some((v) => text(dig(v, 'data', 'cardlistInfo', 'since_id')) !== null)
    return conclude(RENDERED, posts, task, { more, detail: `${posts.length} posts as the page loads them`, ...(account === null ? {} : { account }) })
  },
}
