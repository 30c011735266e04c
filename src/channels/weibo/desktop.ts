import { conclude, drifted, unseen } from '../outcome.ts'
import { dig, list, number, parseJson, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import type { Reading, Source } from '../types.ts'
import { accountOfInfo, listPosts, noPosts, refused } from './parse.ts'

const ID = 'weibo.desktop'

/** The desktop site's list. It wants a cookie: without the unit's own it usually answers with a login. */
export const desktop: Source = {
  id: ID, tier: 'public', needs: ['credential'], sees: ['freshness', 'existence'], sure: 'seen',
  note: { zh: '电脑版列表（需本单位账号的 Cookie）', en: 'the desktop list (wants the cookie of the unit’s own account)' },
  credential: { id: 'weibo.cookie', fields: ['cookie'] },
  ready: (task) => (task.credentials?.['weibo.cookie'] === undefined || !/^\d+$/.test(task.identity.key) ? 'credential_missing' : null),
  *read(task): Reading {
    const uid = task.identity.key
    const cookie = task.credentials?.['weibo.cookie']?.['cookie'] ?? ''
    const reply = yield {
      do: 'fetch',
      request: {
        url: `https://weibo.com/ajax/statuses/mymblog?uid=${uid}&page=1&feature=0`, redirects: 'manual', secret: true, shownAs: `https://weibo.com/ajax/statuses/mymblog?uid=${uid}&page=1&feature=0`,
        headers: { cookie, referer: `https://weibo.com/u/${uid}`, accept: 'application/json, text/plain, */*' },
      },
    }
    const blocked = obstacle(ID, reply, (t) => t.trimStart().startsWith('{'))
    if (blocked !== null) return blocked.outcome === 'login_wall' ? unseen(ID, 'credential_expired', blocked.detail) : blocked
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const value = parseJson(textOf(reply))
    const no = refused(ID, value, task, true)
    if (no !== null) return no
    if (number(dig(value, 'ok')) !== 1 || !Array.isArray(dig(value, 'data', 'list'))) return drifted(ID, 'no data.list')
    const posts = listPosts(dig(value, 'data', 'list'), uid, task)
    const account = accountOfInfo(dig(list(dig(value, 'data', 'list'))[0], 'user'))
    if (posts.length === 0) return noPosts(ID, account, '')
    return conclude(ID, posts, task, { more: true, detail: `${posts.length} posts`, ...(account === null ? {} : { account }) })
  },
}
