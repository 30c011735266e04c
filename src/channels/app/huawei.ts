import { epoch, moment } from '../dates.ts'
import { dig, list, parseJson, record, text, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import { unseenAt, type StoreReader } from './store.ts'

/** AppGallery: an empty body is what a missing app and a refused caller both get, so it never counts as absent. */
export const huawei: StoreReader = {
  store: 'huawei',
  knows: (ids) => ids.huawei !== undefined || ids.pkg !== undefined,
  *read(ids, task) {
    const which = ids.huawei === undefined ? { pkgName: ids.pkg } : { appId: ids.huawei }
    const reply = yield {
      do: 'fetch',
      request: {
        url: 'https://web-drcn.hispace.dbankcloud.com/edge/webedge/appinfo', method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...which, locale: 'zh_CN', countryCode: 'CN', orderApp: 1 }),
      },
    }
    if (!('failed' in reply) && reply.status === 200 && textOf(reply).trim() === '') return unseenAt('challenge', 'an empty body: missing, or refused')
    const blocked = obstacle('app.stores', reply, (t) => t.trimStart().startsWith('{'))
    if (blocked !== null) return unseenAt(blocked.outcome, blocked.detail)
    if ('failed' in reply) return unseenAt(reply.failed, reply.detail)
    const value = parseJson(textOf(reply))
    // Newer answers are flat; older ones keep the app inside layoutData.
    const app = [value, dig(value, 'appInfo'), ...list(dig(value, 'layoutData')).flatMap((l) => list(dig(l, 'dataList')))].find((a) => text(dig(a, 'name')) !== null && (dig(a, 'version') !== undefined || dig(a, 'versionName') !== undefined || dig(a, 'releaseDate') !== undefined))
    if (app === undefined) return unseenAt('parse_drift', `an answer of another form (${Object.keys(record(value)).slice(0, 6).join(', ')})`)
    const raw = dig(app, 'releaseDate')
    return {
      state: 'listed', name: text(dig(app, 'name')), version: text(dig(app, 'versionName')) ?? text(dig(app, 'version')),
      raw, where: 'releaseDate', released: epoch(raw) ?? moment(raw, task.now), developer: text(dig(app, 'developer')) ?? text(dig(app, 'devName')), detail: 'listed',
    }
  },
}
