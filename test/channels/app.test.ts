import { describe, expect, test } from 'vitest'
import { idsLine, parseIdsLine } from '../../src/channels/app/identity.ts'
import { isObserved } from '../../src/domain/outcome.ts'
import { always, ask, html, json, urlOf, type Adapter, type Script } from './conformance/kit.ts'
import type { Reply, Task } from '../../src/channels/types.ts'

const PKG = 'cn.gov.jiangxi.app'
const ALL = `${PKG}; https://apps.apple.com/cn/app/id1234567890; https://sj.qq.com/appdetail/${PKG}; vivo:123456; https://app.mi.com/details?id=${PKG}; C100000001`
const base = { kind: 'app', source: 'app.stores', address: ALL, reach: 'timeline', list: () => always(json({})), walls: {}, dead: {}, drifted: {} } satisfies Adapter

type Stores = 'ios' | 'tencent' | 'page' | 'vivo' | 'xiaomi' | 'huawei'
const HOSTS: Readonly<Record<string, Stores>> = { 'itunes.apple.com': 'ios', 'upage.html5.qq.com': 'tencent', 'sj.qq.com': 'page', 'h5-api.appstore.vivo.com.cn': 'vivo', 'app.mi.com': 'xiaomi', 'web-drcn.hispace.dbankcloud.com': 'huawei' }
const next = (items: unknown): Reply => html(`<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { dynamicCardResponse: { data: { components: [{ data: { itemData: items } }] } } } } })}</script>`)

const LISTED: Readonly<Record<Stores, Reply>> = {
  ios: json({ resultCount: 1, results: [{ wrapperType: 'software', trackName: '赣服通', version: '5.1', currentVersionReleaseDate: '2026-09-01T07:00:00Z', releaseDate: '2018-01-01T00:00:00Z', sellerName: '江西省信息中心' }] }, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  tencent: json({ app_detail_records: { [PKG]: { app_info: { name: '赣服通', update_time: 1_788_000_000 }, apk_all_data: { version_name: '5.0' } } } }),
  page: next([{ pkg_name: PKG, name: '赣服通', version_name: '5.0' }]),
  vivo: json({ id: 123456, title_zh: '赣服通', package_name: PKG, version_name: '5.0', upload_time: '2026-08-20 10:11:12', developer: 'x' }),
  xiaomi: html('<div class="app-info"><h3>赣服通</h3></div><ul><li>版本号：</li><li>5.0</li><li>更新时间：</li><li>2026-08-19</li></ul>'),
  huawei: json({ name: '赣服通', version: '5.0', releaseDate: 1_787_000_000_000 }),
}
const ABSENT: Readonly<Record<Stores, Reply>> = {
  ios: json({ resultCount: 0, results: [] }),
  tencent: json({ app_detail_records: { [PKG]: null } }),
  page: next([{ pkg_name: 'com.tencent.android.qqdownloader' }]),
  vivo: json({ result: true }),
  xiaomi: { status: 302, url: '', headers: { location: 'https://app.mi.com/' }, body: '' },
  huawei: { status: 200, url: '', headers: { 'content-length': '0' }, body: '' },
}
const by = (answers: Readonly<Record<Stores, Reply>>): Script => (given) => answers[HOSTS[urlOf(given).hostname]!]
const look = async (answers: Partial<Record<Stores, Reply>>, rest: Readonly<Record<Stores, Reply>>, more: Partial<Task> & { address?: string } = {}) => {
  const { address, ...task } = more
  return ask({ ...base, ...(address === undefined ? {} : { address }) }, by({ ...rest, ...answers }), task)
}

test('listed: the latest version’s day, as no date of content; the stores are remembered', async () => {
  const { result, asks } = await look({}, LISTED)
  expect(result).toMatchObject({ outcome: 'ok', newest: '2026-09-01', existence: 'exists', account: { name: '赣服通', verified: '江西省信息中心' }, remember: { stores: 'ios,huawei,tencent,vivo,xiaomi' } })
  expect(result.witness).toMatchObject({ raw: '2026-09-01T07:00:00Z', where: 'ios.currentVersionReleaseDate' })
  expect(result.posts).toHaveLength(5)
  expect(urlOf(asks[0]!).searchParams.get('country')).toBe('cn')
})

describe('gone only when absent from every store where it was listed', () => {
  const IOS_TENCENT = `https://apps.apple.com/cn/app/id1234567890; https://sj.qq.com/appdetail/${PKG}`
  const also = { address: IOS_TENCENT }

  test('absent from both, in their own terms', async () => {
    const { result, asks } = await look({}, ABSENT, also)
    expect(result).toMatchObject({ outcome: 'gone_nonexistent', signal: 'app.absent', existence: 'gone' })
    // No result in China’s storefront is asked again without one.
    expect(asks.filter((a) => urlOf(a).hostname === 'itunes.apple.com')).toHaveLength(2)
  })

  test('still in one of them', async () => {
    expect((await look({ ios: LISTED.ios }, ABSENT, also)).result).toMatchObject({ outcome: 'ok', existence: 'exists' })
    expect((await look({ tencent: LISTED.tencent }, ABSENT, also)).result).toMatchObject({ outcome: 'ok' })
    expect((await look({ tencent: json({}), page: LISTED.page }, ABSENT, also)).result).toMatchObject({ outcome: 'ok', newest: null })
  })

  test('listed in another storefront only', async () => {
    const script: Script = (given) => (urlOf(given).hostname === 'itunes.apple.com' && urlOf(given).searchParams.get('country') === null ? LISTED.ios : by(ABSENT)(given))
    expect((await ask({ ...base, address: 'id1234567890' }, script)).result).toMatchObject({ outcome: 'ok' })
  })

  test.each<[string, Reply, string]>([
    ['too often', html('', 403), 'rate_limited'], ['429', html('', 429), 'rate_limited'], ['bad gateway', html('', 502), 'server_error'], ['no network', { failed: 'dns', detail: '' }, 'dns'], ['another form', json({ data: [] }), 'parse_drift'],
  ])('one store could not be asked: %s', async (_case, reply, outcome) => {
    const { result } = await look({ ios: reply }, ABSENT, also)
    expect(result).toMatchObject({ outcome, existence: 'unknown' })
  })

  test('never known to have been listed: absence proves nothing', async () => {
    const { result } = await look({}, ABSENT, { address: PKG })
    expect(isObserved(result.outcome)).toBe(false)
    expect(result.existence).toBe('unknown')
  })

  test('listed at an earlier visit, by what is remembered', async () => {
    expect((await look({}, ABSENT, { address: PKG, memory: { stores: 'tencent' } })).result).toMatchObject({ outcome: 'gone_nonexistent' })
    // Huawei’s empty answer is a missing app or a refusal: it leaves the question open.
    expect(isObserved((await look({}, ABSENT, { address: PKG, memory: { stores: 'huawei,tencent' } })).result.outcome)).toBe(false)
  })

  test('how Xiaomi shows a missing app is a guess', async () => {
    const memory = { memory: { stores: 'tencent,xiaomi' }, address: PKG }
    const guess = (await look({}, ABSENT, memory)).result
    expect(guess.suspect).toEqual({ outcome: 'gone_nonexistent', signal: 'app.absent_guess' })
    expect(isObserved(guess.outcome)).toBe(false)
    expect((await look({}, ABSENT, { ...memory, confirmed: ['app.absent_guess'] })).result.outcome).toBe('gone_nonexistent')
  })

  test.each<[Stores, Reply]>([
    ['vivo', json({ code: 0, value: {} })], ['vivo', json({ error: 'busy' })], ['xiaomi', html('<div id="app-new"></div>'.repeat(30))], ['huawei', json({ rtnCode: 0 })], ['page', html('<script id="__NEXT_DATA__" type="application/json">{"props":{}}</script>')],
  ])('%s in another form is a drift, with an alarm, and no absence', async (store, reply) => {
    const { result } = await look({ [store]: reply, ...(store === 'page' ? { tencent: json({ ret: 0 }) } : {}) }, ABSENT, { memory: { stores: store === 'page' ? 'tencent' : store }, address: ALL.replace('https://apps.apple.com/cn/app/id1234567890; ', '') })
    expect(isObserved(result.outcome)).toBe(false)
    expect(result.alarms).not.toHaveLength(0)
  })
})

test('a version dated in the future has no date', async () => {
  const { result } = await look({ ios: json({ resultCount: 1, results: [{ trackName: 'x', currentVersionReleaseDate: '2027-01-01T00:00:00Z' }] }) }, ABSENT, { address: 'id1234567890' })
  expect(result).toMatchObject({ outcome: 'ok', newest: null })
})

test('the ids of an app as one line, and back', () => {
  const ids = { pkg: PKG, ios: '1', vivo: '2', huawei: 'C3', at: ['ios', 'vivo'] as ('ios' | 'vivo')[] }
  expect(parseIdsLine(idsLine(ids))).toEqual(ids)
  expect(parseIdsLine('pkg= at=ios,nowhere x=y')).toEqual({ at: ['ios'] })
  expect(parseIdsLine('')).toEqual({})
})
