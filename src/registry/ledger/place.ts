import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import type { RegionBook } from '../region/book.ts'
import type { Region } from '../region/data.ts'
import { paths } from '../region/find.ts'
import { SAY } from './say.ts'

type Said = {
  readonly region: string
  readonly province: string
  readonly city: string
  readonly county: string
  readonly township: string
  readonly siteCode: string | null
}

export type Placed = {
  readonly code: string | null
  readonly create?: { readonly name: string; readonly above: Region; readonly code?: string }
  readonly error?: Text
  readonly warning?: Text
  /** The text as it stood, where it says more than the region that was found. */
  readonly keep?: string
}

const ZONE = /(?:开发区|新区|高新区|经开区|管委会|管理区|工业园区?|产业园区?|园区|风景名胜区|风景区|示范区|试验区|保税区|管理局|垦殖场)$/
const TOWNSHIP = /(?:镇|乡|街道|街道办|街道办事处|管理处|垦殖场|林场|农场)$/

/**
 * The region of a row: by its region column (code, name or path), else by its province, city and county columns, else by
 * the first six digits of its 网站标识码 (standard 3.3). A township's own code is entered under its county, a zone
 * without a code gets one of ours; a name that nobody bears is an error, not a guess.
 */
export function regionOf(book: RegionBook, said: Said, home: string | undefined): Placed {
  const parts = [said.province, said.city, said.county].filter((p) => p !== '')
  const text = said.region !== '' ? said.region : parts.join('/')
  if (text === '') return byCode(book, said.siteCode)
  let found = book.find(text, home)
  // 地区 may name only the county, with the city in a column of its own.
  if (found.kind !== 'one' && said.region !== '' && parts.length > 0) found = firstKnown(book, [parts.join('/'), [...parts, said.region].join('/')], home) ?? found
  if (found.kind === 'township') {
    return { code: found.code, create: { name: said.township === '' || /^\d+$/.test(said.township) ? found.code : said.township, above: found.county, code: found.code } }
  }
  if (found.kind === 'many') return { code: null, error: fill(SAY.regionMany, { names: paths(book, found.regions) }) }
  if (found.kind === 'one') return withTownship(book, found.region, said.township, home)
  return below(book, text, home) ?? { code: null, error: SAY.region }
}

function firstKnown(book: RegionBook, texts: readonly string[], home: string | undefined) {
  return texts.map((t) => book.find(t, home)).find((f) => f.kind === 'one') ?? null
}

function byCode(book: RegionBook, siteCode: string | null): Placed {
  const six = /^\d{10}$/.test(siteCode ?? '') ? (siteCode ?? '').slice(0, 6) : ''
  return { code: book.has(six) ? six : null }
}

function withTownship(book: RegionBook, region: Region, township: string, home: string | undefined): Placed {
  if (township === '') return { code: region.code }
  if (/^\d{9}(?:000)?$/.test(township)) {
    const found = book.find(township, home)
    if (found.kind === 'one') return { code: found.region.code }
    if (found.kind === 'township') return { code: found.code, create: { name: found.code, above: found.county, code: found.code } }
  }
  const known = book.find(`${book.path(region.code)}${township}`, home)
  if (known.kind === 'one') return { code: known.region.code }
  return { code: region.code, keep: township }
}

/** A township or a zone named below a region that is known. */
function below(book: RegionBook, text: string, home: string | undefined): Placed | null {
  const plain = text.normalize('NFKC').replace(/[\s/\\|>,、;·_-]+/g, '')
  for (let cut = plain.length - 2; cut >= 2; cut -= 1) {
    const above = book.find(plain.slice(0, cut), home)
    if (above.kind !== 'one') continue
    const name = plain.slice(cut)
    if (TOWNSHIP.test(name) && above.region.level === 3) {
      return { code: above.region.code, keep: text, warning: fill(SAY.township, { name: above.region.name }) }
    }
    if (ZONE.test(name) && above.region.level <= 3) return { code: null, create: { name: plain.slice(cut), above: above.region } }
  }
  return null
}
