import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import type { Db } from '../../db/client.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

/** As published, the driver ends the whole process here, or never sends on that connection again (patches/, docs/dependencies.md). */
let t: TestDatabase
let db: Db
let cut: () => Promise<void>
let close: () => void
beforeEach(async () => {
  t = await testDatabase()
  const to = new URL(t.url)
  const there = { host: to.hostname, port: Number(to.port) }
  const sockets = new Set<Socket>()
  const between = createServer((from) => {
    const on = connect(there)
    for (const socket of [from, on]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    from.pipe(on).pipe(from)
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  to.port = String((between.address() as AddressInfo).port)
  db = openDb(to.href, { max: 2, silenceMs: 10_000 })
  cut = async () => {
    const gone = [...sockets].map((socket) => once(socket, 'close'))
    for (const socket of sockets) socket.destroy()
    await Promise.all(gone)
  }
  close = () => void between.close()
})
afterEach(async () => {
  await db.close()
  close()
  await t.close()
})

/** The driver hears of it in a turn of its own. */
const aTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)) })

test('a transaction whose connection goes fails, rolls back nowhere, and the next statement finds another', async () => {
  const failed = db.sql.begin(async (tx) => {
    await tx`select 1`
    await cut()
    await aTurn()
    await tx`select 2`
  })
  await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION|ECONN/) })
  expect(await db.sql`select 3 as n`).toEqual([{ n: 3 }])
})

test('a reserved connection that goes fails each statement in words, and can be let go', async () => {
  const own = await db.sql.reserve()
  await own`select 1`
  await cut()
  await aTurn()
  for (let i = 0; i < 3; i++) await expect(Promise.resolve(own`select 2`)).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION|ECONN/) })
  own.release()
  expect(await db.sql`select 3 as n`).toEqual([{ n: 3 }])
})

test('a statement sent between the error of a connection and its end fails, and is not waited for for ever', async () => {
  const small = openDb(t.url, { max: 1, silenceMs: 300 })
  try {
    await small.sql`select 1`
    // Given up while it waits: its failure is known a moment before its end is, and whoever tries again at once gets the same connection.
    await expect(small.sql`select pg_sleep(30)`.catch(() => small.sql`select 2 as n`)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await small.sql`select 3 as n`).toEqual([{ n: 3 }])
  } finally {
    await small.close()
  }
})
