import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCredentials, setBridge, setCredential } from '../../src/credentials/index.ts'
import { serve, world } from '../visit/harness.ts'
import type { TestSite, World } from '../visit/harness.ts'
import { KEY_A, SECRET } from './fixtures.ts'

let w: World
let s: TestSite
let listed: object = {}
beforeAll(async () => {
  s = await serve({
    '/feed.xml': { headers: { 'content-type': 'application/rss+xml' }, body: `<?xml version="1.0"?><rss version="2.0"><channel><title>动态</title><lastBuildDate>Mon, 01 Jun 2026 03:00:00 GMT</lastBuildDate><item><title>一</title><link>http://example.com/1</link><pubDate>20 May 2026 08:00:00 +0800</pubDate></item></channel></rss>` },
    '/ajax/statuses/mymblog?uid=1234567890&page=1&feature=0': (_req, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listed)),
    '/robots.txt': 'User-agent: *\nAllow: /\n',
  })
  const base = s.url.replace(/\/$/, '')
  w = await world({ key: KEY_A, bases: { 'weibo.com': base, 'm.weibo.cn': base, 'api.weibo.com': base, 'open.douyin.com': base, 'www.douyin.com': base } })
})
afterAll(async () => {
  await s.close()
  await w.close()
})
const keys = { data: '/nonexistent', key: KEY_A }

/** Everything that a visit leaves in the database, as text. */
async function everything(): Promise<string> {
  const { sql } = w.database.db
  const texts = await Promise.all(['visit', 'observation', 'item', 'page', 'evidence_use', 'audit', 'channel'].map(async (t) => JSON.stringify(await sql`select * from ${sql(t)}`)))
  return texts.join('\n')
}

test('a visit uses the bridge of its channel, and keeps nothing of its access code', async () => {
  const id = await w.register('https://www.douyin.com/user/MS4wLjABAAAAexample', { kind: 'douyin' })
  await setBridge({ ctx: w.database.ctx, keys, input: { channel: id, type: 'feed', url: `${s.url}feed.xml` } })
  expect(await w.visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-05-20' })
  expect((await w.observations(id, 'account'))[0]).toMatchObject({ value: { from: 'douyin.feed', source: 'seen' } })
  s.routes[`/feed.xml?key=${SECRET}`] = s.routes['/feed.xml']!
  await setBridge({ ctx: w.database.ctx, keys, input: { channel: id, type: 'feed', url: `${s.url}feed.xml?key=${SECRET}` } })
  expect(await w.visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-05-20' })
  // What the bridge answered is evidence, under its address without the code; an answer that repeats the code is not kept.
  const received = () => w.database.db.sql<{ url: string }[]>`select url from evidence_use where channel_id = ${id}`
  expect(await received()).toEqual([{ url: `${s.url}feed.xml` }])
  for (const key of [SECRET, 'abc']) {
    const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>动态</title><link>${s.url}feed.xml?key=${key}</link><lastBuildDate>Mon, 01 Jun 2026 03:00:00 GMT</lastBuildDate><item><title>二</title><link>http://example.com/2</link><pubDate>21 May 2026 08:00:00 +0800</pubDate></item></channel></rss>`
    s.routes[`/feed.xml?key=${key}`] = { headers: { 'content-type': 'application/rss+xml' }, body }
    await setBridge({ ctx: w.database.ctx, keys, input: { channel: id, type: 'feed', url: `${s.url}feed.xml?key=${key}` } })
    expect(await w.visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-05-21' })
    expect(await received()).toHaveLength(1)
  }
  await setBridge({ ctx: w.database.ctx, keys, input: { channel: id, type: 'feed', url: `${s.url}feed.xml?key=${SECRET}` } })
  s.routes[`/feed.xml?key=${SECRET}`] = (req) => req.socket.destroy()
  expect((await w.visit(id)).outcome).not.toBe('ok')
  expect(s.asked.filter((a) => a.includes(SECRET)).length).toBeGreaterThan(1)
  expect(await everything()).not.toContain(SECRET)
})

test('a cookie is sent, its refusal is on the board and never against the channel; no trace of it is kept', async () => {
  const { ctx, db } = w.database
  const [row] = await db.sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key) values ('weibo', '某发布', 'https://weibo.com/u/1234567890', 'x', '1234567890') returning id::int`
  const id = row!.id
  await setCredential({ ctx, keys, input: { id: 'weibo.cookie', values: { cookie: `SUB=${SECRET}` }, channel: id } })
  listed = { ok: -100, url: 'https://weibo.com/login.php' }
  s.routes['/api/container/getIndex'] = { status: 432, body: '' }
  const refused = await w.visit(id)
  expect(s.headers.some((h) => h.cookie?.includes(SECRET))).toBe(true)
  expect(refused.newest).toBeNull()
  expect((await listCredentials({ ctx }))[0]).toMatchObject({ id: 'weibo.cookie', state: 'stopped', failures: 1, lastFailure: 'credential_expired' })
  expect(await db.sql`select 1 from candidate`).toHaveLength(0)
  listed = { ok: 1, data: { since_id: '', list: [{ id: 5100000000000001, mid: '5100000000000001', created_at: 'Wed May 27 09:30:00 +0800 2026', text_raw: '通知', isTop: 0, user: { id: 1234567890, idstr: '1234567890', screen_name: '某发布' }, mblogid: 'P1' }] } }
  const seen = await w.visit(id)
  expect(seen).toMatchObject({ newest: '2026-05-27' })
  expect((await listCredentials({ ctx }))[0]).toMatchObject({ state: 'works', failures: 0 })
  expect(await everything() + w.warnings.join('\n')).not.toContain(SECRET)
})

test('stored credentials that do not open are said in the log; the visit is made without them', async () => {
  const { ctx, db } = w.database
  await db.sql`update credential set key_id = '0123456789ab'`
  const other = await w.register('某局政策咨询群', { kind: 'wechat_group' })
  // Any change makes the vault load anew.
  await setCredential({ ctx, keys, input: { id: 'weibo.api', values: { access_token: SECRET } } }).catch((e: unknown) => expect(e).toMatchObject({ code: 'unavailable' }))
  await setBridge({ ctx, keys, input: { kind: 'weibo', type: 'rsshub', url: s.url } })
  expect(await w.visit(other)).toMatchObject({ outcome: 'not_attested' })
  expect(w.warnings.some((m) => m.includes('wrong key'))).toBe(true)
})
