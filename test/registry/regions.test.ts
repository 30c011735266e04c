import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRegion, findRegion, seedRegions } from '../../src/registry/index.ts'
import { RegionBook } from '../../src/registry/region/book.ts'
import { shippedRegions } from '../../src/registry/region/data.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const book = new RegionBook(shippedRegions())
const code = (text: string, home?: string): string | string[] | null => {
  const found = book.find(text, home)
  return found.kind === 'one' ? found.region.code : found.kind === 'many' ? found.regions.map((r) => r.code) : found.kind === 'township' ? `${found.code}?` : null
}

describe('the shipped regions', () => {
  test('Jiangxi is complete: 11 cities, 100 counties; every parent exists', () => {
    const all = shippedRegions()
    const jiangxi = all.filter((r) => r.code.startsWith('36') && /^\d+$/.test(r.code))
    expect(jiangxi.filter((r) => r.level === 2)).toHaveLength(11)
    expect(jiangxi.filter((r) => r.level === 3)).toHaveLength(100)
    expect(all.filter((r) => r.level === 1)).toHaveLength(34)
    const codes = new Set(all.map((r) => r.code))
    expect(codes.size).toBe(all.length)
    expect(all.filter((r) => r.parent !== null && !codes.has(r.parent))).toEqual([])
  })

  test('every path leads back to its region', () => {
    const lost = shippedRegions().filter((r) => code(book.path(r.code)) !== r.code)
    expect(lost.map((r) => book.path(r.code))).toEqual([])
  })

  test.each([
    ['360102', '360102'], ['3601', '360100'], ['36', '360000'], ['360102001', '360102001?'], ['360102001000', '360102001?'], ['360102000000', '360102'],
    ['江西省南昌市东湖区', '360102'], ['江西/南昌/东湖', '360102'], ['江西省 - 南昌市', '360100'], ['南昌', '360100'], ['东湖区', '360102'], ['省本级', '360000'],
    ['江西省省本级', '360000'], ['赣州市本级', '360700'], ['赣州市市本级', '360700'], ['吉安', '360800'], ['吉安县', '360821'], ['吉安县本级', '360821'], ['赣江新区', '36Z001'], ['南昌高新区', '3601Z2'],
    ['３６０１０２', '360102'], ['重庆市万州区', '500101'], ['湖北省仙桃市', '429004'], ['', null], ['不存在', null], ['999999', null], ['36010', null],
  ])('%s → %s', (text, want) => expect(code(text)).toBe(want))

  test('a name that several bear is theirs together, unless one lies at home', () => {
    expect(code('鼓楼区')).toHaveLength(4)
    expect(code('西湖区')).toHaveLength(2)
    expect(code('西湖区', '360000')).toBe('360103')
  })
})

describe('in the register', () => {
  let base: TestDatabase
  beforeAll(async () => void (base = await testDatabase()))
  afterAll(() => base.close())

  test('seeding twice changes nothing; a changed name is put right', async () => {
    expect((await seedRegions(base.ctx)).changed).toBeGreaterThan(3000)
    expect(await seedRegions(base.ctx)).toEqual({ changed: 0 })
    await base.db.orm.execute(sql`update region set name = '错' where code = '360102'`)
    expect(await seedRegions(base.ctx)).toEqual({ changed: 1 })
  })

  test('townships under their county, zones under their city with the next code of our own', async () => {
    await seedRegions(base.ctx)
    expect(await createRegion({ ctx: base.ctx, input: { name: '莲塘镇', parent: '360121', code: '360121101' } })).toMatchObject({ level: 4, parent: '360121' })
    expect(await findRegion({ ctx: base.ctx, input: { text: '南昌县莲塘镇' } })).toMatchObject({ code: '360121101', path: '江西省南昌市南昌县莲塘镇' })
    expect(await createRegion({ ctx: base.ctx, input: { name: '某某新区', parent: '360100' } })).toMatchObject({ code: '3601Z4', level: 3, parent: '360100' })
    await expect(createRegion({ ctx: base.ctx, input: { name: '莲塘镇', parent: '360121', code: '360121101' } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(createRegion({ ctx: base.ctx, input: { name: '某镇', parent: '360121', code: '360122101' } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(createRegion({ ctx: base.ctx, input: { name: '某镇', parent: '999999' } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(findRegion({ ctx: base.ctx, input: { text: '鼓楼区' } })).rejects.toMatchObject({ code: 'bad_input' })
  })
})
