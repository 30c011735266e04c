import { epoch } from '../dates.ts'
import { conclude, drifted, emptyAccount, signalled, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, number, parseJson, text, textOf } from '../reply.ts'
import { byCode, obstacle } from '../signals.ts'
import type { Reading, Source } from '../types.ts'
import { apiSignals } from './signals.ts'

const ID = 'douyin.api'

export const api: Source = {
  id: ID, tier: 'official', needs: ['credential'], sees: ['freshness', 'existence', 'interaction'], sure: 'memory',
  note: { zh: '抖音开放平台（本账号授权的 access_token 与 open_id）', en: 'the Douyin open platform (access token and open id granted by the account)' },
  credential: { id: ID, fields: ['access_token', 'open_id'] },
  ready: (task) => (task.credentials?.[ID] === undefined ? 'credential_missing' : null),
  *read(task): Reading {
    const own = task.credentials?.[ID] ?? {}
    const reply = yield {
      do: 'fetch',
      request: {
        secret: true, shownAs: 'https://open.douyin.com/api/douyin/v1/video/video_list/', headers: { 'access-token': own['access_token'] ?? '' },
        url: `https://open.douyin.com/api/douyin/v1/video/video_list/?open_id=${encodeURIComponent(own['open_id'] ?? '')}&cursor=0&count=20`,
      },
    }
    const blocked = obstacle(ID, reply, (t) => t.trimStart().startsWith('{'))
    if (blocked !== null) return blocked
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const data = dig(parseJson(textOf(reply)), 'data')
    if (data === undefined) return drifted(ID, 'no data')
    const code = number(dig(data, 'error_code')) ?? 0
    if (code !== 0) {
      const signal = byCode(apiSignals, code)
      const detail = `error_code ${code}: ${(text(dig(data, 'description')) ?? '').slice(0, 100)}`
      return signal === null ? unseen(ID, 'credential_expired', detail) : signalled(ID, signal, task, detail)
    }
    if (!Array.isArray(dig(data, 'list'))) return drifted(ID, 'no data.list')
    const posts = readEach(list(dig(data, 'list')), (item) => {
      const id = text(dig(item, 'item_id'))
      if (id === null) return null
      return post({
        id, title: text(dig(item, 'title')), url: text(dig(item, 'share_url')), raw: dig(item, 'create_time'), where: 'create_time', at: epoch(dig(item, 'create_time')),
        pinned: dig(item, 'is_top') === true || number(dig(item, 'is_top')) === 1, comments: number(dig(item, 'statistics', 'comment_count')),
      }, task)
    })
    const more = dig(data, 'has_more') === true
    if (posts.length > 0) return conclude(ID, posts, task, { more, detail: `${posts.length} works` })
    return list(dig(data, 'list')).length === 0 && !more ? emptyAccount(ID, 'the account’s own list is empty') : drifted(ID, 'no work could be read')
  },
}
