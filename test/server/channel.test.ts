import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openEvidence } from '../../src/evidence/index.ts'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

const PAGE = Buffer.from('<html><script>alert(1)</script><p>通知公告</p></html>')
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('rest')])
const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const FAKE = Buffer.from('<svg onload=alert(1)>')

describe('one channel', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person = ADMINISTRATOR
  let id = 0
  const folder = mkdtempSync(join(tmpdir(), 'huoshui-test-evidence-'))
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    const evidence = openEvidence({ data: folder })
    const { sql } = t.db
    const [made] = await sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, region_code, last_visit_at, last_outcome, last_seen_at, newest_on, newest_witness)
      values ('website', '东湖区政府', 'http://www.dh.example.gov.cn/', 'x', 'k1', '360102', '2026-06-01T02:00:00Z', 'ok', '2026-06-01T02:00:00Z', '2026-05-30', '{"source":"list_row","day":"2026-05-30","raw":"05-30"}') returning id::int`
    id = made?.id ?? 0
    await sql`insert into channel (kind, name, address, address_raw, identity_key, region_code, state) values ('weibo', '九江发布', 'https://weibo.com/u/2', 'x', 'k2', '360400', 'closed')`
    await sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, home_status, home_ms) values (${id}, '2026-06-01T02:00:00Z', '2026-06-01T02:00:00Z', '2026-06-01T02:00:04Z', 'ok', 200, 310)`
    await sql`
      insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at, newest_on, observed_at, last_outcome, threshold_days)
      values (${id}, 'http://www.dh.example.gov.cn/xw/', 'a', '要闻', 'news', 'navigation', '2026-01-01', '2026-06-01', '2026-05-10', '2026-06-01T02:00:00Z', 'ok', null),
             (${id}, 'http://www.dh.example.gov.cn/gg/', 'b', '公告', 'notice', 'ledger', '2026-01-01', '2026-06-01', '2026-05-10', '2026-06-01T02:00:00Z', 'ok', 30),
             (${id}, 'http://www.dh.example.gov.cn/jg/', 'c', '机构', 'organisation', 'navigation', '2026-01-01', '2026-06-01', null, '2026-06-01T02:00:00Z', 'ok', null)`
    for (const [bytes, kind, type] of [[PAGE, 'page', 'text/html'], [PNG, 'screenshot', 'image/png'], [FAKE, 'screenshot', 'image/png']] as const) {
      evidence.put(shaOf(bytes), bytes)
      await sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${shaOf(bytes)}, ${kind}, ${type}, ${bytes.length}, now())`
      await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, headers, fetched_at) values (${shaOf(bytes)}, ${id}, 'http://x/', 'http://x/', 200, '{"server":"nginx"}', now())`
    }
    await sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${'a'.repeat(64)}, 'page', 'text/html', 5, now())`
    await sql`insert into evidence_use (sha256, channel_id, url, final_url, fetched_at) values (${'a'.repeat(64)}, ${id}, 'http://pruned/', 'http://pruned/', now())`
    app = await testServer(t, { person: () => person, evidence })
    await app.listen({ host: '127.0.0.1', port: 0 })
  })
  beforeEach(() => { person = ADMINISTRATOR })
  afterAll(async () => { await app.close(); await t.close(); rmSync(folder, { recursive: true }) })

  test('comes with its verdict, its columns’ deadlines and its policy', async () => {
    const file = (await app.inject(`/api/channels/${id}`)).json()
    expect(file.channel).toMatchObject({ name: '东湖区政府', region: '东湖区', newestOn: '2026-05-30' })
    expect(file.verdict.sentence.zh.length).toBeGreaterThan(5)
    expect(file.verdict.answers.map((a: { rule: string }) => a.rule)).toContain('W4a')
    const left = Object.fromEntries(file.columns.map((c: { name: string; deadline: string; daysLeft: number }) => [c.name, [c.deadline, c.daysLeft]]))
    expect(left).toEqual({ 要闻: ['2026-05-24', -8], 公告: ['2026-06-09', 8], 机构: [null, null] })
    expect(file.policy.maxIntervalDays).toBe(14)
    expect(file.evidence).toHaveLength(4)
  })
  test('that is closed says so, whatever was seen', async () => {
    const file = (await app.inject(`/api/channels/${id + 1}`)).json()
    expect(file.verdict).toMatchObject({ kind: 'ended', proposal: null })
  })
  test('of another region is not there, in any of its routes', async () => {
    person = { ...ADMINISTRATOR, role: 'read_only', region: '360400' }
    for (const address of [`/api/channels/${id}`, `/api/channels/${id}/visits`, `/api/channels/${id}/history`, `/api/channels/${id}/live`, `/api/evidence/${shaOf(PAGE)}`, `/api/evidence/${shaOf(PAGE)}/source`, `/api/evidence/${shaOf(PNG)}/picture`]) {
      expect([address, (await app.inject(address)).statusCode]).toEqual([address, 404])
    }
  })
  test('a unit’s contact sees the unit’s own only', async () => {
    person = { ...ADMINISTRATOR, role: 'unit_contact', organisation: 999 } as Person
    expect((await app.inject('/api/channels')).json().total).toBe(0)
    expect((await app.inject(`/api/channels/${id}`)).statusCode).toBe(404)
  })
  test('sources are text that runs nothing, pictures are pictures by their bytes', async () => {
    const source = await app.inject(`/api/evidence/${shaOf(PAGE)}/source`)
    expect(source.statusCode).toBe(200)
    expect(source.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(source.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(source.headers['x-content-type-options']).toBe('nosniff')
    expect(source.headers['content-disposition']).toContain('attachment')
    expect(source.body).toContain('通知公告')
    const picture = await app.inject(`/api/evidence/${shaOf(PNG)}/picture`)
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png'])
    expect((await app.inject(`/api/evidence/${shaOf(FAKE)}/picture`)).statusCode).toBe(400)
    expect((await app.inject(`/api/evidence/${shaOf(PAGE)}/picture`)).statusCode).toBe(400)
    expect((await app.inject(`/api/evidence/${shaOf(PNG)}/source`)).statusCode).toBe(400)
    const pruned = await app.inject(`/api/evidence/${'a'.repeat(64)}/source`)
    expect([pruned.statusCode, pruned.json().error.message.en]).toEqual([404, expect.stringContaining('pruned')])
    expect((await app.inject('/api/evidence/..%2f..%2fetc/source')).statusCode).toBe(400)
  })
  test('is edited, paused and resumed, and all of it is in its history', async () => {
    const put = await app.inject({ method: 'PUT', url: `/api/channels/${id}`, payload: { changes: { name: '东湖区人民政府', note: null }, reason: '更名' } })
    expect(put.json()).toEqual({ changed: ['name'] })
    for (const act of ['pause', 'resume']) expect((await app.inject({ method: 'POST', url: `/api/channels/${id}/${act}`, payload: {} })).statusCode).toBe(200)
    const { rows } = (await app.inject(`/api/channels/${id}/history`)).json()
    expect(rows.map((r: { verb: string }) => r.verb)).toEqual(['channel.resume', 'channel.pause', 'channel.update'])
    expect(rows[2]).toMatchObject({ by: '系统管理员', reason: '更名', detail: { changes: [{ field: 'name', before: '东湖区政府', after: '东湖区人民政府' }] } })
    person = { ...ADMINISTRATOR, role: 'rectification' }
    expect((await app.inject({ method: 'PUT', url: `/api/channels/${id}`, payload: { changes: { name: 'x' } } })).statusCode).toBe(403)
  })
  test('a visit that was asked for is told as it happens', async () => {
    const { at } = (await app.inject({ method: 'POST', url: `/api/channels/${id}/run`, payload: {} })).json()
    const gone = new AbortController()
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/channels/${id}/live?since=${encodeURIComponent(at)}`
    const answer = await fetch(url, { signal: gone.signal })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let said = ''
    const until = async (words: string): Promise<void> => { while (!said.includes(words)) { const { value, done } = await reader.read(); if (done) throw new Error(`ended before ${words}: ${said}`); said += value } }
    await until('"stage":"waiting"')
    await t.db.sql`update channel set claimed_slot = now() where id = ${id}`
    await until('"stage":"in_hand"')
    await t.db.sql`update channel set claimed_slot = null, last_visit_at = ${at}, last_outcome = 'ok' where id = ${id}`
    await until('"stage":"done"')
    await until('event: ended')
    gone.abort()
  })
  test('many are paused at once; what it does not fit is left and counted', async () => {
    const act = (payload: object, query = '') => app.inject({ method: 'POST', url: `/api/channels/act${query}`, payload })
    expect((await act({ act: 'pause', ids: [id, id + 1, 99999] })).json()).toEqual({ asked: 3, changed: 1, left: 2 })
    expect((await act({ act: 'resume' }, '?states=paused')).json()).toEqual({ asked: 1, changed: 1, left: 0 })
    expect((await act({ act: 'run' }, '?text=nothing-of-the-kind')).json()).toEqual({ asked: 0, changed: 0, left: 0 })
    person = { ...ADMINISTRATOR, role: 'operations', region: '360400' }
    expect((await act({ act: 'pause', ids: [id] })).json()).toEqual({ asked: 1, changed: 0, left: 1 })
    person = { ...ADMINISTRATOR, role: 'read_only' }
    expect((await act({ act: 'pause', ids: [id] })).statusCode).toBe(403)
  })
  test('a view is kept for its owner alone', async () => {
    const put = (name: string, query: string) => app.inject({ method: 'PUT', url: '/api/views', payload: { page: 'channels', name, query } })
    await put('久未更新', 'daysFrom=91')
    const again = (await put('久未更新', 'daysFrom=181')).json()
    expect((await app.inject('/api/views?page=channels')).json()).toEqual([{ id: again.id, name: '久未更新', query: 'daysFrom=181' }])
    person = { ...ADMINISTRATOR, id: 'somebody-else' }
    expect((await app.inject('/api/views?page=channels')).json()).toEqual([])
    expect((await app.inject({ method: 'DELETE', url: `/api/views/${again.id}` })).statusCode).toBe(404)
    person = ADMINISTRATOR
    expect((await app.inject({ method: 'DELETE', url: `/api/views/${again.id}` })).statusCode).toBe(200)
  })
  test('the export holds exactly what is filtered', async () => {
    const csv = await app.inject('/api/channels/export?format=csv&kinds=weibo')
    expect(csv.headers['content-disposition']).toContain('.csv')
    expect(csv.body.trim().split('\n')).toHaveLength(2)
    expect(csv.body).toContain('九江发布')
    const xlsx = await app.inject('/api/channels/export?kinds=weibo')
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})
