import { isGroupKind, kindByName, KINDS, KIND_IDS } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import type { Day } from '../../domain/date.ts'
import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import { guessKind } from '../../channels/index.ts'
import type { RegionBook } from '../region/book.ts'
import type { Region } from '../region/data.ts'
import { identityOf } from './identity.ts'
import type { ChannelIdentity } from './identity.ts'
import { dayOfCell } from './dates.ts'
import { headingKey } from './fields.ts'
import type { Field } from './fields.ts'
import { regionOf } from './place.ts'
import type { Finding } from './report.ts'
import { SAY } from './say.ts'
import { clip, isNothing } from './tidy.ts'
import type { RawRow, Value } from './table.ts'
import { allNames, FILING, FUNCTIONS, idOf, RUNNING, runningStatusOf } from './values.ts'
import type { FilingStatus, FunctionType, RunningStatus } from './values.ts'

/** What a row says of a channel. Null and empty: the row does not say, so what is registered stays. */
export type Draft = {
  readonly kind: Kind
  readonly name: string
  readonly identity: ChannelIdentity
  readonly siteCode: string | null
  readonly organisation: string | null
  readonly supervisor: string | null
  readonly regionCode: string | null
  /** A township or zone that must be entered first; `regionCode` is its own once it is. */
  readonly newRegion: { readonly name: string; readonly above: Region; readonly code?: string } | null
  readonly filingStatus: FilingStatus | null
  readonly filingNumber: string | null
  readonly runningStatus: RunningStatus | null
  readonly functionType: FunctionType | null
  readonly openedOn: Day | null
  readonly contact: string | null
  readonly phone: string | null
  readonly members: number | null
  readonly note: string | null
  readonly extra: Readonly<Record<string, string>>
  readonly stated: Stated | null
}

export type Stated = {
  readonly newestOn: Day
  /** Null: the sheet does not say. */
  readonly statedOn: Day | null
  readonly statedBy: string | null
  readonly link: string | null
  readonly note: string | null
}

export type DraftContext = {
  readonly book: RegionBook
  /** The kind that the sheet tells for rows that name none. */
  readonly kind: Kind | null
  readonly home: string | undefined
  /** The day of import in China: nothing stated lies after it. */
  readonly today: Day
}

export type Drafted = { readonly draft: Draft | null; readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] }

const MAX_NAME = 200
/** 站点类型 of the 河南 tool numbers kinds its own way. */
const SITE_TYPES: Readonly<Record<string, Kind>> = { 0: 'website', 1: 'website', 门户: 'website', 非门户: 'website', 2: 'wechat_official', 3: 'weibo', 4: 'other' }

/** Reads one row of a ledger. Pure: what must be asked of the register is asked later. */
export function draftOf(raw: RawRow<Field>, about: DraftContext): Drafted {
  const read = new RowReader(raw)
  const address = read.text('address', 2000, 'id')
  const accountId = read.text('accountId', 300, 'id')
  const kind = read.kind(about.kind, address ?? accountId)
  const givenName = read.text('name', MAX_NAME)
  const link = address ?? read.link()
  const organisation = read.text('organisation', MAX_NAME)
  const siteCode = read.text('siteCode', 40, 'id')
  const place = read.place(about, siteCode)
  const stated = read.stated(about.today, organisation)
  if (kind === null) return read.done(null)

  const found = identityOf(kind, { address: link, accountId, name: givenName })
  if ('problem' in found) {
    read.error(found.field, found.problem)
    return read.done(null)
  }
  for (const warning of found.warnings) read.warn(link === null ? 'accountId' : 'address', warning)
  if (isGroupKind(kind) && organisation === null) read.error('organisation', SAY.sponsor)
  const name = givenName ?? clip(accountId ?? found.addressRaw, MAX_NAME)
  if (givenName === null) read.warn('name', fill(SAY.nameMissing, { name }))
  read.checkCode(kind, siteCode)
  const runningStatus = read.status('runningStatus', (t) => runningStatusOf(t, kind), allNames(RUNNING))
  const draft: Draft = {
    kind, name, identity: found, siteCode, organisation, ...place, stated, runningStatus,
    supervisor: read.text('supervisor', MAX_NAME),
    filingStatus: read.status('filingStatus', (t) => idOf(FILING, t), allNames(FILING)),
    filingNumber: read.text('filingNumber', 100),
    functionType: read.status('functionType', (t) => idOf(FUNCTIONS, t), allNames(FUNCTIONS)),
    openedOn: read.opened(),
    contact: read.text('contact', 100),
    phone: read.text('phone', 100, 'number'),
    members: read.members(),
    note: read.text('note', 2000),
    extra: read.extra(),
  }
  return read.done(draft)
}

class RowReader {
  readonly #raw: RawRow<Field>
  readonly #errors: Finding[] = []
  readonly #warnings: Finding[] = []
  readonly #extra: Record<string, string>

  constructor(raw: RawRow<Field>) {
    this.#raw = raw
    this.#extra = { ...raw.extra }
  }

  done(draft: Draft | null): Drafted {
    return { draft: this.#errors.length === 0 ? draft : null, errors: this.#errors, warnings: this.#warnings }
  }

  extra(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.#extra).slice(0, 60))
  }

  value(field: Field): Value | null {
    const list = this.#raw.values.get(field) ?? []
    return list.find((v) => v.cell.fault !== undefined || (v.text !== '' && !isNothing(v.text))) ?? null
  }

  error(field: Field, expected: Text): void {
    const found = this.#finding(field, expected)
    // One cell, one error: the first says what is wrong with it.
    if (found.column === '' || !this.#errors.some((e) => e.column === found.column)) this.#errors.push(found)
  }

  warn(field: Field, expected: Text): void {
    this.#warnings.push(this.#finding(field, expected))
  }

  #finding(field: Field, expected: Text): Finding {
    const value = this.value(field)
    return { sheet: this.#raw.sheet, row: this.#raw.row, column: value?.column ?? '', value: value?.text ?? '', expected }
  }

  /** The cell's text; null where it is empty, or wrong (which is then an error). */
  text(field: Field, max: number, sort: 'text' | 'id' | 'number' = 'text'): string | null {
    const value = this.value(field)
    if (value === null) return null
    if (!this.#sound(field, value)) return null
    const damaged = /^\d(?:\.\d+)?E\+?\d+$/i.test(value.text) || (value.cell.number !== undefined && Math.abs(value.cell.number) >= 1e15)
    if (damaged && sort === 'id') {
      this.error(field, SAY.damagedId)
      return null
    }
    if (damaged && sort === 'number') {
      this.warn(field, SAY.shownAsNumber)
      return null
    }
    if (value.text.length > max) {
      this.error(field, fill(SAY.tooLong, { max }))
      return null
    }
    // 查看 over a link: the link is what is meant.
    if (field === 'address' && value.cell.link !== undefined && /^https?:/i.test(value.cell.link) && !/[./]/.test(value.text)) return value.cell.link
    return value.text
  }

  #sound(field: Field, value: Value): boolean {
    if (value.cell.fault === undefined) return true
    this.error(field, value.cell.fault === 'formula' ? SAY.formula : SAY.errorCell)
    return false
  }

  /** The link of the name's cell, for sheets without an address column. */
  link(): string | null {
    const link = this.value('name')?.cell.link
    return link !== undefined && /^https?:/i.test(link) ? link : null
  }

  kind(bySheet: Kind | null, address: string | null): Kind | null {
    const value = this.value('kind')
    if (value !== null) {
      if (!this.#sound('kind', value)) return null
      const plain = value.text.replace(/[(（].*$/, '').trim()
      const kind = (headingKey(value.heading) === '站点类型' ? SITE_TYPES[value.text] : undefined)
        ?? kindByName(value.text) ?? kindByName(plain) ?? kindByName(plain.replace(/^政务/, ''))
      if (kind === null) this.error('kind', fill(SAY.kind, { names: KIND_IDS.map((id) => KINDS[id].name.zh).join('、') }))
      return kind
    }
    const kind = bySheet ?? (address === null ? null : guessKind(address))
    if (kind === null) this.error('kind', SAY.noKind)
    return kind
  }

  place(about: DraftContext, siteCode: string | null): Pick<Draft, 'regionCode' | 'newRegion'> {
    const said = (f: Field): string => this.value(f)?.text ?? ''
    const result = regionOf(about.book, {
      region: said('region'), province: said('province'), city: said('city'), county: said('county'), township: said('township'), siteCode,
    }, about.home)
    const field = (['region', 'county', 'city', 'province', 'township'] as const).find((f) => this.value(f) !== null) ?? 'region'
    if (result.error !== undefined) this.error(field, result.error)
    if (result.warning !== undefined) this.warn(field, result.warning)
    if (result.keep !== undefined) this.#extra['台账所填地区'] = result.keep
    return { regionCode: result.code, newRegion: result.create ?? null }
  }

  status<V extends string>(field: Field, read: (text: string) => V | null, names: string): V | null {
    const value = this.value(field)
    if (value === null) return null
    const id = read(value.text)
    if (id === null) {
      this.warn(field, fill(SAY.status, { names }))
      this.#extra[value.heading] = value.text
    }
    return id
  }

  members(): number | null {
    const value = this.value('members')
    if (value === null) return null
    const number = /^(?:约)?\s*(\d{1,9})(?:\.0+)?\s*(?:人|余人|名|个)?$/.exec(value.text)?.[1]
    if (number !== undefined && Number(number) < 2 ** 31) return Number(number)
    this.warn('members', SAY.members)
    this.#extra[value.heading] = value.text
    return null
  }

  opened(): Day | null {
    const value = this.value('openedOn')
    if (value === null || !this.#sound('openedOn', value)) return null
    const day = dayOfCell({ ...value.cell, text: value.text }, { month: true })
    if (day === null) {
      this.warn('openedOn', SAY.date)
      this.#extra[value.heading] = value.text
    }
    return day
  }

  /** A date by which a channel is judged: what cannot be read is an error, never a guess. */
  #day(field: Field, latest: Day): Day | null {
    const value = this.value(field)
    if (value === null || !this.#sound(field, value)) return null
    const day = dayOfCell({ ...value.cell, text: value.text })
    if (day === null) this.error(field, SAY.date)
    else if (day > latest) {
      this.error(field, fill(SAY.future, { day: latest }))
      return null
    }
    return day
  }

  stated(today: Day, organisation: string | null): Stated | null {
    const statedOn = this.#day('statedOn', today)
    const newestOn = this.#day('newestOn', statedOn ?? today)
    if (newestOn === null) return null
    return { newestOn, statedOn, statedBy: this.text('statedBy', 100) ?? organisation, link: this.text('newestLink', 2000), note: this.text('newestTitle', 500) }
  }

  checkCode(kind: Kind, code: string | null): void {
    if (code === null) return
    const site = /^(?:\d{10}|bm\d{8}|N\d{9})$/i.test(code)
    if (kind === 'website' && !site) this.warn('siteCode', SAY.siteCode)
    if (kind !== 'website' && code.length !== 16 && !site) this.warn('siteCode', SAY.mediaCode)
  }
}
