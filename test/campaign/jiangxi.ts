import type { Kind } from '../../src/domain/kinds.ts'

/**
 * The figures of Jiangxi's campaign of 2020 as published. The baseline by media kind and by city was never published:
 * here it is filled in so that the published totals come out, and four cities are above 60 % of new media.
 */
export const MEDIA = [
  { kind: 'app', title: 'APP', baseline: 150, removed: 87 },
  { kind: 'wechat_official', title: '微信公众号', baseline: 1800, removed: 1149 },
  { kind: 'weibo', title: '新浪微博', baseline: 500, removed: 275 },
  { kind: 'toutiao', title: '今日头条', baseline: 1077, removed: 730 },
] as const
export const GROUPS = [
  { kind: 'wechat_group', title: '微信群', baseline: 32_596, removed: 13_798 },
  { kind: 'qq_group', title: 'QQ群', baseline: 6232, removed: 3251 },
] as const

export const CITIES = ['省本级', '南昌市', '景德镇市', '萍乡市', '九江市', '新余市', '鹰潭市', '赣州市', '吉安市', '宜春市', '抚州市', '上饶市'] as const
export const ABOVE_SIXTY = ['南昌市', '赣州市', '上饶市', '抚州市'] as const

export type Entry = { readonly kind: Kind; readonly title: string; readonly name: string; readonly account: string; readonly unit: string; readonly region: string; readonly removed: boolean }

/** Every row of the register, in the order of the ledger. */
export function jiangxi(): Entry[] {
  return [...MEDIA, ...GROUPS].flatMap(({ kind, title, baseline, removed }) => {
    const all = Array.from({ length: baseline }, (_, i) => ({ i, city: CITIES[i % CITIES.length] ?? '', turn: Math.floor(i / CITIES.length) }))
    // The four cities were further: their channels come earlier in the order of removal.
    const rank = (c: (typeof all)[number]): number => c.turn * ((ABOVE_SIXTY as readonly string[]).includes(c.city) ? 0.8 : 1.15)
    const gone = new Set([...all].sort((a, b) => rank(a) - rank(b) || a.i - b.i).slice(0, removed).map((c) => c.i))
    return all.map(({ i, city }) => ({
      kind, title, name: `${title}${i}`, account: accountOf(kind, i), unit: `${city}第${i % 97}局`, region: city === '省本级' ? '江西省' : `江西省${city}`, removed: gone.has(i),
    }))
  })
}

function accountOf(kind: Kind, i: number): string {
  if (kind === 'app') return `cn.gov.jx.app${i}`
  if (kind === 'wechat_official') return `jxgov${i}`
  return String(1_000_000_000 + i)
}

/** A ledger as units send it, UTF-8 CSV. */
export function ledger(rows: readonly Entry[], status: (e: Entry, i: number) => string): Uint8Array {
  const lines = rows.map((e, i) => [e.title, e.name, e.account, e.unit, e.region, status(e, i)].join(','))
  return Buffer.from(`\ufeff渠道类型,渠道名称,账号ID,主办单位,地区,运行状态\r\n${lines.join('\r\n')}\r\n`)
}
