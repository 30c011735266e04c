import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmSignal, listBridges, listDuplicates, listSignals, openVault, removeBridge, setBridge } from '../../src/credentials/index.ts'
import { SECRET, place, reader, regional } from './fixtures.ts'
import type { Place } from './fixtures.ts'

let p: Place
beforeAll(async () => { p = await place() })
afterAll(() => p.close())
const refusal = (promise: Promise<unknown>): Promise<{ code: string; text: { en: string } }> => promise.then(() => { throw new Error('was not refused') }, (e: unknown) => e as never)
const set = (input: Parameters<typeof setBridge>[0]['input']) => setBridge({ ctx: p.ctx, keys: { data: p.data }, input })
const vault = () => openVault({ ctx: p.ctx, keys: { data: p.data }, log: { warn: (m) => { throw new Error(m) } } })

test('a channel’s bridge goes before its kind’s; an access code is sealed and not shown', async () => {
  const id = await p.channel('weibo')
  await set({ kind: 'weibo', type: 'rsshub', url: 'http://rss.example/' })
  await set({ channel: id, type: 'rsshub', url: `http://me:${SECRET}@own.example/hub?key=${SECRET}` })
  await set({ channel: id, type: 'feed', url: 'http://own.example/feed.xml' })
  const v = vault()
  expect(await v.bridgesFor({ id, organisationId: null, kind: 'weibo' })).toEqual([
    { type: 'rsshub', url: `http://me:${SECRET}@own.example/hub?key=${SECRET}` }, { type: 'feed', url: 'http://own.example/feed.xml' },
  ])
  expect(await v.bridgesFor({ id: id + 999, organisationId: null, kind: 'weibo' })).toEqual([{ type: 'rsshub', url: 'http://rss.example/' }])
  expect(await v.bridgesFor({ id: null, organisationId: null, kind: 'douyin' })).toEqual([])
  const rows = await listBridges({ ctx: p.ctx })
  expect(rows).toMatchObject([{ scope: 'kind', url: 'http://rss.example/', accessCode: false }, { scope: 'channel', url: 'http://own.example/hub', accessCode: true }, { type: 'feed', accessCode: false }])
  const [dump] = await p.db.sql<{ t: string }[]>`select (select json_agg(b) from bridge b)::text || (select json_agg(a) from audit a)::text as t`
  expect(JSON.stringify(rows) + dump!.t).not.toContain(SECRET)
  expect((await v.meansOf({ id, organisationId: null, kind: 'weibo' })).hide(`GET /hub?key=${SECRET} failed`)).not.toContain(SECRET)
  await removeBridge({ ctx: p.ctx, input: { channel: id, type: 'rsshub' } })
  expect((await v.bridgesFor({ id, organisationId: null, kind: 'weibo' })).map((b) => b.url)).toEqual(['http://rss.example/', 'http://own.example/feed.xml'])
  expect(await refusal(removeBridge({ ctx: p.ctx, input: { channel: id, type: 'rsshub' } }))).toMatchObject({ code: 'not_found' })
})

test('bridges that cannot be: said, and the address is not repeated', async () => {
  const id = await p.channel('weibo', { region: '360200' })
  for (const bad of [{ kind: 'weibo', type: 'feed', url: 'http://a.example/x' }, { kind: 'website', type: 'rsshub', url: 'http://a.example/' }, { kind: 'nothing', type: 'rsshub', url: 'http://a.example/' },
    { kind: 'weibo', channel: id, type: 'rsshub', url: 'http://a.example/' }, { type: 'rsshub', url: 'http://a.example/' }, { kind: 'weibo', type: 'other', url: 'http://a.example/' },
    { kind: 'weibo', type: 'rsshub', url: `ftp://a.example/${SECRET}` }, { kind: 'weibo', type: 'rsshub', url: SECRET }] as never[]) {
    const e = await refusal(set(bad))
    expect(e.code).toBe('bad_input')
    expect(JSON.stringify(e) + String(e)).not.toContain(SECRET)
  }
  expect(await refusal(set({ channel: 999_999, type: 'rsshub', url: 'http://a.example/' }))).toMatchObject({ code: 'not_found' })
  const as = (actor: typeof regional, input: Parameters<typeof setBridge>[0]['input']) => setBridge({ ctx: { ...p.ctx, actor }, keys: { data: p.data }, input })
  expect(await refusal(as(regional, { channel: id, type: 'rsshub', url: 'http://a.example/' }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(as(regional, { kind: 'weibo', type: 'rsshub', url: 'http://a.example/' }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(as(reader, { kind: 'weibo', type: 'rsshub', url: 'http://a.example/' }))).toMatchObject({ code: 'forbidden' })
})

test('a guess is confirmed with a reason, reaches visits, and can be taken back', async () => {
  const guesses = await listSignals({ ctx: p.ctx, input: { guesses: true } })
  const guess = guesses.find((g) => g.outcome.startsWith('gone_'))!
  const sure = (await listSignals({ ctx: p.ctx })).find((s) => s.sure === 'seen')!
  expect(guess).toMatchObject({ sure: 'memory', confirmed: null })
  const v = vault()
  expect(await v.confirmedSignals()).toEqual([])
  expect(await confirmSignal({ ctx: p.ctx, input: { id: guess.id, reason: '2026年5月在两个已注销账号上见到' } })).toEqual({ id: guess.id, confirmed: true })
  expect(await v.confirmedSignals()).toEqual([guess.id])
  expect((await listSignals({ ctx: p.ctx })).find((s) => s.id === guess.id)!.confirmed).toMatchObject({ by: 'test', reason: '2026年5月在两个已注销账号上见到' })
  await confirmSignal({ ctx: p.ctx, input: { id: guess.id, reason: '误认', withdraw: true } }).catch(() => null)
  await confirmSignal({ ctx: p.ctx, input: { id: guess.id, reason: '当时看错了页面', withdraw: true } })
  expect(await v.confirmedSignals()).toEqual([])
  expect(await p.db.sql`select verb, reason from audit where entity = 'signal' order by id`).toMatchObject([{ verb: 'signal.confirm' }, { verb: 'signal.withdraw', reason: '当时看错了页面' }])
  expect(await refusal(confirmSignal({ ctx: p.ctx, input: { id: guess.id, reason: '再撤回一次', withdraw: true } }))).toMatchObject({ code: 'conflict' })
  expect(await refusal(confirmSignal({ ctx: p.ctx, input: { id: sure.id, reason: '已有出处的提示' } }))).toMatchObject({ code: 'conflict' })
  expect(await refusal(confirmSignal({ ctx: p.ctx, input: { id: 'weibo.nothing', reason: '没有这个提示' } }))).toMatchObject({ code: 'not_found', text: { en: expect.stringContaining(guess.id) } })
  expect(await refusal(confirmSignal({ ctx: { ...p.ctx, actor: regional }, input: { id: guess.id, reason: '只管一个市' } }))).toMatchObject({ code: 'forbidden' })
  await expect(confirmSignal({ ctx: p.ctx, input: { id: guess.id, reason: ' ' } })).rejects.toThrow()
})

test('a confirmation of what this version no longer guesses at decides nothing', async () => {
  await p.db.sql`insert into confirmed_signal (signal_id, confirmed_by, confirmed_at, reason) values ('weibo.of_old', 'x', now(), 'from an older version')`
  expect(await vault().confirmedSignals()).toEqual([])
})

test('duplicates over the register: per unit, per account behind a short link, by name; in one’s own region', async () => {
  const { sql } = p.db
  const unit = await p.organisation('丙局', '360200')
  const a = await p.channel('douyin', { organisation: unit, region: '360200', name: '丙局发布' })
  const b = await p.channel('douyin', { organisation: unit, region: '360200', name: '丙局在线' })
  const c = await p.channel('weibo', { key: '1234567890', name: '丁县发布' })
  const d = await p.channel('weibo', { key: 'vanity', name: '丁县发布二' })
  const gone = await p.channel('douyin', { organisation: unit, region: '360200' })
  await sql`update channel set state = 'closed', updated_at = now() where id = ${gone}`
  await sql`insert into page (channel_id, url, sha256, fetched_at, facts) values (${d}, 'memory:', 'x', now(), '{"account":"https://weibo.com/u/1234567890"}')`
  for (const [day, name] of [['01', '旧名字'], ['02', '丁县融媒']] as const) {
    const [visit] = await sql<{ id: number }[]>`insert into visit (channel_id, slot, started_at, ended_at, outcome) values (${c}, ${`2026-05-${day}`}, now(), now(), 'ok') returning id::int`
    await sql`insert into observation (channel_id, visit_id, at, about, outcome, value) values (${c}, ${visit!.id}, ${`2026-05-${day}`}, 'account', 'ok', ${sql.json({ name })})`
  }
  const found = (await listDuplicates({ ctx: p.ctx })).map((f) => [f.rule, f.channels, f.text.zh])
  expect(found).toContainEqual(['one_per_unit', [a, b], expect.stringContaining('2 个账号')])
  expect(found).toContainEqual(['same_account', [c, d], expect.any(String)])
  expect(found).toContainEqual(['name_mismatch', [c], expect.stringContaining('丁县融媒')])
  expect(found.some(([, , zh]) => String(zh).includes('旧名字'))).toBe(false)
  const own = await listDuplicates({ ctx: { ...p.ctx, actor: regional } })
  expect(own.map((f) => f.rule)).toEqual(['same_account', 'name_mismatch'])
})
