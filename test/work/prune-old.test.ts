import { beforeEach, afterEach, expect, test } from 'vitest'
import { pruneOld } from '../../src/work/prune-old.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { memoryStore, sha } from '../review/register.ts'

const DAY = 86_400_000
const config = { evidenceDays: 400 }

let t: TestDatabase
// The database's clock is the real one: what is old is old by both.
beforeEach(async () => { t = await testDatabase({ now: new Date().toISOString() }) })
afterEach(() => t.close())

const keep = async (bytes: Uint8Array, days: number): Promise<void> => {
  await t.db.sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${sha(bytes)}, 'attachment', 'application/pdf', ${bytes.length}, ${new Date(t.ctx.clock.now().getTime() - days * DAY)})`
}
const left = async (): Promise<string[]> => (await t.db.sql<{ sha256: string }[]>`select sha256 from evidence order by 1`).map((r) => r.sha256)

test('what is older than the days set goes, once a day at most when the house is kept', async () => {
  const [old, young, next] = [Buffer.from('old'), Buffer.from('young'), Buffer.from('next')]
  const store = memoryStore([old, young, next])
  await keep(old, 401)
  await keep(young, 399)
  await pruneOld({ ctx: t.ctx, config, store, atMostDaily: true })
  expect(await left()).toEqual([sha(young)])
  await keep(next, 500)
  await pruneOld({ ctx: t.ctx, config, store, atMostDaily: true })
  expect(await left()).toHaveLength(2)
  // By hand it is done when it is asked for.
  await pruneOld({ ctx: t.ctx, config, store })
  expect(await left()).toEqual([sha(young)])
})

test('a clock that has jumped ahead costs no evidence', async () => {
  const bytes = Buffer.from('young')
  await keep(bytes, 10)
  t.ctx.clock.advance(3650 * DAY)
  expect(await pruneOld({ ctx: t.ctx, config, store: memoryStore([bytes]) })).toMatchObject({ uses: 0, pieces: 0 })
  expect(await left()).toEqual([sha(bytes)])
})
