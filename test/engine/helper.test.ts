import { expect, test } from 'vitest'
import { testDatabase } from '../helpers/postgres.ts'

test('a test database has the tables and is empty', async () => {
  const a = await testDatabase()
  const b = await testDatabase()
  await a.db.sql`insert into region (code, name, level) values ('360000', '江西省', 1)`
  expect(await a.db.sql`select name from region`).toHaveLength(1)
  expect(await b.db.sql`select name from region`).toHaveLength(0)
  await a.close()
  await b.close()
})
