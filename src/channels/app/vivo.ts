import { moment } from '../dates.ts'
import { dig, parseJson, record, text, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import { unseenAt, type StoreReader } from './store.ts'

export const vivo: StoreReader = {
  store: 'vivo',
  knows: (ids) => ids.vivo !== undefined,
  *read(ids, task) {
    const reply = yield { do: 'fetch', request: { url: `https://h5-api.appstore.vivo.com.cn/detail/${ids.vivo ?? ''}?frompage=messageh5&app_version=2100` } }
    const blocked = obstacle('app.stores', reply, (t) => t.trimStart().startsWith('{'))
    if (blocked !== null) return unseenAt(blocked.outcome, blocked.detail)
    if ('failed' in reply) return unseenAt(reply.failed, reply.detail)
    const value = parseJson(textOf(reply))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return unseenAt('parse_drift', 'no JSON object')
    // The store's answer for a missing app has no id. One with an app's other fields, or with an error, is another form.
    if (dig(value, 'id') === undefined || dig(value, 'id') === null) {
      const strange = ['package_name', 'title_zh', 'error', 'code', 'msg'].some((k) => record(value)[k] !== undefined && record(value)[k] !== null)
      return strange ? unseenAt('parse_drift', 'an answer without id, but not the empty one') : { state: 'absent', sure: 'seen', detail: 'answered without an app' }
    }
    return {
      state: 'listed', name: text(dig(value, 'title_zh')) ?? text(dig(value, 'name')), version: text(dig(value, 'version_name')),
      raw: dig(value, 'upload_time'), where: 'upload_time', released: moment(dig(value, 'upload_time'), task.now), developer: text(dig(value, 'developer')), detail: 'listed',
    }
  },
}
