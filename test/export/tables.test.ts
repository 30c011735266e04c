import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workbook } from '@cj-tech-master/excelts'
import { describe, expect, test } from 'vitest'
import { csvFile, neutral } from '../../src/export/csv.ts'
import { columnName, safeSheetName } from '../../src/export/names.ts'
import { workbookBytes, workbookFile } from '../../src/export/workbook.ts'

const columns = [{ key: 'id', title: '编号', type: 'text' }, { key: 'name', title: '名称', choices: ['甲', '乙'], hint: '从列表选择' }, { key: 'n', title: '数量', type: 'number' }, { key: 'day', title: '日期', type: 'date' }] as const
const rows = [
  { id: '00123', name: '=cmd()', n: 3, day: '2026-05-01' },
  { id: '1234567890123456789', name: '@甲\u0000\u0007', n: null, day: '不详' },
]

async function opened(bytes: Uint8Array): Promise<Workbook> {
  const book = new Workbook()
  await book.xlsx.load(bytes as never)
  return book
}

describe('workbooks', () => {
  test('text stays text, formulas are none, days are days, drop-downs and frozen headings are there', async () => {
    const book = await opened(await workbookBytes([{ name: '表[1]/a', columns, rows, choicesDownTo: 10 }, { name: '表[1]/a', columns, rows: [] }]))
    expect(book.worksheets.map((w) => w.name)).toEqual(['表 1  a', '表 1  a 2'])
    const ws = book.worksheets[0]!
    expect(ws.getCell('A2').value).toBe('00123')
    expect(ws.getCell('A2').numFmt).toBe('@')
    expect(ws.getCell('A3').value).toBe('1234567890123456789')
    expect(ws.getCell('B2').value).toBe('=cmd()')
    expect(ws.getCell('B3').value).toBe('@甲')
    expect(ws.getCell('C2').value).toBe(3)
    expect(ws.getCell('D2').value).toEqual(new Date('2026-05-01T00:00:00Z'))
    expect(ws.getCell('D3').value).toBe('不详')
    expect(ws.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(ws.getCell('B5').dataValidation).toMatchObject({ type: 'list', formulae: ['"甲,乙"'], prompt: '从列表选择' })
  })

  test('a writer that fails leaves no file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'export-'))
    function* broken() {
      yield rows[0]
      throw new Error('the source broke')
    }
    await expect(workbookFile(join(folder, 'a.xlsx'), [{ name: 'a', columns, rows: broken() as never }])).rejects.toThrow('the source broke')
    await expect(csvFile(join(folder, 'a.csv'), { name: 'a', columns, rows: broken() as never })).rejects.toThrow('the source broke')
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder that is not there is an error, not a crash', async () => {
    await expect(workbookFile(join(tmpdir(), 'no-such-folder', 'x', 'a.xlsx'), [{ name: 'a', columns, rows }])).rejects.toThrow(/ENOENT/)
  })
})

describe('CSV', () => {
  test('BOM, quotes, and an apostrophe before what would run', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'export-')), 'a.csv')
    await csvFile(file, { name: 'a', columns, rows: [...rows, { id: '-1', name: '甲,"乙"\n丙', n: -2, day: null }] })
    expect(await readFile(file, 'utf8')).toBe('\ufeff编号,名称,数量,日期\r\n00123,\'=cmd(),3,2026-05-01\r\n1234567890123456789,\'@甲\u0000\u0007,,不详\r\n\'-1,"甲,""乙""\n丙",-2,\r\n')
  })
  test.each([['=1', "'=1"], ['+1', "'+1"], ['-1', "'-1"], ['@a', "'@a"], ['\ta', "'\ta"], ["'a", "''a"], ['a=1', 'a=1'], ['', '']])('%j → %j', (text, want) => expect(neutral(text)).toBe(want))
})

test('names of sheets and columns', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  const taken = new Set<string>()
  expect([safeSheetName('a'.repeat(40), taken).length, safeSheetName('a'.repeat(40), taken).length, safeSheetName("'[]'", taken)]).toEqual([31, 31, 'Sheet'])
})
