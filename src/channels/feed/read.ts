import { readFeed } from '../../read/index.ts'
import { conclude, drifted, emptyAccount, unseen } from '../outcome.ts'
import { textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import type { AsyncReading, Source } from '../types.ts'

const ID = 'feed.document'
const LOGIN = /<input[^>]{0,200}type=["']?password/i

/** The feed is itself the channel: the newest item counts, the time at which it was built never does. */
export const feedDocument: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['freshness', 'existence'], sure: 'seen',
  note: { zh: '直接读取订阅源', en: 'the feed itself' },
  async *read(task): AsyncReading {
    const reply = yield { do: 'fetch', request: { url: task.identity.address } }
    if (!('failed' in reply) && (reply.status === 404 || reply.status === 410)) return unseen(ID, 'not_found', `HTTP ${reply.status}`)
    const blocked = obstacle(ID, reply, (t) => /<(?:rss|feed|rdf:RDF)[\s>]|jsonfeed\.org/i.test(t.slice(0, 4000)))
    if (blocked !== null) return blocked
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const feed = await readFeed(reply.body, { url: reply.url, contentType: reply.headers['content-type'] ?? null, now: task.now })
    if (feed.form === null) return LOGIN.test(textOf(reply).slice(0, 60_000)) ? unseen(ID, 'login_wall', 'a login page in place of the feed') : drifted(ID, feed.why)
    const account = { id: null, name: feed.title }
    if (feed.posts.length === 0) return emptyAccount(ID, `${feed.form} feed without items`, { account })
    return conclude(ID, feed.posts, task, { more: false, detail: `${feed.form} feed, ${feed.posts.length} items`, account })
  },
}
