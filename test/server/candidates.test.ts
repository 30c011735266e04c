import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'
import { addCandidates, memoryStore } from '../review/register.ts'
import { unzipBytes } from '../../src/export/zip.ts'

const REVIEWER: Person = { kind: 'user', id: 'u-zhang', name: '张三', role: 'rectification', region: '360000' }
const EAST_LAKE: Person = { kind: 'user', id: 'u-li', name: '李四', role: 'rectification', region: '360102' }

describe('the review queue', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person | null = REVIEWER
  let candidates: number[]
  let channels: number[]
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
  const get = async (url: string) => (await app.inject(url)).json()
  beforeAll(async () => {
    t = await testDatabase();
    ({ candidates, channels } = await addCandidates(t, 12))
    app = await testServer(t, { person: () => person, evidence: memoryStore([]) })
  })
  beforeEach(() => { person = REVIEWER })
  afterAll(async () => { await app.close(); await t.close() })

  test('is filtered, paged and counted by the database', async () => {
    const first = await get('/api/candidates?size=5')
    expect(first.total).toBe(12)
    expect(first.candidates).toHaveLength(5)
    expect(first.candidates[0]).toMatchObject({ state: 'open', proposal: 'rectify', rule: 'N2a', daysOver: 17, newest: '2026-05-01', assignee: null, channel: { kind: 'weibo', organisation: '某局12', region: '东湖区' } })
    expect((await get('/api/candidates?size=5&page=3')).candidates).toHaveLength(2)
    expect((await get('/api/candidates?region=360100')).total).toBe(6)
    expect((await get(`/api/candidates?text=${encodeURIComponent('账号11')}`)).total).toBe(1)
    expect((await get(`/api/candidates?text=${candidates[2]}`)).candidates.map((c: { id: number }) => c.id)).toContain(candidates[2])
    expect((await get('/api/candidates?text=%25')).total).toBe(0)
    const counts = await get('/api/candidates/counts?region=361100')
    expect(counts).toMatchObject({ views: { open: 6, mine: 0, overdue: 0, all: 6 }, kinds: [{ value: 'weibo', count: 6 }], rules: [{ value: 'N2a', count: 6 }] })
  })
  test('opens one with its clause, its rules, its legal steps', async () => {
    const one = await get(`/api/candidates/${candidates[0]}`)
    expect(one).toMatchObject({ version: 1, clause: { zh: '监测时间点前2周内无更新' }, legal: ['dismiss', 'exempt', 'order', 'plan_merge', 'plan_shut_down', 'keep'], channel: { id: channels[0], regionCode: '360102' }, steps: [], orders: [], files: [] })
    expect(one.answers.map((a: { rule: string }) => a.rule)).toEqual(['N2a', 'N3a'])
    expect((await app.inject('/api/candidates/999999')).statusCode).toBe(404)
    expect((await app.inject('/api/candidates/abc')).statusCode).toBe(400)
  })
  test('takes a decision once: who comes second is told', async () => {
    const url = `/api/candidates/${candidates[0]}/decide`
    expect((await post(url, { step: 'dismiss', reason: '经核实持续更新', version: 1 })).json()).toEqual({ candidate: candidates[0], from: 'open', to: 'dismissed', version: 2 })
    const second = await post(url, { step: 'order', reason: '限期整改', deadline: '2026-07-01', version: 1 })
    expect(second.statusCode).toBe(409)
    expect(second.json().error.message.zh).toContain('已被他人处理')
  })
  test('takes it back within ten minutes, as a step of its own, and not later nor for somebody else', async () => {
    const id = candidates[0] ?? 0
    person = { ...REVIEWER, id: 'u-other' }
    expect((await post('/api/candidates/undo', { candidates: [id] })).statusCode).toBe(409)
    person = REVIEWER
    expect((await post('/api/candidates/undo', { candidates: [id] })).json()).toEqual([{ candidate: id, from: 'dismissed', to: 'open', version: 3 }])
    const file = await get(`/api/candidates/${id}`)
    expect(file).toMatchObject({ state: 'open', closedAt: null })
    expect(file.steps.map((s: { step: string }) => s.step)).toEqual(['dismiss', 'undo'])
    expect((await post('/api/candidates/undo', { candidates: [id] })).statusCode).toBe(409)
    await post(`/api/candidates/${id}/decide`, { step: 'exempt', reason: '改版期间', until: '2026-09-01', version: 3 })
    t.ctx.clock.advance(11 * 60_000)
    const late = await post('/api/candidates/undo', { candidates: [id] })
    expect(late.json().error.message.zh).toContain('超过10分钟')
  })
  test('an undone deadline, exemption, shutdown leave nothing in force', async () => {
    const [, id = 0] = candidates
    await post(`/api/candidates/${id}/decide`, { step: 'order', reason: '限期整改', deadline: '2026-07-01', version: 1 })
    await post('/api/candidates/undo', { candidates: [id] })
    expect(await get(`/api/candidates/${id}`)).toMatchObject({ state: 'open', deadline: null, version: 3 })
    await post(`/api/candidates/${id}/decide`, { step: 'exempt', reason: '改版', until: '2026-09-01', version: 3 })
    await post('/api/candidates/undo', { candidates: [id] })
    expect(await t.db.sql`select 1 from exemption where channel_id = ${channels[1] ?? 0} and from_on <= until_on`).toHaveLength(0)
    await post(`/api/candidates/${id}/decide`, { step: 'plan_shut_down', reason: '拟关停', deadline: '2026-07-01', version: 5 })
    await post(`/api/candidates/${id}/decide`, { step: 'confirm_shut_down', reason: '已注销', version: 6 })
    expect(await t.db.sql`select state from channel where id = ${channels[1] ?? 0}`).toEqual([{ state: 'closed' }])
    await post('/api/candidates/undo', { candidates: [id] })
    expect(await t.db.sql`select state from channel where id = ${channels[1] ?? 0}`).toEqual([{ state: 'active' }])
    expect(await get(`/api/candidates/${id}`)).toMatchObject({ state: 'to_shut_down', deadline: '2026-07-01', closedAt: null })
  })
  test('decides many with one reason, all or none', async () => {
    const some = candidates.slice(2, 5)
    const body = { step: 'order', reason: '限期整改', deadline: '2026-06-10', candidates: some }
    expect((await post('/api/candidates/decide', { ...body, candidates: [...some, candidates[1]] })).statusCode).toBe(409)
    expect((await get('/api/candidates?view=all&states=ordered')).total).toBe(0)
    expect((await post('/api/candidates/decide', body)).json().map((d: { to: string }) => d.to)).toEqual(['ordered', 'ordered', 'ordered'])
    expect((await get('/api/candidates/counts')).views).toMatchObject({ week: 0, overdue: 0 })
    t.ctx.clock.set(new Date('2026-06-05T12:00:00+08:00'))
    expect((await get('/api/candidates/counts')).views).toMatchObject({ week: 3, overdue: 0 })
    t.ctx.clock.set(new Date('2026-06-11T12:00:00+08:00'))
    const overdue = await get('/api/candidates?view=overdue&sort=deadline')
    expect(overdue.candidates.map((c: { id: number; overdue: boolean }) => [c.id, c.overdue])).toEqual(some.map((id) => [id, true]))
    expect((await get('/api/candidates?view=all&dueBy=2026-06-10')).total).toBe(3)
  })
  test('assigns to oneself and to a colleague whose region covers it', async () => {
    await t.db.sql`insert into person (id, username, name, role, region, email, created_at, updated_at) values
      ('u-li', 'lisi', '李四', 'rectification', '360102', 'a@x', now(), now()), ('u-wang', 'wangwu', '王五', 'operations', null, 'b@x', now(), now())`
    const [, , , , , , six = 0, seven = 0] = candidates
    expect((await post('/api/candidates/assign', { candidates: [six], assignee: 'u-li' })).json()).toEqual({ assigned: 1 })
    expect((await post('/api/candidates/assign', { candidates: [six, seven], assignee: 'u-li' })).json().error.message.zh).toContain('管辖地区不包括')
    expect((await post('/api/candidates/assign', { candidates: [six], assignee: 'u-wang' })).statusCode).toBe(400)
    expect((await post('/api/candidates/assign', { candidates: [seven], assignee: REVIEWER.id })).statusCode).toBe(200)
    expect((await get('/api/candidates?view=mine')).candidates.map((c: { id: number }) => c.id)).toEqual([seven])
    expect((await get('/api/candidates/reviewers'))).toEqual([{ id: 'u-li', name: '李四', region: '东湖区', inHand: 1 }])
    expect((await get(`/api/candidates/${six}`)).assignee).toEqual({ id: 'u-li', name: '李四' })
    expect((await get('/api/candidates?assignee=none&view=all')).total).toBe(10)
    await post('/api/candidates/assign', { candidates: [six], assignee: null })
    expect((await get(`/api/candidates/${six}`)).assignee).toBeNull()
  })
  test('issues the order, gives it as a document and the evidence as a pack', async () => {
    const [, , id = 0] = candidates
    const extended = await post(`/api/candidates/${id}/decide`, { step: 'extend', reason: '同意延期', deadline: '2026-07-10', version: 2 })
    expect(extended.statusCode).toBe(200)
    const issued = await post(`/api/candidates/${id}/order`, {})
    expect(issued.json()).toMatchObject({ kind: 'rectification', number: '江西活水改〔2026〕1号', candidate: id, deadline: '2026-07-10' })
    const document = await app.inject(`/api/orders/${issued.json().id}/file`)
    expect(document.headers['content-disposition']).toMatch(/^attachment; filename="[^"]+"; filename\*=UTF-8''/)
    expect(Buffer.from(unzipBytes(document.rawPayload).get('word/document.xml') ?? []).toString()).toContain('江西活水改〔2026〕1号')
    expect((await get('/api/orders')).orders[0]).toMatchObject({ number: '江西活水改〔2026〕1号', state: 'ordered', overdue: false })
    expect((await get('/api/orders?overdue=true'))).toMatchObject({ total: 0, overdue: 0 })
    const pack = await app.inject(`/api/candidates/${id}/pack`)
    expect([...unzipBytes(pack.rawPayload).keys()]).toContain('summary.docx')
    expect((await post('/api/candidates/undo', { candidates: [id] })).json().error.message.zh).toContain('已据此发文')
  })
  test('keeps a letterhead for each region', async () => {
    const put = (payload: object) => app.inject({ method: 'PUT', url: '/api/letterheads/360000', payload })
    expect((await put({ issuer: '江西省政务公开办', contact: '李四 0791-1' })).statusCode).toBe(200)
    expect(await get('/api/letterheads/360000')).toEqual({ region: '360000', issuer: '江西省政务公开办', contact: '李四 0791-1', rectification: '江西活水改', shutdown: '江西活水停' })
    expect((await app.inject('/api/letterheads/999999')).statusCode).toBe(404)
  })
  test('shows each their own region, and decides in it alone', async () => {
    person = EAST_LAKE
    expect((await get('/api/candidates?view=all')).total).toBe(6)
    expect((await app.inject(`/api/candidates/${candidates[5]}`)).statusCode).toBe(403)
    expect((await post(`/api/candidates/${candidates[5]}/decide`, { step: 'dismiss', reason: 'x', version: 1 })).statusCode).toBe(403)
    expect((await post('/api/candidates/assign', { candidates: [candidates[5]], assignee: 'u-li' })).statusCode).toBe(403)
    expect((await post('/api/candidates/decide', { candidates: [candidates[5]], step: 'dismiss', reason: 'x' })).statusCode).toBe(403)
    expect((await app.inject(`/api/candidates/${candidates[5]}/pack`)).statusCode).toBe(403)
  })
  test.each<[string, object]>([
    ['no reason', { step: 'dismiss', reason: ' ', version: 1 }],
    ['an unknown step', { step: 'delete', reason: 'x', version: 1 }],
    ['the unit’s own step', { step: 'answer', reason: 'x', version: 1 }],
    ['no version', { step: 'dismiss', reason: 'x' }],
    ['an order without a deadline', { step: 'order', reason: 'x', version: 1 }],
    ['a day that does not exist', { step: 'order', reason: 'x', deadline: '2026-02-30', version: 1 }],
    ['a field that nobody knows', { step: 'dismiss', reason: 'x', version: 1, state: 'kept' }],
  ])('%s is refused', async (_name, body) => {
    const answer = await post(`/api/candidates/${candidates[8]}/decide`, body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.message.zh).not.toBe('')
  })
  test('lets the other roles look and not touch; a unit contact does not see the queue', async () => {
    person = { ...ADMINISTRATOR, role: 'read_only' }
    expect((await app.inject('/api/candidates')).statusCode).toBe(200)
    expect((await post(`/api/candidates/${candidates[8]}/decide`, { step: 'dismiss', reason: 'x', version: 1 })).statusCode).toBe(403)
    person = { ...ADMINISTRATOR, role: 'unit_contact' }
    expect((await app.inject('/api/candidates')).statusCode).toBe(403)
    person = null
    expect((await app.inject('/api/candidates')).statusCode).toBe(401)
  })
})
