import { params } from '../address.ts'
import { problem } from '../problems.ts'
import type { Identity, IdentityResult } from '../types.ts'

export const STORES = ['ios', 'huawei', 'tencent', 'vivo', 'xiaomi'] as const
export type Store = (typeof STORES)[number]

/** What one link or id says of an app: where it is listed, by which id. `pkg` serves the Android stores that go by package. */
export type AppIds = { ios?: string; bundle?: string; pkg?: string; huawei?: string; vivo?: string; at?: Store[] }

const PACKAGE = /^[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*){2,}$/
export const HOSTS = ['apps.apple.com', 'itunes.apple.com', 'appgallery.huawei.com', 'appgallery.cloud.huawei.com', 'url.cloud.huawei.com', 'sj.qq.com', 'a.app.qq.com', 'android.myapp.com', 'h5.appstore.vivo.com.cn', 'app.mi.com', 'm.app.mi.com', 'wandoujia.com', 'heytap.com', 'oppomobile.com']

/** The ids as one line, in a fixed order: `pkg=cn.x.y ios=123 huawei=C1 at=ios,tencent`. It is the channel's account id. */
export function idsLine(ids: AppIds): string {
  const parts = (['pkg', 'ios', 'bundle', 'huawei', 'vivo'] as const).flatMap((k) => (ids[k] === undefined ? [] : [`${k}=${ids[k]}`]))
  const at = [...new Set(ids.at ?? [])].sort()
  return [...parts, ...(at.length === 0 ? [] : [`at=${at.join(',')}`])].join(' ')
}

export function parseIdsLine(line: string): AppIds {
  const ids: AppIds = {}
  for (const part of line.split(' ')) {
    const [name, value] = part.split('=', 2)
    if (value === undefined || value === '') continue
    if (name === 'pkg' || name === 'ios' || name === 'bundle' || name === 'huawei' || name === 'vivo') ids[name] = value
    else if (name === 'at') ids.at = value.split(',').filter((s): s is Store => STORES.some((known) => known === s))
  }
  return ids
}

function identityOf(ids: AppIds, address: string): Identity {
  const key = ids.pkg ?? ids.bundle ?? (ids.ios === undefined ? undefined : `ios:${ids.ios}`) ?? (ids.huawei === undefined ? undefined : `huawei:${ids.huawei}`) ?? `vivo:${ids.vivo}`
  return { key: key.toLowerCase(), address, accountId: idsLine(ids) }
}

type Read = { ids: AppIds; address: string }

function readUrl(url: URL): Read | IdentityResult | null {
  const host = url.hostname
  const ios = /\/id(\d{6,12})(?:\/|$)/.exec(url.pathname)?.[1]
  if (host.endsWith('.apple.com')) {
    return ios === undefined ? null : { ids: { ios, at: ['ios'] }, address: `https://apps.apple.com/cn/app/id${ios}` }
  }
  if (host === 'url.cloud.huawei.com') {
    return {
      key: `link:${host}${url.pathname}`, address: `https://${host}${url.pathname}`,
      needsResolution: { url: `https://${host}${url.pathname}`, why: { zh: '短链接需展开', en: 'the short link must be followed' } },
    }
  }
  const huawei = /\/(C\d{5,14})(?:\/|$)/.exec(url.pathname + url.hash)?.[1]
  if (host.startsWith('appgallery.')) return huawei === undefined ? null : { ids: { huawei, at: ['huawei'] }, address: `https://appgallery.huawei.com/app/${huawei}` }
  if (host === 'h5.appstore.vivo.com.cn') {
    const vivo = params(url, 'appId') ?? /[?&]appId=(\d+)/.exec(url.hash)?.[1] ?? null
    return vivo === null ? null : { ids: { vivo, at: ['vivo'] }, address: `https://h5.appstore.vivo.com.cn/#/details?appId=${vivo}` }
  }
  const pkg = params(url, 'pkgname', 'pkgName', 'apkName', 'id', 'packageName') ?? /\/(?:appdetail|apps)\/([\w.]+)/.exec(url.pathname)?.[1] ?? null
  if (pkg === null || !PACKAGE.test(pkg)) return null
  if (host.endsWith('app.mi.com')) return { ids: { pkg, at: ['xiaomi'] }, address: `https://app.mi.com/details?id=${pkg}` }
  if (host.endsWith('qq.com') || host.endsWith('myapp.com')) return { ids: { pkg, at: ['tencent'] }, address: `https://sj.qq.com/appdetail/${pkg}` }
  return { ids: { pkg }, address: pkg }
}

function readText(text: string): Read | null {
  if (PACKAGE.test(text)) return { ids: { pkg: text }, address: text }
  const ios = /^(?:id|ios[:=])(\d{6,12})$/i.exec(text)?.[1] ?? /^(\d{9,10})$/.exec(text)?.[1]
  if (ios !== undefined) return { ids: { ios, at: ['ios'] }, address: `https://apps.apple.com/cn/app/id${ios}` }
  const bundle = /^(?:bundle|ios)[:=](\S+)$/i.exec(text)?.[1]
  if (bundle !== undefined && PACKAGE.test(bundle)) return { ids: { bundle, at: ['ios'] }, address: `bundle:${bundle}` }
  const huawei = /^(?:huawei[:=])?(C\d{5,14})$/i.exec(text)?.[1]
  if (huawei !== undefined) return { ids: { huawei: huawei.toUpperCase(), at: ['huawei'] }, address: `https://appgallery.huawei.com/app/${huawei.toUpperCase()}` }
  const vivo = /^vivo[:=](\d{3,12})$/i.exec(text)?.[1]
  return vivo === undefined ? null : { ids: { vivo, at: ['vivo'] }, address: `https://h5.appstore.vivo.com.cn/#/details?appId=${vivo}` }
}

export function fromUrl(url: URL): IdentityResult | null {
  const read = readUrl(url)
  if (read === null || !('ids' in read)) return read
  return identityOf(read.ids, read.address)
}

/** One id, or several addresses and ids of one app in one cell: an app is listed in many stores. */
export function fromText(text: string): IdentityResult | null {
  const parts = text.split(/[\s;；,，、|]+/).filter(Boolean)
  const reads: Read[] = []
  for (const part of parts) {
    const url = /^https?:\/\//i.test(part) ? URL.parse(part) : null
    const read = url === null ? readText(part) : readUrl(url)
    if (read === null) return parts.length > 1 ? problem('unparseable') : null
    if ('ids' in read) reads.push(read)
  }
  const first = reads[0]
  if (first === undefined) return null
  const ids: AppIds = {}
  for (const r of reads) Object.assign(ids, r.ids, { at: [...(ids.at ?? []), ...(r.ids.at ?? [])] })
  return identityOf(ids, first.address)
}

const TLD = /\.(?:com|cn|org|net|gov|edu|io|top|vip|info|cc|中国|政务|公益)$/i
/** A package name, not a host name: it has three labels or more and does not end like a domain. */
export const owns = (text: string): boolean => {
  const parts = text.split(/[\s;；,，、|]+/).filter(Boolean)
  if (parts.length > 1) return parts.every((p) => readText(p) !== null || (/^https?:\/\//i.test(p) && URL.parse(p) !== null && HOSTS.includes(new URL(p).hostname)))
  return (PACKAGE.test(text) && !TLD.test(text) && /^(?:com|cn|net|org|gov|io|edu)\./i.test(text)) || /^C\d{6,14}$/.test(text)
}
