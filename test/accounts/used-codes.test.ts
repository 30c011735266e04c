import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeCode } from '../../src/accounts/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())
const at = (s: number): Date => new Date(Date.UTC(2026, 5, 1) + s * 1000)

test('a code is taken once, by one of many at once, for as long as it could be shown', async () => {
  const taken = await Promise.all(Array.from({ length: 20 }, () => takeCode(t.db, 'p', '123456', at(0))))
  expect(taken.filter(Boolean)).toHaveLength(1)
  expect(await takeCode(t.db, 'p', '123456', at(89))).toBe(false)
  expect(await takeCode(t.db, 'p', '654321', at(89))).toBe(true)
  expect(await takeCode(t.db, 'q', '123456', at(89))).toBe(true)
  // The same digits may come again by chance, much later.
  expect(await takeCode(t.db, 'p', '123456', at(3600))).toBe(true)
})
