import { mkdtempSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import { stoppedClock } from '../../../src/domain/clock.ts'
import { visitAddress } from '../../../src/visit/index.ts'
import type { VisitorOptions } from '../../../src/visit/index.ts'
import { loadRecipes } from '../../../src/visit/recipe/load.ts'
import { tryRecipe } from '../../../src/visit/recipe/try.ts'
import { list, ordinary, page, rows, serve, world } from '../harness.ts'
import type { TestSite } from '../harness.ts'

const folders: string[] = []
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const f of folders.splice(0)) rmSync(f, { recursive: true })
  for (const close of closing.splice(0)) await close()
})
const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
const clock = stoppedClock(new Date('2026-06-01T12:00:00+08:00'))

function folder(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), 'huoshui-recipes-'))
  folders.push(dir)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}
const site = async (routes: Parameters<typeof serve>[0], host?: string): Promise<TestSite> => {
  const s = await serve(routes, host)
  closing.push(() => s.close())
  return s
}
const settings = (recipes?: string) => loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], browser: false, ...(recipes === undefined ? {} : { recipes }) })

/** A home-grown platform: rows that no reader would take for a list of items, days in pieces; letters in cards; a search of its own. */
const ODD = (name: string, days: readonly string[]): string => page(name, `<!-- jx-platform-v3 --><div class="wall">${days.map((d, i) => `<div class="brick" data-to="/n/${i}.html"><b>关于${name}工作的第${i + 1}号文件</b><i data-day="${d}">详情</i></div>`).join('')}</div>`)
const CARDS = page('来信公开', `<div class="mailwall">${[['路灯不亮', '2026-05-06', '2026-05-09', '城管局'], ['学区划分', '2026-05-20', '', '']].map(([t, a, b, u]) => `<section class="m"><b>${t}</b><i>${a}</i><u>${b}</u><em>${u}</em><s>${b === '' ? '办理中' : '已办结'}</s></section>`).join('')}</div>`)
const RECIPE = {
  id: 'jx-platform', name: '全省集约化平台第三版', fits: { marks: ['jx-platform-v3'] },
  lists: [{ rows: '.wall .brick', title: { select: 'b' }, link: { attribute: 'data-to' }, date: { select: 'i', attribute: 'data-day' } }],
  mailbox: { url: '/mail/', rows: '.m', title: { select: 'b' }, askedOn: { select: 'i' }, answeredOn: { select: 'u' }, unit: { select: 'em' }, status: { select: 's' } },
  search: { url: '/s?k={word}', results: '.hit', title: { select: 'b' } },
}
const routes = () => ({
  ...ordinary(), '/tzgg/': ODD('通知公告', ['2026-05-28', '2026-05-02', '2026-04-11']), '/mail/': CARDS,
  '/': page('某某县教育局', `<!-- jx-platform-v3 --><div class="box"><h3><a href="/gzdt/">工作动态</a></h3>${list(rows('2026-05-30', '工作动态'))}</div>`),
})

test('one recipe serves every site of a platform: its lists, found by nothing else, are dated in a visit', async () => {
  const without = await visitAddress({ address: (await site(routes())).url, config: settings(), clock, log })
  expect(without.columns.find((c) => c.name === '通知公告')?.newest).toBeNull()
  const config = settings(folder({ 'platform.json': RECIPE }))
  for (const host of ['127.0.0.1', '127.0.0.2']) {
    const s = await site(routes(), host)
    const sight = await visitAddress({ address: s.url, config, clock, log })
    expect(sight.columns.find((c) => c.name === '通知公告')).toMatchObject({ newest: '2026-05-28', list: 'listed', outcome: 'ok' })
    expect(sight.columns.find((c) => c.name === '工作动态')).toMatchObject({ newest: '2026-05-30' })
  }
})

test('a recipe added later is used though the page has not changed; a day in the future is no publication', async () => {
  const first = await world()
  closing.push(() => first.close())
  const s = await site(routes())
  const id = await first.register(s.url)
  await first.visit(id)
  expect((await first.column(id, '通知公告')).newest).toBeNull()
  const dir = folder({ 'platform.json': RECIPE })
  const { createVisitor } = await import('../../../src/visit/index.ts')
  const visitor = await createVisitor({ ctx: first.database.ctx, config: settings(dir), log, patience: 50, evidence: first.evidence })
  closing.unshift(() => visitor.close())
  const again = async (): Promise<string | null> => {
    const slot = new Date(first.database.ctx.clock.now().getTime() + 5000)
    first.database.ctx.clock.advance(1000)
    await first.database.db.sql`update channel set claimed_slot = ${slot.toISOString()}, claimed_at = now() where id = ${id}`
    await visitor.visit({ channelId: id, slot, reason: 'first', signal: new AbortController().signal })
    return (await first.column(id, '通知公告')).newest
  }
  expect(await again()).toBe('2026-05-28')
  expect((await first.column(id, '通知公告')).witness).toMatchObject({ source: 'list_row', where: 'recipe jx-platform' })
  s.routes['/tzgg/'] = ODD('通知公告', ['2027-05-28', '2026-05-30'])
  expect(await again()).toBe('2026-05-30')
})

test('letters are read as the recipe says', async () => {
  const s = await site(routes())
  const sight = await visitAddress({ address: s.url, config: settings(folder({ 'platform.json': RECIPE })), clock, log, probes: ['letters'] })
  const letters = sight.probes?.find((p) => p.id === 'letters')
  expect(letters?.value).toMatchObject({ published: true, complete: true, letters: [{ title: '学区划分', askedOn: '2026-05-20', answer: false }, { title: '路灯不亮', askedOn: '2026-05-06', answeredOn: '2026-05-09', unit: '城管局', answer: true }] })
})

test('recipe test: what it finds on a page, from a file or by its id; and the results of a search', async () => {
  const s = await site({ ...routes(), [`/s?k=${encodeURIComponent('路灯')}`]: '<html><body><p class="hit"><b>路灯改造</b></p></body></html>' })
  const dir = folder({ 'platform.json': RECIPE })
  const file = join(dir, 'platform.json')
  const found = await tryRecipe({ recipe: file, address: `${s.url}tzgg/`, config: settings(), clock, log })
  expect(found).toMatchObject({ id: 'jx-platform', finds: true, fits: true, rendered: false, lists: [{ rows: 3, items: [{ title: '关于通知公告工作的第1号文件', url: `${s.url}n/0.html`, date: '2026-05-28' }, {}, {}] }] })
  expect(await tryRecipe({ recipe: 'jx-platform', address: `${s.url}mail/`, config: settings(dir), clock, log })).toMatchObject({ fits: false, finds: true, letters: [{ title: '路灯不亮' }, { title: '学区划分' }] })
  expect(await tryRecipe({ recipe: file, address: s.url, word: '路灯', config: settings(), clock, log })).toMatchObject({ results: [{ title: '路灯改造' }] })
  await expect(tryRecipe({ recipe: 'vsb', address: s.url, word: 'x', config: settings(), clock, log })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(tryRecipe({ recipe: file, address: `${s.url}nothing`, config: settings(), clock, log })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(tryRecipe({ recipe: file, address: 'http://10.0.0.1/', config: settings(), clock, log })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(tryRecipe({ recipe: file, address: 'nonsense', config: settings(), clock, log })).rejects.toMatchObject({ code: 'bad_input' })
})

test.each([
  ['not JSON', { 'a.json': '{' }, 'a.json'],
  ['an unknown part', { 'a.json': { ...RECIPE, run: 'rm -rf' } }, 'run'],
  ['a search without {word}', { 'a.json': { ...RECIPE, search: { ...RECIPE.search, url: '/s' } } }, '{word}'],
  ['an id twice', { 'a.json': RECIPE, 'b.json': RECIPE }, 'a.json'],
])('a folder with %s does not start', (_, files, named) => {
  const dir = folder(files)
  expect(() => loadRecipes(dir)).toThrowError(expect.objectContaining({ code: 'bad_input', message: expect.stringContaining(named) }))
})

test('no folder is no recipe; one that is not there is wrong', () => {
  expect(loadRecipes(undefined)).toEqual([])
  expect(loadRecipes(folder({ 'readme.txt': 'x' }))).toEqual([])
  expect(() => loadRecipes('/nonexistent/recipes')).toThrowError(expect.objectContaining({ code: 'bad_input' }))
})
