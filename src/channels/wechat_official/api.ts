import { addDays, dayInChina } from '../../domain/date.ts'
import { epoch, moment } from '../dates.ts'
import { conclude, drifted, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, parseJson, record, text, textOf } from '../reply.ts'
import { medianReply } from '../replies.ts'
import { byCode, obstacle } from '../signals.ts'
import type { Ask, Interaction, Post, Reading, Reply, Source, SourceResult, Task } from '../types.ts'
import { apiSignals } from './signals.ts'

const ID = 'wechat_official.api'
const HOST = 'https://api.weixin.qq.com'
/** Days of broadcast statistics asked for: yesterday and back. */
const BROADCAST_DAYS = 8

const call = (path: string, token: string, body?: unknown): Ask => ({
  do: 'fetch',
  request: {
    url: `${HOST}${path}?access_token=${encodeURIComponent(token)}`, secret: true, shownAs: HOST + path,
    ...(body === undefined ? {} : { method: 'POST' as const, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  },
})

type Said = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly result: SourceResult }

/** An answer of the API, or what its `errcode` means: the credential's matter or a quota's, never the account's. */
function said(reply: Reply, task: Task): Said {
  const blocked = obstacle(ID, reply, (t) => t.trimStart().startsWith('{'))
  if (blocked !== null) return { ok: false, result: blocked }
  if ('failed' in reply) return { ok: false, result: unseen(ID, reply.failed, reply.detail) }
  const value = parseJson(textOf(reply))
  if (Object.keys(record(value)).length === 0) return { ok: false, result: drifted(ID, 'the answer is no JSON object') }
  const code = number(dig(value, 'errcode')) ?? 0
  if (code === 0) return { ok: true, value }
  const signal = byCode(apiSignals, code)
  const detail = `errcode ${code}: ${(text(dig(value, 'errmsg')) ?? '').slice(0, 100)}`
  if (signal === null) return { ok: false, result: unseen(ID, 'credential_expired', detail) }
  return { ok: false, result: signalled(ID, signal, task, detail) }
}

/**
 * The official API with the account's own credentials. Articles sent by hand from the console may be missing from
 * `freepublish/batchget`, so its list is a lower bound; the broadcast statistics of the last days add to it.
 */
export const api: Source = {
  id: ID, tier: 'official', needs: ['credential'], sees: ['freshness', 'existence', 'interaction', 'function'], sure: 'seen',
  note: {
    zh: '公众号官方接口（本账号 AppID 与 AppSecret，并将巡检服务器加入 IP 白名单）：已发布列表、群发统计、菜单、自动回复、留言',
    en: 'the official API (the account’s own AppID and AppSecret; our address on its IP list): published list, broadcast statistics, menu, automatic replies, comments',
  },
  credential: { id: ID, fields: ['appid', 'secret'] },
  ready: (task) => (task.credentials?.[ID] === undefined ? 'credential_missing' : null),
  *read(task): Reading {
    const own = task.credentials?.[ID] ?? {}
    const granted = said(yield {
      do: 'fetch',
      request: { secret: true, url: `${HOST}/cgi-bin/token?grant_type=client_credential&appid=${encodeURIComponent(own['appid'] ?? '')}&secret=${encodeURIComponent(own['secret'] ?? '')}` },
    }, task)
    if (!granted.ok) return granted.result
    const token = text(dig(granted.value, 'access_token'))
    if (token === null) return drifted(ID, 'no access_token')
    const listed = said(yield call('/cgi-bin/freepublish/batchget', token, { offset: 0, count: 20, no_content: 1 }), task)
    if (!listed.ok) return listed.result
    if (dig(listed.value, 'total_count') === undefined) return drifted(ID, 'no total_count')
    const posts = readEach(list(dig(listed.value, 'item')), (item) => published(item, task))
    const broadcast = yield* broadcasts(token, task)
    const interaction = yield* interactions(token, broadcast.messageId, task)
    const all = [...posts, ...broadcast.posts]
    if (all.length === 0) {
      // Not "never published": what is sent by hand does not appear here.
      return { ...unseen(ID, 'ok', 'the list of published articles is empty, which may miss what is sent by hand', { interaction }), reach: 'lower_bound' }
    }
    return conclude(ID, all, task, { more: true, partial: true, detail: `${posts.length} published, ${broadcast.posts.length} broadcast`, interaction })
  },
}

function published(item: unknown, task: Task): Post | null {
  const news = list(dig(item, 'content', 'news_item'))
  const shown = news.filter((n) => dig(n, 'is_deleted') !== true)
  const id = text(dig(item, 'article_id'))
  if (id === null || (news.length > 0 && shown.length === 0)) return null
  return post({ id, title: text(dig(shown[0], 'title')), url: text(dig(shown[0], 'url')), raw: dig(item, 'update_time'), where: 'update_time' }, task)
}

/** 群发 statistics, a day at a time: the first day with a broadcast is enough. Without the right to them, nothing is lost. */
function* broadcasts(token: string, task: Task): Generator<Ask, { posts: Post[]; messageId: string | null }, Reply> {
  const today = dayInChina(task.now)
  for (let back = 1; back <= BROADCAST_DAYS; back++) {
    const day = addDays(today, -back)
    const answer = said(yield call('/datacube/getarticlesummary', token, { begin_date: day, end_date: day }), task)
    if (!answer.ok) break
    const posts = readEach(list(dig(answer.value, 'list')), (row) => {
      const raw = dig(row, 'ref_date')
      const id = text(dig(row, 'msgid'))
      return id === null ? null : post({ id, title: text(dig(row, 'title')), url: null, raw, where: 'ref_date', at: moment(raw, task.now) }, task)
    })
    if (posts.length > 0) return { posts, messageId: posts[0]?.id ?? null }
  }
  return { posts: [], messageId: null }
}

/** Menu, automatic reply, and how comments on the newest broadcast are answered. Each is left out where it is not granted. */
function* interactions(token: string, messageId: string | null, task: Task): Generator<Ask, Interaction, Reply> {
  const menu = said(yield call('/cgi-bin/get_current_selfmenu_info', token), task)
  const auto = said(yield call('/cgi-bin/get_current_autoreply_info', token), task)
  const comments = messageId === null ? null : said(yield call('/cgi-bin/comment/list', token, {
    // The statistics' message id is the broadcast's id and the article's place in it.
    msg_data_id: number(messageId.split('_')[0]), index: Math.max(0, (number(messageId.split('_')[1] ?? '1') ?? 1) - 1), begin: 0, count: 49, type: 0,
  }), task)
  return {
    ...(menu.ok ? { menu: number(dig(menu.value, 'is_menu_open')) === 1 } : {}),
    ...(auto.ok ? { autoReply: number(dig(auto.value, 'is_autoreply_open')) === 1 || number(dig(auto.value, 'is_add_friend_reply_open')) === 1 } : {}),
    ...(comments?.ok === true ? commentFacts(comments.value) : {}),
  }
}

function commentFacts(value: unknown): Interaction {
  const rows = list(dig(value, 'comment'))
  const times = rows.flatMap((row) => {
    const asked = epoch(dig(row, 'create_time'))
    const answered = epoch(dig(row, 'reply', 'create_time'))
    return asked !== null && answered !== null ? [{ asked: asked.instant, answered: answered.instant }] : []
  })
  return {
    commentsOpen: true,
    comments: number(dig(value, 'total')) ?? rows.length,
    replies: rows.filter((row) => dig(row, 'reply', 'create_time') !== undefined).length,
    medianReplyMinutes: medianReply(times),
  }
}
