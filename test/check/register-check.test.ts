import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerCheck, tagCheck } from '../../src/check/index.ts'
import { fine } from '../standard/portal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { NOW, observed, regions } from './register.ts'

let t: TestDatabase
const id: Record<string, number> = {}
beforeAll(async () => {
  t = await testDatabase({ now: NOW.toISOString() })
  await regions(t)
  id['good'] = await observed(t, { name: '南昌县人民政府网', siteCode: '3601210001', probes: { tags: { pages: [
    { url: 'http://a/', kind: 'home', metas: { sitename: '南昌县人民政府', sitedomain: 'www.a.gov.cn', siteidcode: '3601210001' } },
    { url: 'http://a/1.html', kind: 'article', metas: { ...fine().tags.pages[0]!.metas, pubdate: '2026-05-01 2:30' } },
  ] } } })
  id['double'] = await observed(t, { name: '南昌县发布', kind: 'weibo' })
  id['twin'] = await observed(t, { name: '南昌县发布二', kind: 'weibo', region: '361100' })
  await t.db.sql`update channel set organisation_id = (select organisation_id from channel where id = ${id['double']}), filing_status = 'unfiled' where id = ${id['twin']}`
  await t.db.sql`update organisation set name = '南昌县人民政府' where id = (select organisation_id from channel where id = ${id['good']})`
  id['closed'] = await observed(t, { name: '旧号', kind: 'weibo', siteCode: 'short' })
  await t.db.sql`update channel set state = 'closed' where id = ${id['closed']}`
})
afterAll(() => t.close())

test('the register: doubles by unit and platform, what is not filed, by name; closed channels are left out', async () => {
  const done = await registerCheck({ ctx: t.ctx })
  expect(done.channels).toBe(3)
  expect(done.findings.map((f) => [f.rule, f.answer, f.channels])).toEqual([
    ['one_account', 'violated', [{ id: id['double'], name: '南昌县发布' }, { id: id['twin'], name: '南昌县发布二' }]],
    ['unfiled', 'violated', [{ id: id['twin'], name: '南昌县发布二' }]],
  ])
})

test('whoever has a region sees its channels alone', async () => {
  const ctx = { ...t.ctx, actor: { kind: 'user', id: 'u', name: '甲', role: 'operations', region: '361100' } as never }
  const done = await registerCheck({ ctx })
  expect([done.channels, done.findings.map((f) => f.rule)]).toEqual([1, ['unfiled']])
  await expect(tagCheck({ ctx, input: { channel: id['good']! } })).rejects.toMatchObject({ code: 'not_found' })
})

test('page tags: what is missing, and what is malformed', async () => {
  const done = await tagCheck({ ctx: t.ctx, input: { channel: id['good']! } })
  const wrong = (url: string) => done.pages.find((p) => p.url === url)!.tags.filter((x) => x.required && x.state !== 'ok').map((x) => [x.tag, x.state])
  expect([done.channel.name, done.at]).toEqual(['南昌县人民政府网', NOW.toISOString()])
  expect(wrong('http://a/')).toEqual([])
  expect(wrong('http://a/1.html')).toEqual([['PubDate', 'malformed'], ['ContentSource', 'missing']])
})

test('a channel whose tags nobody has read, and one that is not there, are named', async () => {
  await expect(tagCheck({ ctx: t.ctx, input: { channel: id['double']! } })).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('南昌县发布') })
  await expect(tagCheck({ ctx: t.ctx, input: { channel: 9999 } })).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('9999') })
})
