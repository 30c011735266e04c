import { createConnection, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { answered } from '../../db/answered.ts'
import { openDb } from '../../db/client.ts'
import { openProxy } from '../chaos/proxy.ts'
import type { Proxy } from '../chaos/proxy.ts'
import { testDatabase } from '../helpers/postgres.ts'

/** A proxy before the test's PostgreSQL, and the database's address through it. */
async function throughProxy(url: string): Promise<{ proxy: Proxy; url: string }> {
  const direct = new URL(url)
  const proxy = await openProxy({ to: { host: direct.hostname, port: Number(direct.port) } })
  direct.port = String(proxy.port)
  return { proxy, url: direct.href }
}

describe('a database behind connections that go silent', () => {
  test('fails the statements that wait, and serves the next ones over new connections', async () => {
    const t = await testDatabase()
    const { proxy, url } = await throughProxy(t.url)
    const db = openDb(url, { max: 2, silenceMs: 1500 })
    expect((await db.sql`select 1 as n`)[0]?.['n']).toBe(1)
    proxy.set('silent')
    const waiting = await Promise.allSettled([db.sql`select 2 as n`, db.sql`select 3 as n`, db.orm.execute('select 4 as n')])
    expect(waiting.map((w) => w.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(waiting.map((w) => (w.status === 'rejected' ? String(w.reason) : ''))[0]).toMatch(/no answer in 1500 ms/)
    proxy.set('fair')
    expect((await db.sql`select 5 as n`)[0]?.['n']).toBe(5)
    expect(await db.orm.execute('select 6 as n')).toEqual([{ n: 6 }])
    await db.close()
    await proxy.close()
    await t.close()
  })

  test('lets work on whole tables take its time, and gives its connections back', async () => {
    const t = await testDatabase()
    const db = openDb(t.url, { max: 2, silenceMs: 200 })
    await expect(db.sql`select pg_sleep(0.8)`).rejects.toThrow(/no answer in 200 ms/)
    expect(await db.unhurried(async ({ sql, orm }) => [(await sql`select 1 as n, pg_sleep(0.8)`)[0]?.['n'], (await orm.execute('select 2 as n, pg_sleep(0.8)'))[0]?.['n']])).toEqual([1, 2])
    await expect(db.unhurried(async ({ sql }) => sql`select 1 / 0`)).rejects.toThrow(/division by zero/)
    await expect.poll(async () => (await t.db.sql`select 1 from pg_stat_activity where datname = current_database() and query like '%1 / 0' and pid <> pg_backend_pid()`).length).toBe(0)
    await db.close()
    await t.close()
  })

  test('a transaction that was cut off is undone and holds no row', async () => {
    const t = await testDatabase()
    const { proxy, url } = await throughProxy(t.url)
    const db = openDb(url, { max: 1, silenceMs: 1500 })
    await t.db.sql`create table held (n int); insert into held values (1)`.simple()
    await expect(db.sql.begin(async (sql) => {
      await sql`update held set n = 2`
      proxy.set('silent')
      await sql`select 1`
    })).rejects.toThrow(/no answer|CONNECTION_CLOSED/)
    await proxy.close()
    await t.db.sql`update held set n = n + 10`
    expect((await t.db.sql`select n from held`)[0]?.['n']).toBe(11)
    await db.close()
    await t.close()
  })

  test('a server that is not there is an error at once, and connections come back when it is', async () => {
    const t = await testDatabase()
    const { proxy, url } = await throughProxy(t.url)
    const db = openDb(url, { max: 2, silenceMs: 5000 })
    proxy.set('cut')
    for (let n = 0; n < 6; n++) await expect(db.sql`select 1`).rejects.toThrow()
    proxy.set('fair')
    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => db.sql<{ n: number }[]>`select ${n}::int as n`))
    expect(all.map((rows) => rows[0]?.n)).toEqual([0, 1, 2, 3, 4, 5])
    await db.close()
    await proxy.close()
    await t.close()
  })
})

describe('a socket that expects answers', () => {
  let server: Server
  const open = async (onSocket: (s: Socket) => void): Promise<Socket> => {
    server = createServer(onSocket).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  afterEach(() => { server.close() })

  test('is left alone while it waits for nothing, and after each answer', async () => {
    let peer: Socket | null = null
    const socket = answered(await open((s) => { peer = s; s.on('data', (d) => s.write(d)) }), 800)
    socket.write('a')
    await once(socket, 'data')
    const ended = once(socket, 'close').then(() => 'closed')
    expect(await Promise.race([ended, new Promise((r) => { setTimeout(() => r('open'), 1600) })])).toBe('open')
    socket.write('b')
    expect(String((await once(socket, 'data'))[0])).toBe('b')
    socket.destroy()
    await ended
    expect(peer).not.toBeNull()
  })

  test('is given up when what was written stays without an answer', async () => {
    const socket = answered(await open((s) => { s.resume() }), 150)
    socket.write('a')
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/no answer in 150 ms/)
  })

  test('is not given up while a long upload goes on', async () => {
    let received = 0
    const socket = answered(await open((s) => { s.on('data', (d) => { received += d.length }) }), 800)
    const piece = Buffer.alloc(1_500_000)
    for (let n = 0; n < 12; n++) {
      await new Promise<void>((resolve, reject) => { socket.write(piece, (e) => (e instanceof Error ? reject(e) : resolve())) })
      await new Promise((r) => { setTimeout(r, 150) })
    }
    expect(socket.destroyed).toBe(false)
    socket.destroy()
    expect(received).toBeGreaterThan(0)
  })
})
