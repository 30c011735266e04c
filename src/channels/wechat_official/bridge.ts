import { find, readWewe } from '../bridge.ts'
import type { AsyncReading, Source, Task } from '../types.ts'
import { albumOf } from './album.ts'
import { articleAddress, bizNumber, normaliseBiz } from './identity.ts'

const ID = 'wechat_official.wewe'

/** WeWe RSS of the operator's own: its feed ids are the number inside `__biz`. */
export const wewe: Source = {
  id: ID, tier: 'bridge', needs: ['bridge'], sees: ['freshness'], sure: 'seen',
  note: { zh: '自建 WeWe RSS（/feeds/ 的 syncTime 超过 48 小时视为转接失效）', en: 'your own WeWe RSS (a syncTime in /feeds/ older than 48 hours counts as stale)' },
  ready: (task) => (find(task, 'wewe') === undefined || normaliseBiz(task.identity.key) === null ? 'credential_missing' : null),
  async *read(task): AsyncReading {
    const found = yield* readWewe(ID, `MP_WXS_${bizNumber(task.identity.key)}`, find(task, 'wewe')?.url ?? '', task)
    const url = URL.parse(found.posts.find((p) => p.date !== null && p.date === found.newest)?.url ?? '')
    const article = url === null || url.hostname !== 'mp.weixin.qq.com' ? null : articleAddress(url)
    // Its page tells, at the next visit, whether the account still exists.
    return article === null ? found : { ...found, remember: { article } }
  },
}

/** RSSHub has no timeline of an account either: its route is that of an album, so what it shows is a lower bound. */
export function albumRoute(task: Task): string | null {
  const url = albumOf(task)
  const biz = normaliseBiz(url?.searchParams.get('__biz') ?? '')
  const id = url?.searchParams.get('album_id') ?? null
  return biz === null || id === null ? null : `/wechat/mp/msgalbum/${encodeURIComponent(biz)}/${encodeURIComponent(id)}`
}
