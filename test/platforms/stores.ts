import { chinaTime, handler, html, json, modeOf, redirect, seconds } from './shared.ts'
import type { Answer, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

export const STORE_HOSTS = {
  ios: ['itunes.apple.com', 'apps.apple.com'],
  tencent: ['sj.qq.com', 'upage.html5.qq.com', 'a.app.qq.com'],
  vivo: ['h5-api.appstore.vivo.com.cn', 'h5.appstore.vivo.com.cn'],
  xiaomi: ['app.mi.com'],
  huawei: ['web-drcn.hispace.dbankcloud.com', 'appgallery.huawei.com', 'appgallery.cloud.huawei.com', 'url.cloud.huawei.com'],
} as const

/** One app, as every store knows it: `id` is the package, `posts` its versions (the newest is the one offered). */
export type StoreApp = DoubleAccount & {
  readonly trackId: number
  readonly vivoId: string
  /** `C` and digits. */
  readonly huaweiId: string
  readonly developer: string
  /** Huawei's short link. */
  readonly short?: string
  /** Storefronts of the App Store that have it. */
  readonly storefronts?: readonly string[]
}

type State = PlatformState<StoreApp>

const newest = (app: StoreApp): { version: string; at: Date } => {
  const top = [...app.posts].sort((a, b) => b.at.getTime() - a.at.getTime())[0]
  return { version: top?.title ?? '1.0.0', at: top?.at ?? new Date(0) }
}
const absent = (mode: Mode): boolean => mode === 'nonexistent' || mode === 'cancelled' || mode === 'banned'
const nameIn = (app: StoreApp, mode: Mode): string => (mode === 'renamed' ? (app.newName ?? `${app.name}（新）`) : app.name)

function wall(mode: Mode): Answer | null {
  switch (mode) {
    case 'rate_limited': return html('', 403)
    case 'blocked': return html('', 429, { 'retry-after': '60' })
    case 'server_error': return html('', 503)
    case 'challenge': case 'login_wall': return html('<!DOCTYPE html><html><head><title>安全验证</title></head><body>请完成验证后继续访问</body></html>')
    default: return null
  }
}

/** App Store: the lookup, for one storefront at a time; content type text/javascript as it is. */
export function createIos(state: State): Handler {
  return handler(state, (asked) => {
    if (asked.path !== '/lookup') return null
    const app = Object.values(state.accounts).find((a) => String(a.trackId) === asked.query.get('id') || a.id === asked.query.get('bundleId'))
    const mode = modeOf(state, app)
    const country = asked.query.get('country') ?? 'us'
    const no = wall(mode)
    if (no !== null) return no
    const headers = { 'content-type': 'text/javascript; charset=utf-8' }
    if (mode === 'drifted') return json({ data: [] }, 200, headers)
    if (app === undefined || absent(mode) || !(app.storefronts ?? ['cn']).includes(country)) return json({ resultCount: 0, results: [] }, 200, headers)
    const { version, at } = newest(app)
    const iso = `${at.toISOString().slice(0, 19)}Z`
    return json({ resultCount: 1, results: [{ wrapperType: 'software', kind: 'software', trackId: app.trackId, bundleId: app.id, trackName: nameIn(app, mode), artistName: app.developer, sellerName: app.developer, version, currentVersionReleaseDate: iso, releaseDate: '2018-03-01T08:00:00Z', releaseNotes: '修复已知问题', averageUserRating: 3.5, userRatingCount: 120, trackViewUrl: `https://apps.apple.com/cn/app/id${app.trackId}?uo=4` }] }, 200, headers)
  })
}

/** 应用宝: the detail page with its `__NEXT_DATA__`, and wechat-apkinfo. */
export function createTencentStore(state: State): Handler {
  return handler(state, (asked) => {
    const pkg = /^\/appdetail\/([\w.]+)$/.exec(asked.path)?.[1] ?? asked.query.get('pkgname')
    if (asked.path === '/wechat-apkinfo') {
      const given = (asked.body.startsWith('{') ? (JSON.parse(asked.body) as { packagename?: string }).packagename : new URLSearchParams(asked.body).get('packagename')) ?? ''
      const app = state.accounts[given]
      const mode = modeOf(state, app)
      const no = wall(mode)
      if (no !== null) return no
      if (mode === 'drifted') return json({ ret: 0, data: {} })
      if (app === undefined || absent(mode)) return json({ ret: 0, app_detail_records: { [given]: null } })
      const { version, at } = newest(app)
      return json({ ret: 0, app_detail_records: { [given]: { app_info: { name: nameIn(app, mode), update_time: seconds(at), author: app.developer }, apk_all_data: { version_name: version, pkg_name: given } } } })
    }
    if (pkg === null || pkg === undefined) return null
    const app = state.accounts[pkg]
    const mode = modeOf(state, app)
    const no = wall(mode)
    if (no !== null) return no
    const itemData = app === undefined || absent(mode) ? [{ pkg_name: 'com.tencent.android.qqdownloader', name: '应用宝' }] : [{ pkg_name: pkg, name: nameIn(app, mode), version_name: newest(app).version, developer: app.developer, update_time: String(seconds(newest(app).at)) }]
    const data = mode === 'drifted' ? { props: { pageProps: {} } } : { props: { pageProps: { dynamicCardResponse: { ret: 0, data: { components: [{ cardId: 'YYB_HOME_GAME_DETAIL', data: { itemData } }] } } } } }
    return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>应用宝</title></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script></body></html>`)
  })
}

/** vivo: the detail by numeric id; an app that is not there answers 200 without an id. */
export function createVivo(state: State): Handler {
  return handler(state, (asked) => {
    const id = /^\/detail\/(\d+)$/.exec(asked.path)?.[1] ?? (asked.path === '/detailInfo' ? new URLSearchParams(asked.body).get('appId') : null)
    if (id === null) return null
    const app = Object.values(state.accounts).find((a) => a.vivoId === id)
    const mode = modeOf(state, app)
    const no = wall(mode)
    if (no !== null) return no
    if (mode === 'drifted') return json({ code: 0, value: {} })
    if (app === undefined || absent(mode)) return json({ result: true })
    return json({ id: Number(id), title_zh: nameIn(app, mode), package_name: app.id, version_name: newest(app).version, upload_time: chinaTime(newest(app).at), developer: app.developer, download_count: 12000 })
  })
}

/** 小米: an HTML page with 版本号 and 更新时间; an app that is not there leads to the store's home page. */
export function createXiaomi(state: State): Handler {
  return handler(state, (asked) => {
    if (asked.path === '/') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小米应用商店</title></head><body><div class="main">精品推荐</div></body></html>')
    if (asked.path !== '/details') return null
    const app = state.accounts[asked.query.get('id') ?? '']
    const mode = modeOf(state, app)
    const no = wall(mode)
    if (no !== null) return no
    if (app === undefined || absent(mode)) return redirect('/')
    if (mode === 'drifted') return html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>小米应用商店</title></head><body><div id="app-new"></div></body></html>')
    const { version, at } = newest(app)
    return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${nameIn(app, mode)}-小米应用商店</title></head><body><div class="app-info"><h3>${nameIn(app, mode)}</h3><p>${app.developer}</p></div><div class="details preventDefault"><ul class="cf"><li class="weight-font">软件大小：</li><li>32 M</li><li class="weight-font">版本号：</li><li>${version}</li><li class="weight-font">更新时间：</li><li>${chinaTime(at).slice(0, 10)}</li><li class="weight-font">包名：</li><li class="special-li">${app.id}</li></ul></div></body></html>`)
  })
}

/** 华为: an empty body stands both for an app that is not there and for a token that was refused. */
export function createHuawei(state: State): Handler {
  return handler(state, (asked) => {
    if (asked.path === '/edge/webedge/getInterfaceCode') return json('code-1')
    if (asked.path === '/edge/webedge/appinfo') {
      const given = (asked.body.startsWith('{') ? JSON.parse(asked.body) : {}) as { pkgName?: string; appId?: string }
      const app = Object.values(state.accounts).find((a) => a.id === given.pkgName || a.huaweiId === given.appId)
      const mode = modeOf(state, app)
      const no = wall(mode)
      if (no !== null) return no
      if (app === undefined || absent(mode)) return { status: 200, headers: { 'content-type': 'application/json', 'content-length': '0' }, body: '' }
      if (mode === 'drifted') return json({ rtnCode: 0 })
      return json({ appId: app.huaweiId, pkgName: app.id, name: nameIn(app, mode), developerName: app.developer, version: newest(app).version, releaseDate: newest(app).at.getTime() })
    }
    const short = Object.values(state.accounts).find((a) => a.short !== undefined && asked.path === `/${a.short}`)
    if (short !== undefined) return redirect(`https://appgallery.huawei.com/app/${short.huaweiId}?appId=${short.huaweiId}`)
    const id = /^\/appdl\/(C\d+)$/.exec(asked.path)?.[1]
    const app = Object.values(state.accounts).find((a) => a.huaweiId === id)
    if (app === undefined || absent(modeOf(state, app))) return null
    return redirect(`https://appdlc-drcn.hispace.dbankcloud.com/dl/${app.id}.${chinaTime(newest(app).at).replace(/\D/g, '').slice(2, 12)}.apk`)
  })
}
