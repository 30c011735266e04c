import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { openPacks, pruneEvidence } from '../../src/evidence/index.ts'
import { visitAddress } from '../../src/visit/index.ts'
import type { VisitorOptions } from '../../src/visit/index.ts'
import { list, ordinary, page, rows, serve, world } from './harness.ts'
import type { TestSite, World } from './harness.ts'

const DAY = 86_400_000
let w: World
let s: TestSite
beforeAll(async () => {
  w = await world()
  s = await serve({
    ...ordinary(),
    '/feed.xml': { headers: { 'content-type': 'application/rss+xml' }, body: `<?xml version="1.0"?><rss version="2.0"><channel><title>动态</title><lastBuildDate>Mon, 01 Jun 2026 03:00:00 GMT</lastBuildDate>${['20 May 2026', '12 May 2026'].map((d, i) => `<item><title>第${i + 1}条</title><link>http://example.com/${i}</link><pubDate>${d} 08:00:00 +0800</pubDate></item>`).join('')}</channel></rss>` },
  })
})
afterAll(async () => {
  await s.close()
  await w.close()
})
const state = async (id: number) => (await w.observations(id, 'account')).at(-1)!

test('a feed: its newest item counts, not the moment it was built', async () => {
  const id = await w.register(`${s.url}feed.xml`, { kind: 'feed' })
  expect(await w.visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-05-20', pages: 1 })
  const seen = await state(id)
  expect(seen).toMatchObject({ outcome: 'ok', newest: '2026-05-20', value: { source: 'seen', from: 'feed.document' } })
  expect(Buffer.from((await w.evidence.get(seen.evidence[0]!))!).toString()).toContain('lastBuildDate')
  const items = await w.database.db.sql`select title, date::text from item where channel_id = ${id} order by date`
  expect(items).toEqual([{ title: '第2条', date: '2026-05-12' }, { title: '第1条', date: '2026-05-20' }])
})

test('a group: attested, then too old a statement, then fresh again; never crawled', async () => {
  const { sql } = w.database.db
  const id = await w.register('某局政策咨询群', { kind: 'wechat_group' })
  expect(await w.visit(id)).toMatchObject({ outcome: 'not_attested', requests: 0 })
  await sql`insert into attestation (channel_id, newest_on, stated_on, stated_by, source) values (${id}, '2026-05-25', '2026-05-28', '张三', 'command')`
  expect(await w.visit(id)).toMatchObject({ outcome: 'attested', newest: '2026-05-25', requests: 0 })
  expect(await state(id)).toMatchObject({ outcome: 'attested', newest: '2026-05-25', value: { source: 'attested', attestedOn: '2026-05-28', of: 'use', witness: { source: 'attestation' } } })
  w.database.ctx.clock.advance(31 * DAY)
  expect(await w.visit(id)).toMatchObject({ outcome: 'attestation_expired', newest: null })
  const [kept] = await sql`select newest_on::text as newest from channel where id = ${id}`
  expect(kept).toEqual({ newest: '2026-05-25' })
})

const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
const about = () => ({ clock: w.database.ctx.clock, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], browser: false }), log })

test('visit ADDRESS: all that was seen, and nothing registered or kept', async () => {
  const tables = async () => w.database.db.sql`select (select count(*) from channel) as c, (select count(*) from visit) as v, (select count(*) from site_column) as s, (select count(*) from evidence) as e`
  const before = await tables()
  const sight = await visitAddress({ address: s.url, ...about() })
  expect(sight).toMatchObject({ kind: 'website', address: s.url, outcome: 'ok', newest: '2026-05-30', source: 'site', pages: 6, rendered: false })
  expect(sight.columns.find((c) => c.name === '通知公告')).toMatchObject({ newest: '2026-05-20', outcome: 'ok', list: 'listed', url: `${s.url}tzgg/` })
  expect(sight.evidence).toHaveLength(6)
  expect(JSON.parse(JSON.stringify(sight))).toEqual(sight)
  expect(await tables()).toEqual(before)
})

test('visit ADDRESS: a feed by its path; an address that is none is refused in both languages', async () => {
  expect(await visitAddress({ address: `${s.url}feed.xml`, ...about() })).toMatchObject({ kind: 'feed', outcome: 'ok', newest: '2026-05-20', columns: [], home: null })
  const refused = await visitAddress({ address: '某某发布', ...about() }).catch((e: unknown) => e)
  expect(refused).toBeInstanceOf(HuoshuiError)
  expect((refused as HuoshuiError).code).toBe('bad_input')
})

test('pruning keeps the newest bytes and picture of each page, and what a candidate cites with its picture', async () => {
  const own = await world()
  const site = await serve(ordinary())
  try {
    const { sql } = own.database.db
    const id = await own.register(site.url)
    for (const day of ['2026-05-20', '2026-05-22', '2026-05-24']) {
      site.routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2>${list(rows(day, '县教育局通知公告'))}`)
      await own.visit(id)
      own.database.ctx.clock.advance(DAY)
    }
    const uses = await sql<{ sha256: string }[]>`select sha256 from evidence_use where channel_id = ${id} and url = ${`${site.url}tzgg/`} order by fetched_at`
    expect(uses).toHaveLength(3)
    const pictures = uses.map((_, i) => createHash('sha256').update(`picture ${i}`).digest('hex'))
    for (const [i, picture] of pictures.entries()) {
      own.evidence.put(picture, Buffer.from(`picture ${i}`))
      await sql`insert into evidence (sha256, kind, content_type, size, created_at) select ${picture}, 'thumbnail', 'image/jpeg', 9, created_at from evidence where sha256 = ${uses[i]!.sha256}`
      await sql`insert into evidence_use (sha256, channel_id, url, final_url, fetched_at) select ${picture}, channel_id, url, final_url, fetched_at from evidence_use where sha256 = ${uses[i]!.sha256}`
    }
    const cited = uses[0]!.sha256
    await sql`insert into candidate (channel_id, proposal, rule, clause, edition, evidence, answers, opened_at, judged_at)
      values (${id}, 'rectify', 'W3', '{"zh":"","en":""}', 'test', ${sql.json([{ sha256: cited }])}, '[]', now(), now())`
    own.database.ctx.clock.advance(400 * DAY)
    // The months are over by the store's own clock as well.
    const later = openPacks(`${own.evidenceFolder}`, () => Date.now() + 400 * DAY)
    const done = await pruneEvidence({ ctx: own.database.ctx, store: later, days: 100 })
    expect(done).toMatchObject({ uses: 2, pieces: 2 })
    expect(await Promise.all(uses.map((u) => later.has(u.sha256)))).toEqual([true, false, true])
    expect(await Promise.all(pictures.map((p) => later.has(p)))).toEqual([true, false, true])
    expect(await sql`select 1 from audit where verb = 'evidence.prune'`).toHaveLength(1)
  } finally {
    await site.close()
    await own.close()
  }
})
