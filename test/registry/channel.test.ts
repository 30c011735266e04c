import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { attest, listChannels, registerChannel, seedRegions, setOrganisationOptions, showChannel, updateChannel } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let base: TestDatabase
beforeAll(async () => {
  base = await testDatabase()
  await seedRegions(base.ctx)
})
afterAll(() => base.close())
beforeEach(() => base.db.orm.execute(sql`truncate channel, organisation, attestation, audit, audit_chain restart identity cascade`))

const site = { kind: 'website', name: '甲', address: 'http://a.gov.cn/', organisation: '某局', region: '南昌市' } as const
const register = (input: Parameters<typeof registerChannel>[0]['input']) => registerChannel({ ctx: base.ctx, input })
const verbs = async () => (await base.db.orm.execute<{ verb: string }>(sql`select verb from audit order by id`)).map((r) => r.verb)

describe('one channel in a form', () => {
  test('registers, once; a second time is a conflict and changes nothing', async () => {
    const { id } = await register(site)
    await expect(register({ ...site, name: '乙' })).rejects.toMatchObject({ code: 'conflict' })
    const shown = await showChannel({ ctx: base.ctx, input: { id } })
    expect(shown).toMatchObject({ channel: { name: '甲', regionCode: '360100', state: 'active', nextDueAt: null }, organisation: { name: '某局' }, region: { name: '南昌市' } })
    expect(await verbs()).toEqual(['channel.create'])
  })

  test('refuses what is not the kind’s, an unknown region, a group without unit', async () => {
    await expect(register({ ...site, address: 'https://weibo.com/u/1234567890' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(register({ ...site, region: '不存在' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(register({ kind: 'wechat_group', name: '群' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(register({ ...site, openedOn: '2026-02-30' })).rejects.toThrow()
  })

  test('changes fields, empties them, moves to another unit; audited before and after', async () => {
    const { id } = await register({ ...site, phone: '1' })
    const { changed } = await updateChannel({ ctx: base.ctx, input: { id, changes: { phone: null, organisation: '新局', address: 'http://b.gov.cn' }, reason: '更名' } })
    expect(changed.toSorted()).toEqual(['address', 'addressRaw', 'identityKey', 'organisationId', 'phone'])
    expect(await showChannel({ ctx: base.ctx, input: { id } })).toMatchObject({ channel: { phone: null, address: 'http://b.gov.cn/', identityKey: 'b.gov.cn/' }, organisation: { name: '新局' } })
    const [row] = await base.db.orm.execute<{ reason: string; detail: { changes: unknown[] } }>(sql`select reason, detail from audit where verb = 'channel.update'`)
    expect(row?.reason).toBe('更名')
    expect(row?.detail.changes).toContainEqual({ field: 'phone', before: '1', after: null })
    expect(await updateChannel({ ctx: base.ctx, input: { id, changes: { name: '甲' } } })).toEqual({ changed: [] })
    expect(await verbs()).toEqual(['channel.create', 'channel.update'])
  })

  test('an address that another has is a conflict; an unknown channel is not found', async () => {
    const { id } = await register(site)
    await register({ ...site, address: 'http://b.gov.cn' })
    await expect(updateChannel({ ctx: base.ctx, input: { id, changes: { address: 'b.gov.cn' } } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(updateChannel({ ctx: base.ctx, input: { id: 999, changes: {} } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(showChannel({ ctx: base.ctx, input: { id: 999 } })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('closing and reopening', async () => {
    const { id } = await register(site)
    await updateChannel({ ctx: base.ctx, input: { id, changes: { runningStatus: 'closed' } } })
    expect((await showChannel({ ctx: base.ctx, input: { id } })).channel.state).toBe('closed')
    await updateChannel({ ctx: base.ctx, input: { id, changes: { runningStatus: 'running' } } })
    expect((await showChannel({ ctx: base.ctx, input: { id } })).channel.state).toBe('active')
    expect(await verbs()).toEqual(['channel.create', 'channel.update', 'channel.close', 'channel.update', 'channel.reopen'])
  })
})

test('lists by filter, region with all below it, sorted and paged', async () => {
  for (const [i, region] of ['南昌市', '360102', '赣州市'].entries()) await register({ ...site, name: `站${i}`, address: `http://s${i}.gov.cn`, region })
  await register({ kind: 'weibo', name: '100%微博', address: 'https://weibo.com/u/1234567890', organisation: '某局', region: '赣州市' })
  const list = async (input: Parameters<typeof listChannels>[0]['input']) => {
    const { total, channels } = await listChannels({ ctx: base.ctx, input })
    return [total, ...channels.map((c) => c.name)]
  }
  expect(await list({ filter: { region: '360100' } })).toEqual([2, '站0', '站1'])
  expect(await list({ filter: { kinds: ['website'] }, descending: true, size: 2 })).toEqual([3, '站2', '站1'])
  expect(await list({ filter: { kinds: ['website'] }, page: 2, size: 2 })).toEqual([3, '站2'])
  expect(await list({ filter: { text: '0%' } })).toEqual([1, '100%微博'])
  expect(await list({ filter: { text: '某局', region: '360700', states: ['active'] } })).toEqual([2, '站2', '100%微博'])
  expect(await list({ filter: { ids: [] } })).toEqual([0])
})

test('a statement is entered once and makes the channel due; days ahead are refused', async () => {
  const { id } = await register({ kind: 'wechat_group', name: '群', organisation: '某局' })
  await base.db.orm.execute(sql`update channel set next_due_at = '2027-01-01'`)
  const input = { channel: id, newestOn: '2026-05-01', statedBy: '张三' }
  expect((await attest({ ctx: base.ctx, input })).id).not.toBeNull()
  expect(await attest({ ctx: base.ctx, input })).toEqual({ id: null })
  const shown = await showChannel({ ctx: base.ctx, input: { id } })
  expect(shown.attestations).toMatchObject([{ newestOn: '2026-05-01', statedOn: '2026-06-01', statedBy: '张三', source: 'command' }])
  expect(shown.channel.nextDueAt).toEqual(base.ctx.clock.now())
  await expect(attest({ ctx: base.ctx, input: { ...input, newestOn: '2026-06-02' } })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(attest({ ctx: base.ctx, input: { ...input, statedOn: '2026-06-02' } })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(attest({ ctx: base.ctx, input: { ...input, channel: 999 } })).rejects.toMatchObject({ code: 'not_found' })
})

test('an organisation’s robots option is audited with its reason', async () => {
  await register(site)
  const options = (input: object) => setOrganisationOptions({ ctx: base.ctx, input: { id: 1, reason: '本单位网站', ...input } })
  expect(await options({ ignoreRobots: true })).toEqual({ changed: true })
  expect(await options({ ignoreRobots: true })).toEqual({ changed: false })
  const [row] = await base.db.orm.execute(sql`select reason, detail from audit where verb = 'organisation.options'`)
  expect(row).toEqual({ reason: '本单位网站', detail: { before: { ignoreRobots: false, maxConcurrent: null }, after: { ignoreRobots: true, maxConcurrent: null } } })
  await expect(options({ id: 999 })).rejects.toMatchObject({ code: 'not_found' })
})
