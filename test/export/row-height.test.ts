import { expect, test } from 'vitest'
import { rowHeight } from '../../src/export/row-height.ts'

test.each<[string, (string | null)[], number[], number | undefined]>([
  ['one line', ['短'], [10], undefined],
  ['just one line: nine characters of width nine', ['一二三四'], [9], undefined],
  ['one Chinese character more', ['一二三四五'], [9], 29],
  ['lines of its own', ['甲\n乙\n丙'], [20], 42.5],
  ['an empty line counts', ['甲\n\n丙'], [20], 42.5],
  ['the tallest cell of the row', ['甲', 'a'.repeat(100), null], [10, 23, 4], 69.5],
  ['never beyond what a row may have', ['字'.repeat(5000)], [10], 409],
])('%s', (_what, texts, widths, expected) => expect(rowHeight(texts, widths)).toBe(expected))
