import { deflateRawSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HuoshuiError } from '../../src/domain/error.ts'
import { importLedger } from '../../src/registry/index.ts'
import { dayOfCell } from '../../src/registry/ledger/dates.ts'
import { openSheets } from '../../src/registry/sheet/open.ts'
import { LIMITS } from '../../src/registry/sheet/types.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { csv, workbook } from './workbooks.ts'

let base: TestDatabase
beforeAll(async () => void (base = await testDatabase()))
afterAll(() => base.close())

const load = (bytes: Uint8Array, more: object = {}) => importLedger({ ctx: base.ctx, input: { bytes, name: 'ledger', ...more } })
const refused = async (bytes: Uint8Array): Promise<HuoshuiError> => {
  const error: unknown = await load(bytes).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(HuoshuiError)
  return error as HuoshuiError
}

/** A zip of parts; `size` is what the directory claims they unpack to. */
function zip(parts: Readonly<Record<string, Buffer>>, claim?: number): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const data = deflateRawSync(content)
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt16LE(title.length, 26)
    locals.push(local, title, data)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt32LE(claim ?? content.length, 24)
    central.writeUInt16LE(title.length, 28)
    central.writeUInt32LE(offset, 42)
    centrals.push(central, title)
    offset += 30 + title.length + data.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

const book = (sheet: string, more: Record<string, Buffer> = {}): Buffer => zip({
  'xl/workbook.xml': Buffer.from('<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>'),
  'xl/_rels/workbook.xml.rels': Buffer.from('<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
  'xl/worksheets/sheet1.xml': Buffer.from(sheet),
  ...more,
})
const cell = (ref: string, text: string) => `<x:c r="${ref}" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`

describe('files that are no ledger', () => {
  test.each([
    ['nothing', Buffer.alloc(0), '空'],
    ['an .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '.xls'],
    ['a locked workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]), '密码'],
    ['a web page named .xls', Buffer.from('<html><table><tr><td>名称</td></tr></table></html>'), 'HTML'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), '既不是工作簿'],
    ['another zip', zip({ 'a.txt': Buffer.from('x') }), '没有工作簿'],
    ['text without headings', Buffer.from('甲,乙\n丙,丁'), '没有找到表头'],
  ])('%s is refused and says what to do', async (_, bytes, words) => {
    const error = await refused(bytes)
    expect(error.code).toBe('bad_input')
    expect(error.text.zh).toContain(words)
  })

  test('a workbook cut short anywhere is refused, never half imported', async () => {
    const whole = Buffer.from(await workbook({ 表: [['类型', '名称', '网址'], ['网站', '甲', 'http://a.gov.cn']] }))
    for (let part = 1; part < 20; part += 1) await refused(whole.subarray(0, Math.floor((whole.length * part) / 20)))
  })
})

describe('files that mean harm', () => {
  test('prefixed elements, cells far out and a huge declared range are read within the limits', async () => {
    const sheet = `<x:worksheet xmlns:x="m"><x:dimension ref="A1:XFD1048576"/><x:sheetData><x:row r="1">${cell('A1', '类型')}${cell('B1', '名称')}${cell('C1', '网址')}${cell('XFD1', '远')}</x:row>
      <x:row r="2">${cell('A2', '网站')}${cell('B2', '甲')}${cell('C2', 'http://far.gov.cn')}${cell('XFD2', '远')}</x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:XFD1048576"/></x:mergeCells></x:worksheet>`
    expect(await load(book(sheet), { dryRun: true })).toMatchObject({ rows: 1, errorCount: expect.any(Number) })
    expect(await load(book(sheet.replace(/<x:mergeCells>.*<\/x:mergeCells>/, '')), { dryRun: true })).toMatchObject({ rows: 1, created: 1, errorCount: 0 })
  })

  test('a bomb is stopped at our limit, whatever its directory claims', async () => {
    const strings = Buffer.concat([Buffer.from('<sst><si><t>'), Buffer.alloc(LIMITS.partBytes + 1000, 0x61)])
    const error = await refused(zip({
      'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': Buffer.from('<Relationships/>'),
      'xl/sharedStrings.xml': strings,
    }, 10))
    expect(error.text.zh).toContain('过大')
  })

  test('entities do not expand', async () => {
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    const [sheet] = await openSheets(book(`${laughs}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`), 'x')
    const rows = []
    for await (const row of sheet!.rows()) rows.push(row.cells[0]?.text)
    expect(rows.join('').length).toBeLessThan(10)
  })

  test('characters that no database takes are left out: NUL, half a character, in cells and headings', async () => {
    const sheet = `<worksheet><sheetData><row r="1">${cell('A1', '类型')}${cell('B1', '名称')}${cell('C1', '网址')}${cell('D1', '自_x0000_编_xD800_')}</row>
      <row r="2">${cell('A2', '网站')}${cell('B2', '甲_x0000_乙_xD800_')}${cell('C2', 'http://nul.gov.cn')}${cell('D2', `${'长'.repeat(1999)}𠮷_xDC00_`)}</row></sheetData></worksheet>`
    expect(await load(book(sheet))).toMatchObject({ created: 1, errorCount: 0 })
  })

  test('mutated workbooks and CSV end in a report or a plain refusal', async () => {
    const xlsx = Buffer.from(await workbook({ 表: [['类型', '名称', '网址', '最近更新日期'], ['网站', '甲', 'http://a.gov.cn', 46143]], 栏目: [['网站', '栏目名称', '栏目链接'], ['甲', '乙', '/c']] }))
    const text = Buffer.from(csv(['类型', '名称', '网址', '主办单位', '地区', '群成员数'], ['网站', '甲', 'http://a.gov.cn', '某局', '南昌市', '3'], ['微信群', '乙', 'w1', '某局', '赣州', '四']))
    const mutation = fc.record({ at: fc.double({ min: 0, max: 0.9999, noNaN: true }), bytes: fc.uint8Array({ maxLength: 8 }), cut: fc.nat(12) })
    await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(mutation, { minLength: 1, maxLength: 4 }), async (workbooks, mutations) => {
      let bytes = workbooks ? xlsx : text
      for (const m of mutations) {
        const at = Math.floor(m.at * bytes.length)
        bytes = Buffer.concat([bytes.subarray(0, at), m.bytes, bytes.subarray(at + m.cut)])
      }
      const result = await load(bytes, { dryRun: true, skipBad: true }).catch((e: unknown) => e)
      if (result instanceof Error) expect(result).toBeInstanceOf(HuoshuiError)
      else expect(result).toHaveProperty('imported', false)
    }), { numRuns: 120 })
  })

  test('cells of any text: imported or refused with its row, and a second import agrees', async () => {
    const word = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('无', '=1+1', "'=x", '2026-05-01', '46143', '南昌市', '微信群', '关停', '1e20', '\u0001')).map((w) => w.replaceAll('\0', ''))
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(word, word, word, word, word, word), { minLength: 1, maxLength: 5 }), async (rows) => {
      const bytes = csv(['类型', '名称', '网址', '主办单位', '最近更新日期', '自编'], ...rows.map((r, i) => ['网站', r[1], i % 2 === 0 ? `http://h${i}.gov.cn/` : r[2], r[3], r[4], r[5]]))
      const report = await load(bytes, { dryRun: true, skipBad: true })
      expect(report.created + report.updated + report.unchanged + report.rejected + report.repeated).toBe(report.rows)
    }), { numRuns: 60 })
  })
})

test('dates in a cell: what is read is a day, what is not is null', () => {
  const read = (text: string) => dayOfCell({ text })
  expect(['2026-5-1', '2026/05/01', '2026.5.1', '20260501', '2026年5月1日', '2026年05月01日 09:30', '2026-05-01T09:30:00+08:00', '二〇二六年五月一日', '46143', '46143.5', '20260501093000'].map(read)).toEqual(Array(11).fill('2026-05-01'))
  expect(['', '2026', '5月1日', '01/05/2026', '2026-13-01', '2026-05-01号文', '12345678901', '99999', '昨天'].map(read)).toEqual(Array(9).fill(null))
  expect(dayOfCell({ text: '二〇一九年十二月三十一日' })).toBe('2019-12-31')
})
