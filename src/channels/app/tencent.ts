import { epoch } from '../dates.ts'
import { dig, list, parseJson, record, scriptText, text, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import { unseenAt, type Sighting, type StoreReader } from './store.ts'

const NEXT = /<script[^>]{0,200}\bid=["']__NEXT_DATA__["'][^>]{0,200}>/

/** 应用宝: the record of the package (`wechat-apkinfo`), else the data inside the detail page. */
export const tencent: StoreReader = {
  store: 'tencent',
  knows: (ids) => ids.pkg !== undefined,
  *read(ids) {
    const pkg = ids.pkg ?? ''
    const reply = yield {
      do: 'fetch',
      request: { url: 'https://upage.html5.qq.com/wechat-apkinfo', method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ packagename: pkg }) },
    }
    const record_ = 'failed' in reply || reply.status !== 200 ? undefined : dig(parseJson(textOf(reply)), 'app_detail_records')
    const found = record_ === undefined ? undefined : dig(record_, pkg)
    if (Object.keys(record(found)).length > 0) return listed(found)
    // A record that is explicitly null is the store's own word; the page is asked for a second one.
    const page = yield { do: 'fetch', request: { url: `https://sj.qq.com/appdetail/${encodeURIComponent(pkg)}` } }
    const missing = record_ !== undefined && found === null
    if (!('failed' in page) && page.status === 404 && missing) return { state: 'absent', sure: 'seen', detail: 'no record of the package, and no page' }
    const blocked = obstacle('app.stores', page, (t) => NEXT.test(t))
    if (blocked !== null) return unseenAt(blocked.outcome, blocked.detail)
    if ('failed' in page) return unseenAt(page.failed, page.detail)
    const components = dig(parseJson(scriptText(textOf(page), NEXT) ?? ''), 'props', 'pageProps', 'dynamicCardResponse', 'data', 'components')
    if (!Array.isArray(components)) return unseenAt('parse_drift', 'the page has no components')
    const items = components.flatMap((c) => list(dig(c, 'data', 'itemData')))
    const own = items.find((i) => dig(i, 'pkg_name') === pkg)
    if (own !== undefined) {
      return { state: 'listed', name: text(dig(own, 'name')), version: text(dig(own, 'version_name')), released: epoch(dig(own, 'update_time')), raw: dig(own, 'update_time'), where: 'update_time', developer: text(dig(own, 'developer')), detail: 'listed' }
    }
    return { state: 'absent', sure: 'seen', detail: missing ? 'no record of the package, and not on its page' : 'not on its own page' }
  },
}

function listed(found: unknown): Sighting {
  const raw = dig(found, 'app_info', 'update_time')
  return {
    state: 'listed', name: text(dig(found, 'app_info', 'name')) ?? text(dig(found, 'app_info', 'app_name')), version: text(dig(found, 'apk_all_data', 'version_name')),
    released: epoch(raw), raw, where: 'app_info.update_time', developer: text(dig(found, 'app_info', 'author')), detail: 'listed',
  }
}
