import { conclude, drifted, signalled, unseen } from '../outcome.ts'
import { dig, list, number, parseJson, record, text, textOf } from '../reply.ts'
import { byCode, obstacle } from '../signals.ts'
import type { Reading, Source } from '../types.ts'
import { accountOfInfo, listPosts } from './parse.ts'
import { apiSignals } from './signals.ts'

const ID = 'weibo.api'

/** The open platform with the account's own token: it serves only the account that granted it. */
export const api: Source = {
  id: ID, tier: 'official', needs: ['credential'], sees: ['freshness', 'existence'], sure: 'memory',
  note: { zh: '微博开放平台（本账号授权的 access_token）', en: 'the Weibo open platform (an access token granted by the account itself)' },
  credential: { id: ID, fields: ['access_token'] },
  ready: (task) => (task.credentials?.[ID] === undefined ? 'credential_missing' : null),
  *read(task): Reading {
    const token = task.credentials?.[ID]?.['access_token'] ?? ''
    const reply = yield { do: 'fetch', request: { secret: true, shownAs: 'https://api.weibo.com/2/statuses/user_timeline.json', url: `https://api.weibo.com/2/statuses/user_timeline.json?access_token=${encodeURIComponent(token)}&count=50` } }
    // Its errors come with 4xx statuses and say more than these.
    const value = 'failed' in reply ? undefined : parseJson(textOf(reply))
    const code = number(dig(value, 'error_code'))
    if (code !== null) {
      const signal = byCode(apiSignals, code)
      const detail = `error_code ${code}: ${(text(dig(value, 'error')) ?? '').slice(0, 100)}`
      return signal === null ? unseen(ID, 'credential_expired', detail) : signalled(ID, signal, task, detail)
    }
    const blocked = obstacle(ID, reply, (t) => t.trimStart().startsWith('{'))
    if (blocked !== null) return blocked
    if (!Array.isArray(record(value)['statuses'])) return drifted(ID, 'no statuses')
    const statuses = list(dig(value, 'statuses'))
    const authors = statuses.map((s) => accountOfInfo(dig(s, 'user'))).filter((a) => a !== null)
    const uid = task.identity.key
    const account = authors.find((a) => a.id === uid) ?? null
    if (authors.length > 0 && account === null) return unseen(ID, 'credential_expired', `the token belongs to ${authors[0]?.id ?? 'another'}, not to ${uid}`)
    const posts = listPosts(statuses, uid, task)
    const total = number(dig(value, 'total_number'))
    // An empty list names nobody: the token may be another account's.
    if (posts.length === 0) return total === 0 ? unseen(ID, 'unreadable', 'an empty list does not say whose it is') : drifted(ID, `${total ?? 'unknown'} posts counted, none read`)
    return conclude(ID, posts, task, { more: (total ?? 0) > posts.length, detail: `${posts.length} posts`, ...(account === null ? {} : { account }) })
  },
}
