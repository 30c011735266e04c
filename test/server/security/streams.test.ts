import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { disableUser, updateUser } from '../../../src/accounts/index.ts'
import { seedRegions } from '../../../src/registry/index.ts'
import { realAuth, signedIn } from '../../helpers/accounts.ts'
import type { Visitor } from '../../helpers/accounts.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { testServer } from '../../helpers/server.ts'

const DOOR_MS = 5000

describe('an open stream', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let channel = 0
  let people = 0
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    app = await testServer(t, { auth: await realAuth(t) })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const [row] = await t.db.sql<{ id: number }[]>`insert into channel (kind, name, address, address_raw, identity_key) values ('website', '东湖区政府', 'http://dh.gov.cn/', 'http://dh.gov.cn/', 'dh') returning id::int`
    channel = row!.id
  })
  afterAll(async () => { await app.close(); await t.close() })
  // Only what beats: requests and answers go on by themselves.
  beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }) })
  afterEach(() => { vi.useRealTimers() })

  async function listen(visitor: Visitor, path = `/api/channels/${channel}/live`): Promise<{ until(words: string): Promise<void>; end(): Promise<string>; leave(): void }> {
    const gone = new AbortController()
    const cookie = [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    const answer = await fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}${path}`, { headers: { cookie }, signal: gone.signal })
    expect(answer.status).toBe(200)
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let said = ''
    return {
      leave: () => gone.abort(),
      async until(words) {
        while (!said.includes(words)) {
          const { value, done } = await reader.read()
          if (done) throw new Error(`ended before ${words}: ${said}`)
          said += value
        }
        said = said.slice(said.indexOf(words) + words.length)
      },
      async end() {
        for (;;) {
          const { value, done } = await reader.read()
          if (done) return said
          said += value
        }
      },
    }
  }
  const someone = async (): Promise<{ visitor: Visitor; id: string }> => {
    const username = `operator${(people += 1)}`
    const visitor = await signedIn(t, app, { username, role: 'operations', region: null })
    const [row] = await t.db.sql<{ id: string }[]>`select id from person where username = ${username}`
    return { visitor, id: row!.id }
  }
  const happens = (n: number) => t.db.sql`update channel set last_visit_at = ${new Date(Date.UTC(2026, 5, 1, 0, n)).toISOString()}, claimed_slot = case when claimed_slot is null then now() end where id = ${channel}`

  test('goes on while its session does, and does not prolong it', async () => {
    const { visitor, id } = await someone()
    const [before] = await t.db.sql`update session set updated_at = now() - interval '1 hour', expires_at = now() + interval '10 hours' where user_id = ${id} returning expires_at`
    const stream = await listen(visitor)
    await stream.until('event: visit')
    // Opening it was use; looking after it is none.
    const [opened] = await t.db.sql`update session set updated_at = now() - interval '1 hour', expires_at = now() + interval '10 hours' where user_id = ${id} returning expires_at`
    expect(before).toBeDefined()
    for (let i = 1; i <= 3; i += 1) {
      await vi.advanceTimersByTimeAsync(DOOR_MS)
      await happens(i)
      await stream.until('event: visit')
    }
    const [after] = await t.db.sql`select expires_at from session where user_id = ${id}`
    expect(after).toEqual(opened)
    stream.leave()
  })

  test('of what changes says only that it has: to everybody, whatever their region', async () => {
    const { visitor, id } = await someone()
    await updateUser({ ctx: t.ctx, input: { id, changes: { region: '360400' } } })
    const stream = await listen(visitor, '/api/live')
    const state = { told: false }
    const change = (async () => { await stream.until('event: changed\ndata: ["visits"]\n'); state.told = true })()
    for (let slot = 0; !state.told; slot += 1) {
      await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome) values (${channel}, ${new Date(Date.UTC(2026, 5, 1, 0, 0, slot)).toISOString()}, now(), now(), 'ok')`
      await vi.advanceTimersByTimeAsync(3000)
    }
    await change
    stream.leave()
  })

  const ends: Record<string, (who: { visitor: Visitor; id: string }) => Promise<unknown>> = {
    'when its person signs out': ({ visitor }) => visitor.ask('POST', '/api/auth/sign-out', {}),
    'when the session is ended from elsewhere': ({ id }) => t.db.sql`delete from session where user_id = ${id}`,
    'when the session runs out': ({ id }) => t.db.sql`update session set expires_at = now() - interval '1 second' where user_id = ${id}`,
    'when the account is disabled': ({ id }) => disableUser({ ctx: t.ctx, input: { id, disabled: true } }),
    'when the role changes, also to one that may listen': ({ id }) => updateUser({ ctx: t.ctx, input: { id, changes: { role: 'rectification' } } }),
    'when the region changes': ({ id }) => updateUser({ ctx: t.ctx, input: { id, changes: { region: '360400' } } }),
  }
  for (const [name, act] of Object.entries(ends)) {
    test(`ends ${name}`, async () => {
      const who = await someone()
      const stream = await listen(who.visitor)
      await stream.until('event: visit')
      await act(who)
      await vi.advanceTimersByTimeAsync(DOOR_MS)
      const last = await stream.end()
      // Not for good: the browser comes back, and is told at the door.
      expect(last).not.toContain('event: ended')
    })
  }

  test('ends when the door does not answer', async () => {
    const { visitor } = await someone()
    const auth = await realAuth(t)
    let deaf = false
    const slow = await testServer(t, { auth: { ...auth, callerOf: (request, options) => (deaf ? new Promise(() => undefined) : auth.callerOf(request, options)) } })
    await slow.listen({ host: '127.0.0.1', port: 0 })
    const cookie = [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    const answer = await fetch(`http://127.0.0.1:${(slow.server.address() as AddressInfo).port}/api/channels/${channel}/live`, { headers: { cookie } })
    deaf = true
    await vi.advanceTimersByTimeAsync(2 * DOOR_MS)
    expect(await answer.text()).not.toContain('event: ended')
    await slow.close()
  })
})
