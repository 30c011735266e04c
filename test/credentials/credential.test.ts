import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  credentialAlarms, listCredentials, openVault, removeCredential, reportCredential, rotateKey, setBridge, setCredential,
} from '../../src/credentials/index.ts'
import { KEY_A, KEY_B, SECRET, place, reader, regional } from './fixtures.ts'
import type { Place } from './fixtures.ts'

const DAY = 86_400_000
let p: Place
const warnings: string[] = []
const log = { warn: (m: string) => void warnings.push(m) }
beforeAll(async () => { p = await place() })
afterAll(() => p.close())
beforeEach(async () => {
  warnings.length = 0
  await p.db.sql`truncate credential, bridge, confirmed_signal`
})
const refusal = (promise: Promise<unknown>): Promise<{ code: string; text: { en: string; zh: string } }> => promise.then(() => { throw new Error('was not refused') }, (e: unknown) => e as never)
const cookie = { id: 'weibo.cookie', values: { cookie: SECRET } }
const keys = () => ({ data: p.data })
const set = (input: Parameters<typeof setCredential>[0]['input'], at = keys()) => setCredential({ ctx: p.ctx, keys: at, input })
const vault = (now?: () => number, at: { data: string; key?: string } = keys()) => openVault({ ctx: p.ctx, keys: at, log, ...(now === undefined ? {} : { now }) })

test('what is put is sealed, and no secret is in the database, the audit trail, the board or an error', async () => {
  const id = await p.channel('weibo')
  await set({ ...cookie, channel: id, validUntil: '2026-12-31' })
  const [dump] = await p.db.sql<{ t: string }[]>`select (select json_agg(c) from credential c)::text || (select json_agg(a) from audit a)::text as t`
  expect(dump!.t).not.toContain(SECRET)
  expect(dump!.t).toContain('credential.set')
  const board = await listCredentials({ ctx: p.ctx })
  expect(board).toMatchObject([{ id: 'weibo.cookie', kind: 'weibo', scope: 'channel', target: String(id), fields: ['cookie'], state: 'untried', putBy: 'test', validUntil: '2026-12-31' }])
  expect(JSON.stringify(board)).not.toContain(SECRET)
  expect(JSON.stringify(board)).not.toContain('sealed')
  const means = await vault().meansOf({ id, organisationId: null, kind: 'weibo' })
  expect(means.credentials).toEqual({ 'weibo.cookie': { cookie: SECRET } })
  expect(means.hide(`asked with ${SECRET} and ${encodeURIComponent(SECRET)}`)).not.toContain(SECRET)
})

test('errors about fields name the fields and repeat nothing that was given', async () => {
  for (const values of [{ cookie: SECRET, [SECRET]: 'x' }, { [SECRET]: SECRET }, { cookie: `${SECRET}\r\nx: y` }, { cookie: '  ' }, {}] as Record<string, string>[]) {
    const e = await refusal(set({ id: 'weibo.cookie', values }))
    expect(e.code).toBe('bad_input')
    expect(e.text.en).toContain('cookie')
    expect(JSON.stringify(e) + String(e) + String((e as unknown as Error).stack)).not.toContain(SECRET)
  }
  const unknown = await refusal(set({ id: 'weibo.magic', values: { token: SECRET } }))
  expect(unknown).toMatchObject({ code: 'not_found', text: { en: expect.stringContaining('wechat_official.api (appid, secret)') } })
  expect(await p.db.sql`select 1 from credential`).toHaveLength(0)
})

test('the most particular of a kind wins, and other kinds and units see none', async () => {
  const organisation = await p.organisation('甲局')
  const [own, sibling, stranger] = [await p.channel('weibo', { organisation }), await p.channel('weibo', { organisation }), await p.channel('weibo')]
  const v = vault()
  await set({ id: 'weibo.api', values: { access_token: 'for-all' } })
  await set({ id: 'weibo.api', values: { access_token: 'for-unit' }, organisation })
  await set({ id: 'weibo.api', values: { access_token: 'for-own' }, channel: own })
  const token = async (id: number | null, unit: number | null, kind: 'weibo' | 'douyin' = 'weibo') => (await v.credentialsFor({ id, organisationId: unit, kind }))['weibo.api']?.['access_token']
  expect(await token(own!, organisation)).toBe('for-own')
  expect(await token(sibling!, organisation)).toBe('for-unit')
  expect(await token(stranger!, null)).toBe('for-all')
  expect(await token(null, null)).toBe('for-all')
  expect(await token(own!, organisation, 'douyin')).toBeUndefined()
  await removeCredential({ ctx: p.ctx, input: { id: 'weibo.api', channel: own! } })
  expect(await token(own!, organisation)).toBe('for-unit')
  expect(await refusal(removeCredential({ ctx: p.ctx, input: { id: 'weibo.api', channel: own! } }))).toMatchObject({ code: 'not_found' })
})

test('a key of one account is for one channel: it is never used to read another', async () => {
  const organisation = await p.organisation('乙局')
  const values = { appid: 'wx123', secret: SECRET }
  expect(await refusal(set({ id: 'wechat_official.api', values }))).toMatchObject({ code: 'bad_input', text: { en: expect.stringContaining('--channel') } })
  expect(await refusal(set({ id: 'wechat_official.api', values, organisation }))).toMatchObject({ code: 'bad_input' })
  const first = await p.channel('wechat_official', { organisation })
  expect(await set({ id: 'wechat_official.api', values, organisation })).toEqual({ id: 'wechat_official.api', scope: 'channel', target: String(first) })
  const second = await p.channel('wechat_official', { organisation })
  expect(await refusal(set({ id: 'wechat_official.api', values, organisation }))).toMatchObject({ code: 'bad_input', text: { en: expect.stringContaining(`${first}、${second}`) } })
  expect(await vault().credentialsFor({ id: second, organisationId: organisation, kind: 'wechat_official' })).toEqual({})
  const weibo = await p.channel('weibo')
  expect(await refusal(set({ id: 'wechat_official.api', values, channel: weibo }))).toMatchObject({ code: 'bad_input', text: { en: expect.stringContaining('of kind weibo') } })
})

test('who may: operations in their own region, the whole register for all; bad targets are named', async () => {
  const abroad = await p.channel('weibo', { region: '360200' })
  const home = await p.channel('weibo')
  const as = (actor: typeof regional) => ({ ...p.ctx, actor })
  const put = (actor: typeof regional, more: object) => setCredential({ ctx: as(actor), keys: keys(), input: { ...cookie, ...more } })
  expect(await refusal(put(reader, { channel: home }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(put(regional, { channel: abroad }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(put(regional, {}))).toMatchObject({ code: 'forbidden' })
  await put(regional, { channel: home })
  expect(await refusal(listCredentials({ ctx: as(regional) }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(rotateKey({ ctx: as(regional), keys: keys(), input: {} }))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(set({ ...cookie, channel: 999_999 }))).toMatchObject({ code: 'not_found' })
  expect(await refusal(set({ ...cookie, organisation: 999_999 }))).toMatchObject({ code: 'not_found' })
  expect(await refusal(set({ ...cookie, organisation: 1, channel: 1 }))).toMatchObject({ code: 'bad_input' })
  await expect(set({ ...cookie, validUntil: '2026-02-30' })).rejects.toThrow()
})

test('with another key nothing is sealed and nothing opens; it is said once, and visits go on without', async () => {
  const at = { data: p.data, key: KEY_A }
  await set(cookie, at)
  expect(await refusal(set(cookie, { data: p.data, key: KEY_B } as typeof at))).toMatchObject({ code: 'unavailable', text: { en: expect.stringContaining('wrong key') } })
  const v = vault(undefined, { data: p.data, key: KEY_B })
  expect(await v.meansOf({ id: 1, organisationId: null, kind: 'weibo' })).toMatchObject({ credentials: {} })
  await v.confirmedSignals()
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('wrong key')
  expect(await vault(undefined, at).credentialsFor({ id: 1, organisationId: null, kind: 'weibo' })).toEqual({ 'weibo.cookie': { cookie: SECRET } })
  await removeCredential({ ctx: p.ctx, input: { id: 'weibo.cookie' } })
})

test('rotation: a new key file seals all anew; the old key opens nothing', async () => {
  await set(cookie)
  await setBridge({ ctx: p.ctx, keys: keys(), input: { kind: 'weibo', type: 'rsshub', url: `http://rss.example/base?key=${SECRET}` } })
  const old = (await readFile(join(p.data, 'key'), 'utf8')).trim()
  expect(await refusal(rotateKey({ ctx: p.ctx, keys: keys(), input: { newKey: KEY_B } }))).toMatchObject({ code: 'bad_input' })
  const v = vault()
  await v.confirmedSignals()
  expect(await rotateKey({ ctx: p.ctx, keys: keys(), input: {} })).toMatchObject({ sealed: 2, from: 'file' })
  expect((await readFile(join(p.data, 'key'), 'utf8')).trim()).not.toBe(old)
  const channel = { id: 1, organisationId: null, kind: 'weibo' as const }
  expect(await v.meansOf(channel)).toMatchObject({ credentials: { 'weibo.cookie': { cookie: SECRET } }, bridges: [{ type: 'rsshub', url: `http://rss.example/base?key=${SECRET}` }] })
  expect((await vault(undefined, { data: p.data, key: old }).meansOf(channel)).credentials).toEqual({})
})

test('rotation of HUOSHUI_KEY: the new key is given; refused as it stands, nothing changes', async () => {
  const at = { data: p.data, key: KEY_A }
  expect(await refusal(rotateKey({ ctx: p.ctx, keys: at, input: {} }))).toMatchObject({ code: 'bad_input', text: { en: expect.stringContaining('--to -') } })
  await set(cookie, at)
  for (const newKey of [KEY_A, SECRET, '']) expect(await refusal(rotateKey({ ctx: p.ctx, keys: at, input: { newKey } }))).toMatchObject({ code: 'bad_input' })
  const other = { data: p.data, key: KEY_B }
  expect(await refusal(rotateKey({ ctx: p.ctx, keys: other, input: { newKey: KEY_A } }))).toMatchObject({ code: 'unavailable' })
  expect(await rotateKey({ ctx: p.ctx, keys: at, input: { newKey: KEY_B } })).toMatchObject({ sealed: 1, from: 'environment' })
  expect(await vault(undefined, other).credentialsFor({ id: 1, organisationId: null, kind: 'weibo' })).toEqual({ 'weibo.cookie': { cookie: SECRET } })
  const [row] = await p.db.sql<{ detail: unknown }[]>`select detail from audit where verb = 'credential.rotate_key' order by id desc limit 1`
  expect(JSON.stringify(row)).not.toContain(KEY_B)
})

test('a row that was changed in the database opens no more, and the others still do', async () => {
  const id = await p.channel('weibo')
  await set({ id: 'weibo.api', values: { access_token: 'narrow' }, channel: id })
  await set({ id: 'weibo.cookie', values: { cookie: SECRET } })
  await p.db.sql`update credential set target = '999999' where scope = 'channel'`
  expect(await vault().credentialsFor({ id: 999_999, organisationId: null, kind: 'weibo' })).toEqual({ 'weibo.cookie': { cookie: SECRET } })
  expect(warnings[0]).toContain('does not open')
})

test('loaded once a minute; a change of this process is seen at once, one of another within the minute', async () => {
  let now = 0
  const v = vault(() => now)
  const channel = { id: 1, organisationId: null, kind: 'weibo' as const }
  expect(await v.credentialsFor(channel)).toEqual({})
  await set(cookie)
  expect(Object.keys(await v.credentialsFor(channel))).toEqual(['weibo.cookie'])
  await p.db.sql`delete from credential`
  now = 59_000
  expect(Object.keys(await v.credentialsFor(channel))).toEqual(['weibo.cookie'])
  now = 61_000
  expect(await v.credentialsFor(channel)).toEqual({})
})

test('refusals are kept and raise an alarm with what stands still; a success ends it; a wall says nothing', async () => {
  const { sql } = p.db
  const id = await p.channel('weibo', { name: '某县发布' })
  await set({ ...cookie, channel: id })
  let now = 0
  const v = vault(() => now)
  const channel = { id, organisationId: null, kind: 'weibo' as const }
  const state = async () => (await listCredentials({ ctx: p.ctx }))[0]!
  const at = () => p.ctx.clock.now()
  p.ctx.clock.advance(1000)
  for (const outcome of ['challenge', 'timeout', 'rate_limited'] as const) await v.report(channel, [{ source: 'weibo.desktop', outcome, skipped: false }], at())
  await v.report(channel, [{ source: 'weibo.desktop', outcome: 'credential_expired', skipped: true }, { source: 'weibo.mobile', outcome: 'ok', skipped: false }], at())
  expect(await state()).toMatchObject({ state: 'untried', failures: 0 })
  await v.report(channel, [{ source: 'weibo.desktop', outcome: 'ok', skipped: false }], at())
  expect(await state()).toMatchObject({ state: 'works', lastSuccessAt: at().toISOString() })
  expect(await credentialAlarms({ ctx: p.ctx })).toEqual([])
  const since = at()
  for (let i = 0; i < 5; i++) await v.report(channel, [{ source: 'weibo.desktop', outcome: 'credential_expired', skipped: false }], at())
  expect(await state()).toMatchObject({ state: 'stopped', failures: 1, lastFailure: 'credential_expired', stoppedSince: since.toISOString() })
  now = 61_000
  await v.report(channel, [{ source: 'weibo.desktop', outcome: 'credential_expired', skipped: false }], at())
  expect(await state()).toMatchObject({ failures: 6, stoppedSince: since.toISOString() })
  await sql`update channel set last_outcome = 'credential_expired' where id = ${id}`
  await sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, source) values (${id}, ${since}, ${since}, ${since}, 'credential_expired', 'weibo.desktop')`
  expect(await state()).toMatchObject({ stoppedChannels: 1, stopped: [{ id, name: '某县发布' }] })
  const [alarm] = await credentialAlarms({ ctx: p.ctx })
  expect(alarm).toMatchObject({ zh: expect.stringContaining('1 个渠道'), en: expect.stringContaining('weibo.cookie') })
  expect(JSON.stringify(alarm)).not.toContain(SECRET)
  expect(await sql`select 1 from candidate`).toHaveLength(0)
  await v.report(channel, [{ source: 'weibo.desktop', outcome: 'ok', skipped: false }], at())
  expect(await state()).toMatchObject({ state: 'works', failures: 0, stoppedSince: null })
})

test('failures that wait are written when the vault closes; a report older than the credential changes nothing', async () => {
  await set(cookie)
  const channel = { id: 1, organisationId: null, kind: 'weibo' as const }
  const v = vault(() => 0)
  for (let i = 0; i < 4; i++) await v.report(channel, [{ source: 'weibo.desktop', outcome: 'credential_expired', skipped: false }], p.ctx.clock.now())
  await v.close()
  expect((await listCredentials({ ctx: p.ctx }))[0]).toMatchObject({ failures: 4, state: 'stopped' })
  const before = p.ctx.clock.now()
  p.ctx.clock.advance(DAY)
  await set(cookie)
  const [row] = await p.db.sql<{ id: number }[]>`select id::int from credential`
  await reportCredential({ ctx: p.ctx, input: { row: row!.id, outcome: 'credential_expired', at: before } })
  expect((await listCredentials({ ctx: p.ctx }))[0]).toMatchObject({ failures: 0, state: 'untried', stoppedSince: null })
})

test('the stated end: said seven days before, on the last day still good, the day after ended', async () => {
  await set({ ...cookie, validUntil: '2026-09-30' })
  const on = async (day: string) => {
    p.ctx.clock.set(new Date(`${day}T10:00:00+08:00`))
    return [(await listCredentials({ ctx: p.ctx }))[0]!.state, (await credentialAlarms({ ctx: p.ctx })).length]
  }
  expect(await on('2026-09-22')).toEqual(['untried', 0])
  expect(await on('2026-09-23')).toEqual(['expires_soon', 1])
  expect(await on('2026-09-30')).toEqual(['expires_soon', 1])
  expect(await on('2026-10-01')).toEqual(['expired', 1])
})
