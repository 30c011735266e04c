import type { Region } from './data.ts'

/** What a text was found to mean: one region, several that bear the name, a township not yet entered, or nothing. */
export type Found =
  | { readonly kind: 'one'; readonly region: Region }
  | { readonly kind: 'township'; readonly code: string; readonly county: Region }
  | { readonly kind: 'many'; readonly regions: readonly Region[] }
  | { readonly kind: 'none' }

const NONE: Found = { kind: 'none' }
const SEPARATORS = /[\s/\\|>,，、;；·\-—_→]+/g
const OWN_LEVEL = /(?:本级|直属单位|直属|直单位|直机关|直部门|直)$/
const DOUBLED = /[省市县区州]$/
const SUFFIX = /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|盟|旗)$/

/** All regions in memory (some 3,300), to be asked by code, name or path. */
export class RegionBook {
  readonly #byCode = new Map<string, Region>()
  readonly #byName = new Map<string, Region[]>()

  constructor(regions: Iterable<Region & { readonly aliases?: readonly string[] }>) {
    for (const region of regions) this.add(region, region.aliases)
  }

  add(region: Region, aliases: readonly string[] = []): void {
    this.#byCode.set(region.code, region)
    for (const name of new Set([region.name, short(region), ...aliases])) {
      const same = this.#byName.get(name) ?? []
      if (!same.includes(region)) same.push(region)
      this.#byName.set(name, same)
    }
  }

  get(code: string): Region | undefined {
    return this.#byCode.get(code)
  }

  has(code: string): boolean {
    return this.#byCode.has(code)
  }

  /** Is `code` the region `above` or somewhere below it? */
  within(code: string, above: string): boolean {
    for (let at: string | null | undefined = code; at; at = this.#byCode.get(at)?.parent) if (at === above) return true
    return false
  }

  /** 江西省南昌市东湖区 */
  path(code: string): string {
    const names: string[] = []
    for (let at = this.#byCode.get(code); at !== undefined; at = at.parent === null ? undefined : this.#byCode.get(at.parent)) names.unshift(at.name)
    return names.join('')
  }

  /**
   * The region a text means: a code of 2, 4, 6, 9 or 12 digits, a name (南昌市, 南昌), or a path (江西省南昌市东湖区,
   * 江西/南昌/东湖, 赣州市本级). A name that several bear is theirs together, unless one alone lies within `home`;
   * 省本级 by itself is home's province.
   */
  find(text: string, home?: string): Found {
    const plain = text.normalize('NFKC').trim().replace(SEPARATORS, '')
    if (plain === '') return NONE
    if (/^\d[\dZ]{1,11}$/i.test(plain)) return this.#byDigits(plain.toUpperCase())
    const own = plain.replace(OWN_LEVEL, '')
    if (own !== plain && own.replace(DOUBLED, '') === '') return this.#own(plain, home)
    // 赣州市本级 is 赣州市, and 赣州市市本级 too.
    for (const name of new Set([plain, own, own.replace(DOUBLED, '')])) {
      const found = this.#walk(name, null)
      if (found.length > 0) return this.#choose(found, home)
    }
    return NONE
  }

  #byDigits(digits: string): Found {
    const code = digits.length <= 6 ? digits.padEnd(6, '0') : digits.length === 12 && digits.endsWith('000') ? digits.slice(0, 9) : digits
    if (digits.length === 3 || digits.length === 5) return NONE
    if (code.length === 9 && code.endsWith('000')) return this.#byDigits(code.slice(0, 6))
    const region = this.#byCode.get(code)
    if (region !== undefined) return { kind: 'one', region }
    const county = this.#byCode.get(code.slice(0, 6))
    if (/^\d{9}$/.test(code) && county !== undefined) return { kind: 'township', code, county }
    return NONE
  }

  #own(text: string, home: string | undefined): Found {
    const code = home ?? '360000'
    const want = text.startsWith('省') ? `${code.slice(0, 2)}0000` : text.startsWith('市') ? `${code.slice(0, 4)}00` : code
    const region = this.#byCode.get(want)
    if (region === undefined || (text.startsWith('市') && region.level !== 2)) return NONE
    return { kind: 'one', region }
  }

  /** Names one after another, each below the one before; all ways to read the whole text. */
  #walk(text: string, above: Region | null): Region[] {
    const out: Region[] = []
    for (let length = Math.min(text.length, 20); length >= 2; length -= 1) {
      const named = this.#byName.get(text.slice(0, length))
      if (named === undefined) continue
      const rest = text.slice(length)
      for (const region of named) {
        if (above !== null && (region.code === above.code || !this.within(region.code, above.code))) continue
        if (rest === '') out.push(region)
        else out.push(...this.#walk(rest, region))
      }
      if (out.length > 0) return out
    }
    return out
  }

  #choose(regions: readonly Region[], home: string | undefined): Found {
    const [first] = regions
    if (first === undefined) return NONE
    if (regions.length === 1) return { kind: 'one', region: first }
    // 吉安 is the city and one of its counties: the city, which holds the other.
    const top = regions.find((r) => regions.every((other) => this.within(other.code, r.code)))
    if (top !== undefined) return { kind: 'one', region: top }
    const near = home === undefined ? [] : regions.filter((r) => this.within(r.code, home))
    const [only] = near
    if (only !== undefined && near.length === 1) return { kind: 'one', region: only }
    return { kind: 'many', regions: near.length > 0 ? near : regions }
  }
}

/** The name as people shorten it: 南昌市 → 南昌; 东湖区 → 东湖. Never below two characters. */
function short(region: Region): string {
  const cut = region.name.replace(SUFFIX, '')
  return cut.length >= 2 ? cut : region.name
}

/** The next free code of our own under a city (3601Z1…) or a province (36Z001…). */
export function nextOwnCode(parent: Region, book: RegionBook): string | null {
  const stem = parent.level === 1 ? `${parent.code.slice(0, 2)}Z` : `${parent.code.slice(0, 4)}Z`
  const width = 6 - stem.length
  for (let n = 1; n < 36 ** width; n += 1) {
    const code = stem + n.toString(36).toUpperCase().padStart(width, '0')
    if (!book.has(code)) return code
  }
  return null
}
