import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { decide } from '../../src/review/index.ts'
import { unzipBytes } from '../../src/export/zip.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'
import { reviewData } from '../console/review-data.ts'
import type { ReviewData } from '../console/review-data.ts'

const REVIEWER: Person = { ...ADMINISTRATOR, id: 'u-zhang', name: '张三', role: 'rectification', region: '360000' }

describe('campaigns, orders that follow, filings', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let d: ReviewData
  let person: Person | null = REVIEWER
  const name = '2026年清理'
  const base = `/api/campaigns/${encodeURIComponent(name)}`
  const get = async (url: string) => (await app.inject(url)).json()
  const post = (url: string, payload: object = {}) => app.inject({ method: 'POST', url, payload })
  beforeAll(async () => {
    t = await testDatabase()
    d = await reviewData(t, 12)
    app = await testServer(t, { person: () => person, evidence: d.evidence })
  })
  beforeEach(() => { person = REVIEWER })
  afterAll(async () => { await app.close(); await t.close() })

  test('starts once, with what runs for its baseline', async () => {
    expect(await get('/api/campaigns')).toEqual([])
    expect((await post('/api/campaigns', { name, targetRate: 40 })).json()).toMatchObject({ name, baseline: 12 })
    expect((await post('/api/campaigns', { name })).statusCode).toBe(409)
    expect((await post('/api/campaigns', { name: ' ' })).statusCode).toBe(400)
    expect((await post('/api/campaigns', { name: 'x', regions: ['360900'] })).statusCode).toBe(400)
    person = { ...REVIEWER, role: 'read_only' }
    expect((await post('/api/campaigns', { name: 'y' })).statusCode).toBe(403)
    expect(await get('/api/campaigns')).toMatchObject([{ name, startedBy: '张三', target: 40, baseline: 12, removed: 0, rate: 0 }])
  })
  test('each number of the report is the length of the list behind it', async () => {
    t.ctx.clock.advance(86_400_000)
    const [a = 0, b = 0, c = 0, e = 0] = d.candidates
    await decide({ ctx: t.ctx, input: { candidate: a, step: 'order', reason: '改', deadline: '2026-06-05' } })
    await decide({ ctx: t.ctx, input: { candidate: b, step: 'plan_shut_down', reason: '停', deadline: '2026-06-20' } })
    await decide({ ctx: t.ctx, input: { candidate: b, step: 'confirm_shut_down', reason: '已注销' } })
    await decide({ ctx: t.ctx, input: { candidate: c, step: 'keep', reason: '留' } })
    await decide({ ctx: t.ctx, input: { candidate: e, step: 'order', reason: '改', deadline: '2026-06-05' } })
    const report = await get(`${base}/report`)
    expect(report.totals).toMatchObject({ baseline: 12, removed: 1, remaining: 11, rate: 8.33 })
    for (const row of report.rows) {
      for (const figure of ['baseline', 'removed', 'remaining', 'candidates', 'ordered', 'kept', 'shut_down'] as const) {
        expect((await get(`${base}/members?figure=${figure}&region=${row.region}&kind=${row.kind}`)).total, `${row.regionName} ${row.kind} ${figure}`).toBe(row[figure])
      }
    }
    const ordered = await get(`${base}/members?figure=ordered&size=1&page=2`)
    expect(ordered).toMatchObject({ total: 2, members: [{ candidate: a, candidateState: 'ordered' }] })
    expect((await get(`${base}/report?asOf=2026-06-01T23:59:59%2B08:00`)).totals.removed).toBe(0)
    expect((await app.inject(`${base}/members?figure=nonsense`)).statusCode).toBe(400)
    expect((await app.inject('/api/campaigns/nobody/report')).statusCode).toBe(404)
  })
  test('the week names who is behind', async () => {
    const week = await get(`${base}/weekly`)
    expect(week.totals).toMatchObject({ removedThisWeek: 1, baseline: 12 })
    expect(week.regions.map((r: { regionName: string; rank: number }) => [r.rank, r.regionName])).toEqual([[1, '南昌市'], [2, '上饶市']])
    expect(week.regions[1]).toMatchObject({ behind: true, undecided: 3 })
    expect(week.oldest).toHaveLength(8)
  })
  test('the bulletin that is downloaded says what the database says', async () => {
    const preview = await get(`${base}/bulletin`)
    expect(preview.overall).toMatchObject({ running: 11, failed: 10 })
    const csv = await app.inject(`${base}/bulletin/file?as=csv`)
    expect(csv.headers['content-type']).toContain('text/csv')
    const rows = csv.body.trim().split('\n').slice(1)
    expect(rows).toHaveLength(preview.failing.length)
    for (const [i, f] of preview.failing.entries()) expect(rows[i]).toContain(f.name)
    expect(JSON.parse((await app.inject(`${base}/bulletin/file?as=json`)).body)).toMatchObject({ totals: { baseline: 12, removed: 1 }, failing: preview.failing.map((f: { name: string }) => ({ name: f.name })) })
    const docx = await app.inject(`${base}/bulletin/file?as=docx`)
    expect(Buffer.from(unzipBytes(docx.rawPayload).get('word/document.xml') ?? []).toString()).toContain('共12个,已清理1个')
    const xlsx = await app.inject(`${base}/bulletin/file?as=xlsx`)
    expect([...unzipBytes(xlsx.rawPayload).keys()].filter((k) => /worksheets\/sheet/.test(k))).toHaveLength(3)
    expect((await app.inject(`${base}/bulletin/file?as=exe`)).statusCode).toBe(400)
  })
  test('a sample is drawn, entered and counted', async () => {
    expect((await post('/api/samples', { name: '二季度', seed: '2026Q2', share: 50 })).json()).toMatchObject({ name: '二季度', population: 11 })
    const sample = `/api/samples/${encodeURIComponent('二季度')}`
    const { total, members } = await get(`${sample}/members`)
    expect(members).toHaveLength(total)
    expect((await post(`${sample}/results`, { channel: members[0].channel, result: 'failed' })).statusCode).toBe(400)
    expect((await post(`${sample}/results`, { channel: members[0].channel, result: 'failed', note: '空白栏目' })).statusCode).toBe(200)
    expect((await post(`${sample}/results`, { channel: members[1].channel, result: 'passed' })).statusCode).toBe(200)
    expect(await get(sample)).toMatchObject({ checked: 2, failed: 1, passRate: 50, drawn: total })
    expect((await get(`${sample}/members?result=failed`)).members).toMatchObject([{ note: '空白栏目', enteredBy: '张三' }])
    expect((await post(`${sample}/crawled`)).json()).toMatchObject({ left: total - 2 })
    expect(await get('/api/samples')).toMatchObject([{ name: '二季度', checked: 2, failed: 1 }])
  })
  test('what was shut is watched, and a return is confirmed by a person', async () => {
    const [, channel = 0] = d.channels
    await t.db.sql`update channel set newest_on = '2026-06-09', last_seen_at = '2026-06-10', last_visit_at = '2026-06-10', last_outcome = 'ok' where id = ${channel}`
    expect(await get('/api/watched/counts')).toEqual({ watched: 1, returned: 1 })
    expect(await get('/api/watched?returned=true')).toMatchObject([{ channel, returned: true, newest: '2026-06-09' }])
    expect((await post(`/api/watched/${channel}/return`, { reason: '' })).statusCode).toBe(400)
    expect((await post(`/api/watched/${channel}/return`, { reason: '又在发布' })).json()).toMatchObject({ channel, candidate: d.candidates[1] })
    expect(await get('/api/watched/counts')).toEqual({ watched: 0, returned: 0 })
    expect((await get(`/api/candidates/${d.candidates[1]}`)).state).toBe('open')
  })
  test('files a kept channel, once nothing is lacking', async () => {
    const [, , channel = 0] = d.channels
    const page = await get('/api/filings?view=unfiled')
    expect(page.total).toBe(12)
    expect((await post('/api/filings', { channel, number: '赣备2026-1', reviewedBy: '张三' })).json()).toMatchObject({ channel, number: '赣备2026-1', filedOn: '2026-06-02' })
    expect(await get('/api/filings?view=complete')).toMatchObject({ total: 1, filings: [{ channel, complete: true, number: '赣备2026-1' }] })
    await t.db.sql`update channel set opened_on = null where id = ${d.channels[0] ?? 0}`
    expect((await get('/api/filings?view=incomplete&text=1号')).filings.find((f: { channel: number }) => f.channel === d.channels[0]).lacking).toEqual(['opened_on'])
    expect((await post('/api/filings', { channel: d.channels[0], number: 'x', reviewedBy: 'y' })).json().error.message.zh).toContain('开设时间')
  })
  test('each sees their own region, in every list', async () => {
    person = { ...REVIEWER, region: '361100' }
    expect((await get(`${base}/report`)).totals.baseline).toBe(4)
    expect((await get(`${base}/members?figure=baseline`)).total).toBe(4)
    expect((await get('/api/filings?view=all')).total).toBe(4)
    expect((await get(`${base}/bulletin`)).regions.map((r: { regionName: string }) => r.regionName)).toEqual(['上饶市'])
    person = { ...REVIEWER, role: 'unit_contact' }
    for (const url of ['/api/campaigns', `${base}/report`, '/api/filings', '/api/watched', '/api/samples', '/api/orders']) expect((await app.inject(url)).statusCode, url).toBe(403)
  })
})
