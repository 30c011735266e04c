import { getTableColumns, getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import * as schema from '../../../db/schema/index.ts'
import type { Role } from '../../../src/domain/actor.ts'
import { unzipBytes } from '../../../src/export/zip.ts'
import { ROUTES } from '../../../src/server/api/index.ts'
import type { AnyRoute } from '../../../src/server/route.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../../helpers/server.ts'
import type { Person } from '../../helpers/server.ts'
import { HERE, keepSecrets, MARK, THERE } from './secrets.ts'
import type { Secrets } from './secrets.ts'

/** What is there to be reached for: the register's, and a ledger that somebody of the region has uploaded. */
type Reach = Secrets & { readonly upload: string }
type Fill = (s: Reach) => Record<string, string | number>

/** A row of the region and one that is refused. */
const LEDGER = Buffer.from(`渠道类型,渠道名称,网址,主办单位,地区,备案状态\n网站,${MARK}新站,http://new.example.gov.cn/,${MARK}单位,南昌市,已备案\n飞信,没有这种渠道,http://x.example.gov.cn/,某单位,南昌市,已备案\n`)

/** What stands for the parameters of an address. A route whose parameter is not here fails: say what it names. */
const PARAMS: Readonly<Record<string, Fill>> = {
  '/api/channels/:id': (s) => ({ id: s.channel }),
  '/api/candidates/:id': (s) => ({ id: s.candidate }),
  '/api/candidates/:id/order': (s) => ({ id: s.ordered }),
  '/api/candidates/:id/files/:sha256': (s) => ({ id: s.ordered, sha256: s.file }),
  '/api/orders/:id': (s) => ({ id: s.order }),
  '/api/letterheads/:region': () => ({ region: HERE }),
  '/api/watched/:id': (s) => ({ id: s.closed }),
  '/api/unit/matters/:id': (s) => ({ id: s.ordered }),
  '/api/unit/channels/:id': (s) => ({ id: s.channel }),
  '/api/check-runs/:id': (s) => ({ id: s.run }),
  '/api/checks/:id': (s) => ({ id: s.check }),
  '/api/campaigns/:name': () => ({ name: '行动' }),
  '/api/samples/:name': () => ({ name: '抽查' }),
  '/api/evidence/:sha256': (s) => ({ sha256: s.sha256 }),
  '/api/evidence/:sha256/picture': (s) => ({ sha256: s.pictured }),
  '/api/users/:user': (s) => ({ user: s.user }),
  '/api/sessions/:session': (s) => ({ session: s.session }),
  '/api/tokens/:token': (s) => ({ token: s.token }),
  '/api/views/:id': (s) => ({ id: s.view }),
  '/api/ledger/uploads/:id': (s) => ({ id: s.upload }),
  '/api/jobs/:job': () => ({ job: '00000000-0000-4000-8000-000000000000' }),
  '/api/standards/:standard': () => ({ standard: 'gov-2019' }),
  '/api/credentials/:id': () => ({ id: 'weibo.cookie' }),
  '/api/signals/:id': () => ({ id: 'weibo.banned' }),
}

/** What a query must carry. */
const QUERIES: Readonly<Record<string, (s: Reach) => string>> = {
  '/api/checks/:id/changes': (s) => `before=${s.check}`,
  '/api/check-work': (s) => `channel=${s.channel}`,
  '/api/findings': (s) => `channel=${s.channel}`,
  '/api/views': () => 'page=channels',
  '/api/campaigns/:name/members': () => 'figure=baseline',
  '/api/campaigns/:name/bulletin/file': () => 'as=csv',
  '/api/check-runs/:id/file': () => 'format=csv',
  '/api/candidates': () => 'view=all',
  '/api/filings': () => 'view=all',
  '/api/unit/matters/:id/files': () => 'name=a.pdf',
  '/api/ledger/uploads': () => 'name=a.csv',
}

/** A body that somebody of the region could send. A route that changes something and is not here fails. */
const BODIES: Readonly<Record<string, (s: Reach) => unknown>> = {
  'POST /api/channels/act': (s) => ({ act: 'pause', ids: [s.channel] }),
  'POST /api/channels': () => ({ kind: 'weibo', name: '新', address: 'https://weibo.com/u/1234567890', region: HERE }),
  'PUT /api/channels/:id': () => ({ changes: { note: '改' } }),
  'POST /api/channels/:id/run': () => ({ reason: 'x' }),
  'POST /api/channels/:id/pause': () => ({ reason: 'x' }),
  'POST /api/channels/:id/resume': () => ({ reason: 'x' }),
  'POST /api/policies/preview': (s) => ({ scope: 'organisation', target: String(s.organisation), settings: { intervalDays: 2 } }),
  'PUT /api/policies': () => ({ scope: 'region', target: HERE, settings: { intervalDays: 2 } }),
  'POST /api/availability-weeks': (s) => ({ selection: { ids: [s.channel] } }),
  'POST /api/availability-weeks/stop': (s) => ({ selection: { ids: [s.channel] } }),
  'PUT /api/credentials/:id': (s) => ({ values: { cookie: 'SUB=x' }, organisation: s.organisation }),
  'POST /api/credentials/:id/remove': (s) => ({ organisation: s.organisation }),
  'PUT /api/bridges': (s) => ({ channel: s.closed, type: 'rsshub', url: 'https://bridge.example/x' }),
  'POST /api/bridges/remove': (s) => ({ channel: s.closed, type: 'rsshub' }),
  'POST /api/signals/:id/confirm': () => ({ reason: 'x' }),
  'POST /api/check-runs': () => ({ filter: { region: HERE } }),
  'POST /api/findings': (s) => ({ channel: s.channel, indicator: 'W1.1', answers: {} }),
  'PUT /api/check-plans': () => ({ name: '计划', filter: { region: HERE }, every: 'day' }),
  'PUT /api/subscriptions': () => ({ name: '新订阅', way: 'email', address: 'b@example.gov.cn', region: HERE, role: 'operations' }),
  'PUT /api/views': () => ({ page: 'channels', name: '我的', query: '' }),
  'DELETE /api/views/:id': () => undefined,
  'POST /api/candidates/:id/decide': () => ({ step: 'dismiss', reason: 'x', version: 1 }),
  'POST /api/candidates/decide': (s) => ({ step: 'dismiss', reason: 'x', candidates: [s.candidate] }),
  'POST /api/candidates/orders': (s) => ({ candidates: [s.candidate] }),
  'POST /api/candidates/undo': (s) => ({ candidates: [s.candidate] }),
  'POST /api/candidates/assign': (s) => ({ candidates: [s.candidate], assignee: s.user }),
  'POST /api/candidates/:id/order': () => ({}),
  'PUT /api/letterheads/:region': () => ({ issuer: '某办' }),
  'POST /api/filings': (s) => ({ channel: s.channel, number: '1', reviewedBy: 'x' }),
  'POST /api/watched/:id/return': () => ({ reason: 'x' }),
  'POST /api/unit/matters/:id/files': () => Buffer.from('%PDF-1.7 proof'),
  'POST /api/unit/matters/:id/reply': () => ({ step: 'answer', text: '已整改', version: 2 }),
  'POST /api/unit/channels/:id/attest': () => ({ newestOn: '2026-05-20', statedBy: '李' }),
  'POST /api/campaigns': () => ({ name: '新行动', regions: [HERE] }),
  'POST /api/samples': () => ({ name: '新抽查', seed: 'x', share: 50, regions: [HERE] }),
  'POST /api/samples/:name/results': (s) => ({ channel: s.channel, result: 'passed' }),
  'POST /api/samples/:name/crawled': () => ({}),
  'POST /api/ledger/uploads': () => LEDGER,
  'POST /api/ledger/uploads/:id/check': () => ({}),
  'POST /api/ledger/uploads/:id/import': () => ({ skipBad: true }),
  'POST /api/users': () => ({ username: 'newcomer', name: 'x', role: 'read_only', region: HERE }),
  'PUT /api/users/:user': () => ({ name: '改' }),
  'POST /api/users/:user/disable': () => ({ disabled: true }),
  'POST /api/users/:user/reset-password': () => ({}),
  'POST /api/users/:user/unlock': () => ({}),
  'POST /api/sessions/:session/revoke': () => ({}),
  'POST /api/sessions/revoke-others': () => ({}),
  'POST /api/tokens': () => ({ name: 'x', scopes: ['read'], days: 1 }),
  'POST /api/tokens/:token/revoke': () => ({}),
}

/** Parameters that name nothing of a region: everybody's alike, or kept by the one who made it. */
const NOBODYS = new Set(['/api/standards/:standard', '/api/jobs/:job', '/api/signals/:id', '/api/signals/:id/confirm', '/api/credentials/:id', '/api/sessions/:session/revoke', '/api/tokens/:token/revoke', '/api/views/:id'])

/** Of one's own only: what they write is one's own, so that they are asked about the secrets' rows alone. */
const OWN = new Set(['PUT /api/views', 'POST /api/tokens', 'POST /api/check-runs', 'PUT /api/check-plans', 'POST /api/samples', 'POST /api/samples/:name/crawled'])

const routes = (ROUTES as readonly AnyRoute[]).filter((r) => r.door !== 'anyone' && !r.url.startsWith('/api/auth/'))
const name = (r: AnyRoute): string => `${r.method} ${r.url}`
const rolesOf = (r: AnyRoute): readonly Role[] => {
  if (!Array.isArray(r.door)) return ['read_only']
  const others = (r.door as readonly Role[]).filter((role) => role !== 'administrator')
  return others.length === 0 ? ['administrator'] : others
}

describe('every route’s region, from the table of routes', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let s: Reach
  let person: Person = ADMINISTRATOR
  beforeAll(async () => {
    t = await testDatabase()
    const kept = await keepSecrets(t)
    app = await testServer(t, { person: () => person, evidence: kept.evidence, env: { HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') } })
    person = { ...stranger('operations', 'region'), id: 'u-here', region: HERE }
    const upload = await app.inject({ method: 'POST', url: `/api/ledger/uploads?name=${encodeURIComponent(`${MARK}.csv`)}`, headers: { 'content-type': 'application/octet-stream' }, payload: LEDGER })
    s = { ...kept, upload: upload.json().id }
  })
  afterAll(async () => { await app.close(); await t.close() })

  const addressOf = (r: AnyRoute): string => {
    const known = Object.keys(PARAMS).filter((key) => r.url === key || r.url.startsWith(`${key}/`)).sort((a, b) => b.length - a.length)[0]
    if (r.url.includes(':') && known === undefined) throw new Error(`${name(r)}: say in PARAMS what its parameter names`)
    const values = known === undefined ? {} : PARAMS[known]!(s)
    const path = r.url.replace(/:(\w+)/g, (_hole, key: string) => {
      if (values[key] === undefined) throw new Error(`${name(r)}: PARAMS has no ${key}`)
      return encodeURIComponent(String(values[key]))
    })
    return QUERIES[r.url] === undefined ? path : `${path}?${QUERIES[r.url]!(s)}`
  }
  const call = (r: AnyRoute): Promise<LightMyRequestResponse> => {
    if (r.method !== 'GET' && !(name(r) in BODIES)) throw new Error(`${name(r)}: say in BODIES what may be sent`)
    const body = r.method === 'GET' ? undefined : BODIES[name(r)]?.(s)
    return app.inject({ method: r.method, url: addressOf(r), ...(body === undefined ? {} : { payload: body as object }), ...(Buffer.isBuffer(body) ? { headers: { 'content-type': 'application/octet-stream' } } : {}) })
  }
  const textOf = (answer: LightMyRequestResponse): string => (answer.rawPayload.subarray(0, 2).toString() === 'PK' ? [...unzipBytes(answer.rawPayload).values()].map((b) => Buffer.from(b).toString()).join('\n') : answer.body)
  const stranger = (role: Role, where: 'region' | 'unit'): Person => (where === 'region'
    ? { kind: 'user', id: 'u-there', name: '外地', role, region: THERE, organisation: s?.elsewhere ?? null }
    : { kind: 'user', id: 'u-near', name: '邻近', role, region: HERE, organisation: s?.neighbour ?? null })

  /** A digest of every row, or of those that are the secrets' own. */
  const digest = async (whose: 'all' | 'secrets'): Promise<Record<string, string>> => {
    const tables = Object.values(schema).filter((table) => !['region', 'pacing'].includes(getTableName(table)))
    const ofChannel = tables.filter((table) => 'channelId' in getTableColumns(table))
    const parts = (whose === 'all' ? tables : ofChannel).map((table) => {
      const only = whose === 'all' ? '' : ` where channel_id in (select id from channel where region_code = '${HERE}')`
      return `select '${getTableName(table)}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${getTableName(table)}" t${only}`
    })
    const rows = await t.db.sql.unsafe(parts.join(' union all ')) as unknown as { name: string; sum: string }[]
    return Object.fromEntries(rows.map((r) => [r.name, r.sum]))
  }

  const cases = routes.flatMap((r) => rolesOf(r).flatMap((role) => (role === 'unit_contact' ? ['region', 'unit'] as const : ['region'] as const).map((where) => [name(r), role, where, r] as const)))

  // What is streamed to everybody alike names nothing, and never ends: security/streams.test.ts.
  test.each(cases.filter(([, , , r]) => r.method === 'GET' && (r.answer !== 'events' || r.url.includes(':'))))('%s tells %s of another %s nothing', async (_name, role, where, r) => {
    person = stranger(role, where)
    const answer = await call(r)
    // A unit's contact may see the region's public standing; what is a unit's own matter stays with it.
    if (r.url.includes(':') && !NOBODYS.has(r.url) && !/^\/api\/(campaigns|samples)\//.test(r.url) && where === 'region') expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([answer.statusCode === 404 ? 404 : 403, expect.anything()])
    expect([200, 400, 403, 404]).toContain(answer.statusCode)
    if (answer.statusCode === 400) expect(answer.json().error.code).not.toBe('failed')
    if (where === 'region' || r.url.startsWith('/api/unit/')) expect(textOf(answer)).not.toContain(MARK)
  })

  test.each(cases.filter(([, , , r]) => r.method !== 'GET'))('%s lets %s of another %s change nothing', async (_name, role, where, r) => {
    person = stranger(role, where)
    const whose = OWN.has(name(r)) ? 'secrets' : 'all'
    const before = await digest(whose)
    const answer = await call(r)
    expect([200, 400, 403, 404, 409]).toContain(answer.statusCode)
    if (r.url.includes(':') && !NOBODYS.has(r.url) && !OWN.has(name(r))) expect([name(r), answer.statusCode, answer.body.slice(0, 200)]).toEqual([name(r), answer.statusCode === 404 ? 404 : 403, expect.anything()])
    expect(await digest(whose)).toEqual(before)
    expect(answer.body).not.toContain(MARK)
  })

  test('a ledger from elsewhere enters nothing here', async () => {
    person = stranger('operations', 'region')
    const before = await digest('all')
    const sent = await app.inject({ method: 'POST', url: '/api/ledger/uploads?name=a.csv', headers: { 'content-type': 'application/octet-stream' }, payload: LEDGER })
    const answer = await app.inject({ method: 'POST', url: `/api/ledger/uploads/${sent.json().id}/import`, payload: { skipBad: true } })
    expect([200, 403]).toContain(answer.statusCode)
    const after = await digest('all')
    expect(after['channel']).toBe(before['channel'])
    expect(after['organisation']).toBe(before['organisation'])
  })

  test('the mark would be seen: to somebody of the region the lists do show it', async () => {
    const shown: string[] = []
    for (const r of routes.filter((x) => x.method === 'GET' && x.answer !== 'events')) {
      person = { kind: 'user', id: 'u-here', name: '本地', role: r.url.startsWith('/api/unit/') ? 'unit_contact' : 'administrator', region: HERE, organisation: s.organisation }
      if (textOf(await call(r)).includes(MARK)) shown.push(r.url)
    }
    expect(shown).toEqual(expect.arrayContaining([
      '/api/users', '/api/audit', '/api/audit/export', '/api/channels', '/api/channels/:id', '/api/policies', '/api/subscriptions', '/api/organisations', '/api/check-runs', '/api/check-runs/:id/file',
      '/api/candidates', '/api/candidates/:id', '/api/candidates/:id/pack', '/api/candidates/reviewers', '/api/orders', '/api/filings', '/api/evidence/:sha256', '/api/evidence/:sha256/source', '/api/campaigns/:name/members', '/api/samples/:name/members',
    ]))
  })

  /** The fixtures are good: whoever is of the region and unit is let through, so that what was refused above was refused for the region. */
  test.each(routes.filter((r) => r.url.includes(':') && !NOBODYS.has(r.url) && r.answer !== 'events').map((r) => [name(r), r] as const))('%s lets somebody of the region through', async (_name, r) => {
    // Ledgers are loaded by whoever has the whole register alone.
    person = { kind: 'user', id: 'u-here', name: '本地', role: rolesOf(r)[0] ?? 'administrator', region: r.url.startsWith('/api/ledger/') ? null : HERE, organisation: s.organisation }
    const answer = await call(r)
    expect([answer.statusCode === 409 ? 200 : answer.statusCode, answer.statusCode < 300 ? '' : answer.body.slice(0, 300)]).toEqual([200, answer.statusCode === 409 ? expect.anything() : ''])
  })
})
