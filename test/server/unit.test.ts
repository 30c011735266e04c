import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { decide, issueOrder } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'
import { reviewData } from '../console/review-data.ts'
import type { ReviewData } from '../console/review-data.ts'
import { sha } from '../review/register.ts'

describe('the unit’s own view', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let d: ReviewData
  let us: Person
  let person: Person | null = null
  let mine = 0
  let order = 0
  let theirs = 0
  const PDF = Buffer.from('%PDF-1.7\n整改情况说明')
  const get = async (url: string) => (await app.inject(url)).json()
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
  const bring = (id: number, name: string, bytes: Buffer) => app.inject({ method: 'POST', url: `/api/unit/matters/${id}/files?name=${encodeURIComponent(name)}`, payload: bytes, headers: { 'content-type': 'application/octet-stream' } })
  beforeAll(async () => {
    t = await testDatabase()
    d = await reviewData(t, 9)
    // A neighbour in the same county: the region alone would let each see the other's.
    const [other] = await t.db.sql<{ id: number }[]>`insert into organisation (name, region_code) values ('东湖区民政局', '360102') returning id::int`
    await t.db.sql`update channel set organisation_id = ${other?.id ?? 0} where id = ${d.channels[3] ?? 0}`
    us = { kind: 'user', id: 'u-unit', name: '李四', role: 'unit_contact', region: '360102', organisation: d.unit }
    mine = d.candidates[0] ?? 0
    theirs = d.candidates[3] ?? 0
    await decide({ ctx: t.ctx, input: { candidate: mine, step: 'order', reason: '限期整改', deadline: '2026-06-10' } })
    await decide({ ctx: t.ctx, input: { candidate: theirs, step: 'order', reason: '限期整改', deadline: '2026-06-10' } })
    order = (await issueOrder({ ctx: t.ctx, input: { candidate: mine } })).id
    app = await testServer(t, { person: () => person, evidence: d.evidence })
  })
  beforeEach(() => { person = us })
  afterAll(async () => { await app.close(); await t.close() })

  test('shows what was decided about its own channels and nothing that is still undecided', async () => {
    expect(await get('/api/unit/matters')).toMatchObject({ total: 1, due: 1, waiting: 0, done: 0, matters: [{ id: mine, state: 'ordered', deadline: '2026-06-10', daysLeft: 9, orders: [{ id: order }], channel: { organisation: '东湖区教育局' } }] })
    expect((await get(`/api/candidates/${mine}`)).legal).toContain('answer')
    expect((await app.inject(`/api/orders/${order}/file`)).statusCode).toBe(200)
  })
  test('touches no neighbour in the same county', async () => {
    expect((await app.inject(`/api/candidates/${theirs}`)).statusCode).toBe(403)
    expect((await app.inject(`/api/candidates/${theirs}/pack`)).statusCode).toBe(403)
    expect((await bring(theirs, 'a.pdf', PDF)).statusCode).toBe(403)
    expect((await post(`/api/unit/matters/${theirs}/reply`, { step: 'answer', text: 'x', version: 2 })).statusCode).toBe(403)
    expect((await post(`/api/unit/channels/${d.channels[3]}/attest`, { newestOn: '2026-05-31', statedBy: '李四' })).statusCode).toBe(403)
    expect((await get('/api/unit/channels')).channels.map((c: { id: number }) => c.id)).not.toContain(d.channels[3])
    const issued = await issueOrder({ ctx: t.ctx, input: { candidate: theirs } })
    expect((await app.inject(`/api/orders/${issued.id}/file`)).statusCode).toBe(404)
  })
  test.each<[string, string, Buffer, number, RegExp]>([
    ['a page that a browser would run', 'a.html', Buffer.from('<script>'), 400, /不支持的文件类型/],
    ['a program under another name', 'a.pdf', Buffer.from('MZ…'), 400, /不符/],
    ['nothing', 'a.pdf', Buffer.alloc(0), 400, /空|octet/],
    ['a name without an ending', '说明', PDF, 400, /不支持/],
    ['more than 20 MB', 'a.pdf', Buffer.concat([Buffer.from('%PDF'), Buffer.alloc(20_100_000)]), 413, /过大/],
  ])('%s is not taken as proof', async (_name, name, bytes, status, words) => {
    const answer = await bring(mine, name, bytes)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().error.message.zh).toMatch(words)
    expect(await t.db.sql`select 1 from candidate_file`).toHaveLength(0)
  })
  test('brings proof, answers with it, and the office finds it under its hash', async () => {
    const brought = await bring(mine, '整改 说明.pdf', PDF)
    expect(brought.json()).toEqual({ sha256: sha(PDF), name: '整改 说明.pdf', size: PDF.length })
    expect((await post(`/api/unit/matters/${mine}/reply`, { step: 'answer', text: '已恢复更新', files: ['0'.repeat(64)], version: 2 })).json().error.message.zh).toContain('尚未上传')
    expect((await post(`/api/unit/matters/${mine}/reply`, { step: 'answer', text: '已恢复更新', files: [sha(PDF)], version: 2 })).json()).toMatchObject({ from: 'ordered', to: 'answered' })
    expect(await get('/api/unit/matters')).toMatchObject({ due: 0, waiting: 1 })
    person = { ...ADMINISTRATOR, role: 'rectification' }
    const file = await get(`/api/candidates/${mine}`)
    expect(file.files).toMatchObject([{ sha256: sha(PDF), name: '整改 说明.pdf', by: '李四' }])
    expect(file.steps.at(-1)).toMatchObject({ step: 'answer', reason: '已恢复更新', detail: { files: [sha(PDF)] } })
    const download = await app.inject(`/api/candidates/${mine}/files/${sha(PDF)}`)
    expect(download.rawPayload.equals(PDF)).toBe(true)
    expect(download.headers['content-disposition']).toContain("filename*=UTF-8''%E6%95%B4%E6%94%B9%20")
    expect(download.headers['x-content-type-options']).toBe('nosniff')
    expect((await app.inject(`/api/candidates/${theirs}/files/${sha(PDF)}`)).statusCode).toBe(404)
  })
  test('an appeal goes back to review, and both sides stand in the file', async () => {
    person = { ...ADMINISTRATOR, role: 'rectification' }
    await post(`/api/candidates/${mine}/decide`, { step: 'fail', reason: '仍未更新', deadline: '2026-06-20', version: 3 })
    person = us
    expect((await post(`/api/unit/matters/${mine}/reply`, { step: 'contest', text: '我单位一直更新', version: 4 })).json()).toMatchObject({ to: 'contested' })
    person = { ...ADMINISTRATOR, role: 'rectification' }
    expect((await get('/api/candidates?view=contested')).candidates.map((c: { id: number }) => c.id)).toEqual([mine])
    expect((await post(`/api/candidates/${mine}/decide`, { step: 'uphold', reason: '申诉不成立', version: 5 })).json()).toMatchObject({ to: 'ordered' })
  })
  test('takes back its own answer within the grace, and not the office’s step', async () => {
    expect((await post(`/api/candidates/undo`, { candidates: [mine] })).statusCode).toBe(409)
    await post(`/api/unit/matters/${mine}/reply`, { step: 'answer', text: '误发', version: 6 })
    expect((await post(`/api/candidates/undo`, { candidates: [mine] })).json()).toMatchObject([{ to: 'ordered' }])
  })
  test('states a date, which holds for thirty days', async () => {
    const [channel] = d.channels
    expect((await post(`/api/unit/channels/${channel}/attest`, { newestOn: '2026-06-02', statedBy: '李四' })).statusCode).toBe(400)
    expect((await post(`/api/unit/channels/${channel}/attest`, { newestOn: '2026-05-31', statedBy: '李四' })).json().id).toBeTypeOf('number')
    const of = async () => (await get('/api/unit/channels')).channels.find((c: { id: number }) => c.id === channel).statement
    expect(await of()).toMatchObject({ newestOn: '2026-05-31', statedOn: '2026-06-01', holds: true, daysOld: 0 })
    t.ctx.clock.advance(31 * 86_400_000)
    expect(await of()).toMatchObject({ holds: false, daysOld: 31 })
  })
  test('is nobody else’s', async () => {
    person = { ...ADMINISTRATOR, role: 'rectification' }
    expect((await app.inject('/api/unit/matters')).statusCode).toBe(403)
    person = null
    expect((await app.inject('/api/unit/channels')).statusCode).toBe(401)
  })
})
