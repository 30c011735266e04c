import { conclude, drifted, emptyAccount, unseen } from '../outcome.ts'
import { post, readEach } from '../posts.ts'
import { dig, list, parseJson, text, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import { spoken } from './article.ts'
import type { Reading, Source, Task } from '../types.ts'

const ID = 'wechat_official.album'

/** The album that the register or an earlier visit knows of. */
export function albumOf(task: Task): URL | null {
  const url = [task.identity.address, task.memory?.['album'] ?? ''].map((a) => URL.parse(a)).find((u) => u?.pathname.startsWith('/mp/appmsgalbum') === true)
  return url ?? null
}

/** 合集: it holds only what was filed in it, so its newest article is a lower bound. */
export const album: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['existence'], sure: 'seen',
  note: { zh: '公众号的合集（填报合集链接）：只含收入合集的文章，更新时间只作下限', en: 'an album of the account (give its link): only what is filed in it, so its newest date is a lower bound' },
  ready: (task) => (albumOf(task) === null ? 'credential_missing' : null),
  *read(task): Reading {
    const url = new URL(albumOf(task) ?? 'https://mp.weixin.qq.com/mp/appmsgalbum')
    for (const [name, value] of [['f', 'json'], ['count', '20'], ['is_reverse', '0']] as const) url.searchParams.set(name, value)
    const reply = yield { do: 'fetch', request: { url: url.href } }
    const blocked = obstacle(ID, reply, (t) => t.includes('getalbum_resp'))
    if (blocked !== null) return blocked
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const answer = dig(parseJson(textOf(reply)), 'getalbum_resp')
    // A notice takes the list's place as it does an article's.
    if (answer === undefined) return spoken(ID, textOf(reply), task) ?? drifted(ID, 'no getalbum_resp')
    // One article alone comes as an object, not as a list of one.
    const posts = readEach(list(dig(answer, 'article_list')), (item) => {
      const title = text(dig(item, 'title'))
      const address = text(dig(item, 'url'))
      if (title === null && address === null) return null
      return post({ id: text(dig(item, 'msgid')) ?? address, title, url: address, raw: dig(item, 'create_time'), where: 'create_time' }, task)
    })
    const name = text(dig(answer, 'base_info', 'nickname'))
    const account = { id: task.identity.key, name }
    if (posts.length === 0) return { ...emptyAccount(ID, 'an empty album says nothing', { account }), outcome: 'unreadable' as const, reach: 'none' as const }
    return conclude(ID, posts, task, { more: true, partial: true, detail: `album, ${posts.length} articles`, account })
  },
}
