import { expect, test } from 'vitest'
import { columnKey } from '../../src/domain/column-key.ts'

test.each([
  ['http://a.gov.cn/xw/', 'a.gov.cn/xw'], ['https://a.gov.cn/xw/index.html', 'a.gov.cn/xw'], ['http://a.gov.cn/xw/?page=2#top', 'a.gov.cn/xw'],
  ['http://a.gov.cn/list.jsp?wbtreeid=1001', 'a.gov.cn/list.jsp?wbtreeid=1001'], ['http://a.gov.cn/col/col12/', 'a.gov.cn/col/col12'],
])('a column from the ledger and the same found in the navigation are one: %s', (url, key) => {
  expect(columnKey(url)).toBe(key)
})
