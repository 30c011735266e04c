import { moment } from '../dates.ts'
import { textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import { unseenAt, type StoreReader } from './store.ts'

const PAGE = /版本号|更新时间|app-info|class=["']intro-titles/
const label = (html: string, name: string): string | null =>
  new RegExp(`${name}\\s*[:：]?\\s*(?:<[^>]{0,200}>\\s{0,50}){0,6}([^<\\s][^<]{0,60})`).exec(html)?.[1]?.trim() ?? null

/** app.mi.com: its page has labels 版本号 and 更新时间; what a missing app looks like is a guess. */
export const xiaomi: StoreReader = {
  store: 'xiaomi',
  knows: (ids) => ids.pkg !== undefined,
  *read(ids, task) {
    const url = `https://app.mi.com/details?id=${encodeURIComponent(ids.pkg ?? '')}`
    const reply = yield { do: 'fetch', request: { url, redirects: 'manual' } }
    if (!('failed' in reply)) {
      const to = URL.parse(reply.headers['location'] ?? '', url)
      if (reply.status === 404 || (reply.status >= 301 && reply.status <= 302 && to?.hostname.endsWith('app.mi.com') === true && to.pathname === '/')) {
        return { state: 'absent', sure: 'memory', detail: reply.status === 404 ? '404' : 'sent to the store’s home page' }
      }
    }
    const blocked = obstacle('app.stores', reply, (t) => PAGE.test(t))
    if (blocked !== null) return unseenAt(blocked.outcome, blocked.detail)
    if ('failed' in reply) return unseenAt(reply.failed, reply.detail)
    const html = textOf(reply)
    const raw = label(html, '更新时间')
    const version = label(html, '版本号') ?? label(html, '版本')
    if (raw === null && version === null) return unseenAt('parse_drift', 'neither 版本号 nor 更新时间')
    const name = /<h3[^>]{0,200}>\s{0,50}([^<]{1,80})</.exec(html)?.[1]?.trim() ?? null
    return { state: 'listed', name, version, raw, where: '更新时间', released: moment(raw, task.now), detail: 'listed' }
  },
}
