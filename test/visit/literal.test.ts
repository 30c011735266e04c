import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrayLiteral } from '../../src/visit/literal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

/* Read back as JSON: the driver's own reader of arrays takes an absent value for the word. */

test('whatever pages say comes out of the database as it went in', async () => {
  const said = ['', 'NULL', 'null', null, '"', '\\', '\\"', '{a,b}', ' a ', 'a\nb\tc', '，“引号”', '{"x":"\\u4e2d \\"y\\""}', "it's", '$1', '\u{20000}']
  const [row] = await t.db.sql<{ back: (string | null)[] }[]>`select to_json(${arrayLiteral(said)}::text[]) as back`
  expect(row?.back).toEqual(said)
})

test('numbers, days and columns without a row keep their types', async () => {
  const [row] = await t.db.sql<{ n: number[]; d: string[]; b: boolean[]; none: string[] }[]>`
    select to_json(${arrayLiteral([0, -1, null])}::int[]) as n, to_json(${arrayLiteral(['2026-05-01', null])}::date[]) as d, to_json(${arrayLiteral(['t', 'f'])}::text[]::bool[]) as b, to_json(${arrayLiteral([])}::text[]) as none`
  expect(row).toEqual({ n: [0, -1, null], d: ['2026-05-01', null], b: [true, false], none: [] })
})

test('a value cannot end its array', async () => {
  const [row] = await t.db.sql<{ n: number }[]>`select cardinality(${arrayLiteral(['a","b', '"}', '\\","b'])}::text[]) as n`
  expect(row?.n).toBe(3)
})
