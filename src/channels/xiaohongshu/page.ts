import { epoch } from '../dates.ts'
import { conclude, drifted, emptyAccount, signalled, unseen } from '../outcome.ts'
import { post } from '../posts.ts'
import { dig, list, number, parseJson, text, textOf, visible } from '../reply.ts'
import { byCode, byText, obstacle } from '../signals.ts'
import type { Account, Ask, Post, Reading, Reply, Source, SourceResult, Task } from '../types.ts'
import { accountSignals, requestSignals } from './signals.ts'
import { initialState, raw } from './state.ts'

const ID = 'xiaohongshu.page'
/** Notes opened for their dates: the pinned ones, the first of the others, and one more should that one not be readable. */
const PINNED = 3
const NOTES = 2

type Note = { readonly id: string; readonly title: string | null; readonly token: string | null; readonly pinned: boolean }

function notesOf(state: unknown): Note[] {
  const tabs = raw(dig(state, 'user', 'notes'))
  return list(list(tabs).map(raw).flat()).flatMap((item) => {
    const card = dig(item, 'noteCard')
    const id = text(dig(item, 'id')) ?? text(dig(card, 'noteId'))
    if (id === null) return []
    return [{
      id, title: text(dig(card, 'displayTitle')), token: text(dig(item, 'xsecToken')) ?? text(dig(card, 'xsecToken')),
      pinned: dig(card, 'interactInfo', 'sticky') === true,
    }]
  })
}

function accountOf(state: unknown, task: Task): Account | null {
  const info = dig(raw(dig(state, 'user', 'userPageData')), 'basicInfo')
  const name = text(dig(info, 'nickname'))
  return name === null ? null : { id: task.identity.key, name, description: text(dig(info, 'desc')) }
}

/** The list bears no dates: the profile tells which note is first, and the note's own page when it came out. */
export const page: Source = {
  id: ID, tier: 'public', needs: ['browser'], sees: ['freshness', 'existence'], sure: 'seen',
  note: { zh: '浏览器打开主页，再打开最近一篇笔记取时间（列表本身没有时间）', en: 'the profile opened in a browser, then the latest note for its time (the list itself bears none)' },
  ready: (task) => (task.browser && /^[0-9a-f]{24}$/.test(task.identity.key) ? null : 'credential_missing'),
  *read(task): Reading {
    const reply = yield { do: 'render', url: `https://www.xiaohongshu.com/user/profile/${task.identity.key}`, capture: [/\/api\/sns\/web\/v1\/user(?:_posted|\/otherinfo)/] }
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const html = textOf(reply)
    const state = initialState(html)
    const account = accountOf(state, task)
    const about = account === null ? {} : { account }
    const notes = notesOf(state)
    if (notes.length === 0) return nothing(reply, html, account, state, task)
    const ordinary = notes.filter((n) => !n.pinned)
    const posts: Post[] = []
    let trouble: SourceResult | null = null
    // A pinned note may be newer than the rest: each is opened, and one that cannot be leaves only a lower bound.
    for (const note of [...notes.filter((n) => n.pinned).slice(0, PINNED), ...ordinary.slice(0, NOTES)]) {
      if (posts.some((p) => !p.pinned)) break
      const read: Post | SourceResult = noteTime(yield noteAsk(note), note, task)
      if ('outcome' in read) trouble ??= read
      else posts.push(read)
    }
    if (posts.length === 0) return { ...(trouble ?? drifted(ID, 'no note could be opened')), ...about }
    return conclude(ID, posts, task, { more: true, partial: trouble !== null, detail: `${notes.length} notes listed, ${posts.length} opened`, ...about })
  },
}

function noteAsk(note: Note): Ask {
  const query = note.token === null ? '' : `?xsec_token=${encodeURIComponent(note.token)}&xsec_source=pc_user`
  return { do: 'render', url: `https://www.xiaohongshu.com/explore/${note.id}${query}`, capture: [] }
}

function noteTime(reply: Reply, note: Note, task: Task): Post | SourceResult {
  if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
  const found = dig(initialState(textOf(reply)), 'note', 'noteDetailMap', note.id, 'note') ?? dig(initialState(textOf(reply)), 'note', 'note')
  const at = epoch(dig(found, 'time'))
  if (at === null) return obstacle(ID, reply) ?? drifted(ID, 'the note has no time')
  return post({
    id: note.id, title: note.title ?? text(dig(found, 'title')), url: `https://www.xiaohongshu.com/explore/${note.id}`,
    raw: dig(found, 'time'), where: 'note.time', at, pinned: note.pinned, comments: number(dig(found, 'interactInfo', 'commentCount')),
  }, task)
}

function nothing(reply: Extract<Reply, { status: number }>, html: string, account: Account | null, state: unknown, task: Task): SourceResult {
  const about = account === null ? {} : { account }
  const words = visible(html)
  const answers = (reply.captured ?? [])
  const coded = byCode(requestSignals, reply.status) ?? answers.map((a) => byCode(requestSignals, a.status) ?? byCode(requestSignals, number(dig(parseJson(a.body), 'code')))).find((s) => s !== null) ?? null
  if (coded !== null) return signalled(ID, coded, task, `${reply.status} ${coded.note ?? ''}`, about)
  const dead = byText(accountSignals, words)
  if (dead !== null) return signalled(ID, dead, task, words.slice(0, 120), about)
  if (/id=["']red-captcha/.test(html)) return unseen(ID, 'challenge', 'captcha on the page', about)
  const blocked = obstacle(ID, reply, () => account !== null)
  if (blocked !== null) return blocked
  const login = byText(requestSignals, words)
  if (login !== null) return signalled(ID, login, task, words.slice(0, 120), about)
  if (account === null) return drifted(ID, 'neither profile nor notes in the page')
  const counted = list(dig(raw(dig(state, 'user', 'userPageData')), 'interactions')).find((i) => dig(i, 'type') === 'notes')
  return number(dig(counted, 'count')) === 0
    ? emptyAccount(ID, 'the profile counts 0 notes', about)
    : unseen(ID, 'challenge', 'the profile shows no notes, which may be a refusal', about)
}
