import { addDays } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import { columnsOf } from './profiles.ts'
import { digits, hash } from './random.ts'
import { DEPARTMENTS, REGIONS } from './regions.ts'
import type { Row } from './roster.ts'
import type { Extra, Organisation, Site } from './types.ts'

/** The unit behind site `index`: every region gets a portal first, then departments. */
export function organisationOf(index: number, seed: number): Organisation {
  const region = REGIONS[(index * 4) % REGIONS.length]
  if (region === undefined) throw new RangeError('no regions')
  const round = Math.floor(index / REGIONS.length)
  const department = DEPARTMENTS[(round * 5 + (index % REGIONS.length) * 3) % DEPARTMENTS.length] ?? '教育局'
  const name = round === 0 ? `${region.name}人民政府` : `${region.name}${department}`
  return {
    id: `o${String(index + 1).padStart(3, '0')}`,
    name,
    supervisor: round === 0 ? '江西省人民政府办公厅' : `${region.name}人民政府`,
    region,
    contact: ['张晓明', '李文静', '王建国', '刘芳', '陈志强'][hash(seed, index, 'contact') % 5] ?? '张晓明',
    phone: `079${index % 9}-${digits(7, seed, index, 'phone')}`,
  }
}

const EDITION = ['2024年版', '2023年版', '2022年版']

/** Rows that the traps add to a site's columns. */
function extrasOf(row: Row, seed: number, base: Day): Readonly<Record<string, readonly Extra[]>> {
  const still = row.profile.startsWith('still:')
  const pin = (place: Extra['place'], n: number): Extra => ({
    id: `9${n}01`, title: `网站使用指南和常见问题解答（${EDITION[(seed + n) % 3] ?? ''}）`, day: addDays(base, -(still ? 900 : 380) - n * 40), from: addDays(base, -300), place, future: false,
  })
  if (row.traps.includes('pinned_old')) return { ywdt: [pin('pinned', 1)], bmdt: [pin('pinned', 2)], tzgg: [pin('pinned', 3)] }
  if (row.traps.includes('pinned_unmarked')) return { ywdt: [pin('pinned_unmarked', 1)], tzgg: [pin('pinned_unmarked', 3)] }
  if (row.traps.includes('future_date')) {
    const later = (n: number, days: number): Extra => ({ id: `9${n}02`, title: '关于召开年度工作会议的预备通知', day: addDays(base, days), from: addDays(base, -9), place: 'top', future: true })
    return { ywdt: [later(1, 60)], tzgg: [later(2, 45)] }
  }
  if (row.traps.includes('backdated_batch')) {
    // A dozen items, put up together on the day after the base day, under dates spread over the weeks before it.
    const batch = Array.from({ length: 12 }, (_, i): Extra => ({
      id: `80${String(i).padStart(2, '0')}`, title: `工作动态补充报道（${i + 1}）`, day: addDays(base, -1 - i * 2), from: addDays(base, 1), place: 'by_date', future: false,
    }))
    return { ywdt: batch }
  }
  return {}
}

export function siteOf(row: Row, index: number, seed: number, base: Day): Site {
  const id = `s${String(index + 1).padStart(3, '0')}`
  const organisation = organisationOf(index, seed)
  return {
    id,
    name: organisation.name.endsWith('人民政府') ? `${organisation.name}网` : `${organisation.name}网站`,
    organisation,
    siteCode: `${organisation.region.code}${String(index + 1).padStart(4, '0')}`,
    host: `127.${36 + (index % 11)}.${1 + Math.floor(index / 11)}.${10 + (hash(seed, id) % 200)}`,
    family: row.family,
    dateStyle: row.dates ?? 'iso',
    markup: row.markup ?? 'ul',
    traps: row.traps,
    columns: columnsOf(`${seed}-${id}`, row.profile, base, extrasOf(row, seed, base)).filter((c) => c.form !== 'interaction' || !row.traps.includes('no_consultation')),
    robots: row.robots ?? (index % 5 === 3 ? 'missing' : 'open'),
    weight: row.weight ?? 0,
    // Pairs of sites that wear the same trap differ in parity, so that both variants of a page are served.
    seed: seed * 1000 + index,
    base,
    profile: row.profile,
    movedTo: null,
  }
}
