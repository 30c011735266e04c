import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInstallationSecret, rotateKey } from '../../src/credentials/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const keyOf = (n: number): { data: string; key: string } => ({ data: '/nowhere', key: Buffer.alloc(32, n).toString('base64') })

describe('the installation’s own secret', () => {
  let t: TestDatabase
  beforeAll(async () => { t = await testDatabase() })
  afterAll(() => t.close())
  const open = (n: number, name = 'session') => openInstallationSecret({ ctx: t.ctx, keys: keyOf(n), name })

  test('is made once for all processes, is not in the database in the clear, and outlives a rotation of the key', async () => {
    const [one, two] = await Promise.all([open(1), open(1)])
    expect(one).toMatch(/^[\w-]{43}$/)
    expect(two).toBe(one)
    expect(await open(1, 'another')).not.toBe(one)
    expect(JSON.stringify(await t.db.sql`select * from installation_secret`)).not.toContain(one)
    await expect(open(2)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await rotateKey({ ctx: t.ctx, keys: keyOf(1), input: { newKey: keyOf(2).key } })).sealed).toBe(2)
    expect(await open(2)).toBe(one)
    await expect(open(1)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
