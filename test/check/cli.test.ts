import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeOf } from '../../src/cli/commands/check.ts'
import { momentOf, numbers } from '../../src/cli/text/arguments.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { fine } from '../standard/portal.ts'
import { readWorkbook } from './reader.ts'
import { HOME_SHA, NOW, observed, regions, stale } from './register.ts'

/** Milliseconds: each command is a process of its own, and a machine may have much else to do. */
const MANY_STARTS = 300_000

describe('check and findings on the command line', () => {
  let t: TestDatabase
  let folder = ''
  let site = 0
  let other = 0
  const run = (args: string[]): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...args, '--now', NOW.toISOString()], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_DATA: folder } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
  })
  beforeAll(async () => {
    t = await testDatabase({ now: NOW.toISOString() })
    await regions(t)
    site = await observed(t, { name: '某局', columns: stale(5, 20) })
    other = await observed(t, { name: '某县人民政府' })
    folder = await mkdtemp(join(tmpdir(), 'huoshui-check-cli-'))
  })
  afterAll(async () => {
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('check --json is an array in its contract, on one line', async () => {
    const ran = await run(['check', '--channels', `${site},${other}`, '--json'])
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.out.trim().split('\n')).toHaveLength(1)
    const [first, second] = JSON.parse(ran.out)
    expect(first).toMatchObject({ channel: { id: site }, standard: 'gov-2019', verdict: 'failed', score: null })
    expect(Object.keys(first.results[0])).toEqual(expect.arrayContaining(['id', 'item', 'answer', 'points', 'cap', 'evidence', 'clause', 'places', 'reason']))
    expect(second.score.worst).toBeLessThanOrEqual(second.score.best)
    const other2 = JSON.parse((await run(['check', '--channels', String(site), '--standard', 'jiangxi-2020-campaign', '--as-of', '2026-05-01', '--json'])).out)
    expect(other2[0]).toMatchObject({ standard: 'jiangxi-2020-campaign', as_of: '2026-04-30T16:00:00.000Z' })
    const diff = await run(['check', 'diff', String(other2[0].check), String(first.check), '--json'])
    expect(JSON.parse(diff.out)).toMatchObject({ channel: { id: site }, before: { standard: 'jiangxi-2020-campaign' } })
    const apart = await run(['check', 'diff', String(first.check), String(second.check), '--json'])
    expect([apart.code, JSON.parse(apart.out).error.zh]).toEqual([2, expect.stringContaining('--runs')])
    expect(JSON.parse((await run(['check', 'diff', '--runs', String(other2[0].run), String(first.run), '--json'])).out)).toMatchObject({ channels: { both: 1, changed: 1, only_after: 1 } })
    expect(JSON.parse((await run(['check', 'replay', String(first.check), '--json'])).out)).toMatchObject({ same: true, facts: { same: true } })
    expect(JSON.parse((await run(['check', 'show', String(first.check), '--json'])).out)).toEqual(first)
  }, MANY_STARTS)

  test('check --all --out writes the workbook and prints nothing else', async () => {
    const file = join(folder, 'all.xlsx')
    const ran = await run(['check', '--all', '--out', file])
    expect(ran).toMatchObject({ code: 0, out: '' })
    expect(readWorkbook(await readFile(file)).sheets[0]?.name).toBe('封面')
  })

  test('a finding is recorded, listed, and settles the work', async () => {
    const ran = await run(['findings', 'record', '--channel', String(site), '--indicator', 'W1.1', '--by', '张三', '--answers', '{"found":false}', '--evidence', HOME_SHA, '--json'])
    expect(ran).toMatchObject({ code: 0 })
    expect(JSON.parse(ran.out)).toMatchObject({ indicator: 'W1.1', by: '张三', evidence: [HOME_SHA], unknown_evidence: [] })
    expect(JSON.parse((await run(['findings', 'list', '--json'])).out)).toMatchObject([{ channel: { id: site }, answers: { found: false }, intact: true }])
    const work = JSON.parse((await run(['findings', 'work', '--channels', String(site), '--json'])).out)
    expect(work.items.map((i: { indicator: string }) => i.indicator)).not.toContain('W1.1')
    expect(work.items.map((i: { indicator: string }) => i.indicator)).toContain('W1.2')
  })

  test('a sample is drawn, a member replaced with a reason, and the draw repeated; a slip is named', async () => {
    const portal = await observed(t, { name: '辛县人民政府', probes: fine() })
    const drawn = JSON.parse((await run(['check', 'sample', 'draw', String(portal), 'd13'])).out)
    expect(drawn).toMatchObject({ channel: portal, sample: 'D13', seed: 'gov-2019:2026-06-01', population: { length: 8 }, drawn: { length: 5 }, replaced: [] })
    const [out] = drawn.drawn
    const replaced = JSON.parse((await run(['check', 'sample', 'replace', String(drawn.id), out, '--reason', '事项已取消', '--by', '张三'])).out)
    expect(replaced).toMatchObject({ drawn: { length: 5 }, replaced: [{ out, reason: '事项已取消', by: '张三' }] })
    expect(replaced.drawn).not.toContain(out)
    expect(JSON.parse((await run(['check', 'sample', 'redraw', String(drawn.id)])).out)).toMatchObject({ same: true, drawn: replaced.drawn })
    // A check by the same seed uses the replacement.
    const [c] = JSON.parse((await run(['check', '--channels', String(portal), '--json'])).out)
    expect((await t.db.sql`select samples->'D13'->'drawn' as drawn from indicator_check where id = ${c.check}`)[0]).toEqual({ drawn: replaced.drawn })
    for (const [args, code, said] of [
      [['replace', String(drawn.id), 'http://nowhere/', '--reason', 'x', '--by', '张三'], 2, 'http://nowhere/'],
      [['replace', String(drawn.id), replaced.drawn[0], '--reason', ' ', '--by', '张三'], 2, 'reason'],
      [['draw', String(other), 'D13'], 2, 'nothing to draw from'],
      [['redraw', 'x'], 2, 'ID takes one number'],
    ] as const) {
      const ran = await run(['check', 'sample', ...args, '--json'])
      expect([args[0], ran.code, JSON.parse(ran.out).error.en]).toEqual([args[0], code, expect.stringContaining(said)])
    }
  }, MANY_STARTS)

  test('answers that do not fit are told what the form asks', async () => {
    const ran = await run(['findings', 'record', '--channel', String(other), '--indicator', 'D28', '--by', '张三', '--answers', '{"wrong":1,"browsers":1.5}', '--json'])
    expect(ran.code).toBe(2)
    expect(JSON.parse(ran.out).error).toMatchObject({ zh: '填报内容不符合 D28 的要求:没有名为“wrong”的问题;“browsers”应为 0 至 10000 的整数。该项应答:browsers(0 起的整数)', en: expect.stringContaining('there is no question wrong') })
    const nobody = await run(['findings', 'record', '--channel', String(other), '--indicator', 'D28', '--by', ' ', '--answers', '{"browsers":1}', '--json'])
    expect(JSON.parse(nobody.out).error.zh).toBe('请写明核查人姓名')
    const odd = await run(['findings', 'record', '--channel', String(other), '--indicator', 'D28', '--by', '张三', '--answers', '{"browsers":1}', '--evidence', 'xyz', '--json'])
    expect(JSON.parse(odd.out).error.zh).toContain('xyz')
    const work = await run(['findings', 'work', '--channels', String(other)])
    expect(work.out).toContain('browsers(数): 不能正常显示的主流浏览器(类)')
    expect(work.out).toContain('late(0–2)')
  }, MANY_STARTS)

  test.each<[string, string[], number]>([
    ['neither channels nor all', ['check'], 2],
    ['an unknown channel', ['check', '--channels', '99999'], 3],
    ['an ending that is none', ['check', '--all', '--out', 'a.pdf'], 2],
    ['a check that is no number', ['check', 'show', 'abc'], 2],
    ['a run that is not there', ['check', 'diff', '--runs', '1', '99999'], 3],
    ['answers that are no JSON', ['findings', 'record', '--channel', '1', '--indicator', 'W1.1', '--by', 'x', '--answers', '{'], 2],
  ])('%s ends with its code and words in both languages', async (_what, args, code) => {
    const ran = await run([...args, '--json'])
    expect(ran.code).toBe(code)
    expect(JSON.parse(ran.out)).toMatchObject({ error: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.any(String) } })
  })
})

describe('arguments', () => {
  test('channels or all, never both or neither', () => {
    expect(scopeOf({ all: true })).toEqual({ channels: 'all' })
    expect(scopeOf({ channels: '3, 4', standard: 'app-2026', asOf: '2026-05-31' })).toEqual({ channels: [3, 4], standard: 'app-2026', asOf: new Date('2026-05-30T16:00:00Z') })
    expect(() => scopeOf({})).toThrow(/--channels/)
    expect(() => scopeOf({ all: true, channels: '1' })).toThrow(/--channels/)
  })
  test.each(['x', '', '1,-2', '0', '1.5', '1e3', '99999999999999999'])('%j is no list of numbers', (text) => {
    expect(() => numbers('--channels', text)).toThrow(/--channels/)
  })
  test.each<[string, string]>([['2026-06-01T09:00:00', '2026-06-01T01:00:00.000Z'], ['2026-06-01T09:00:00Z', '2026-06-01T09:00:00.000Z'], ['2026-06-01T09:00+09:00', '2026-06-01T00:00:00.000Z']])('%s is %s', (text, iso) => {
    expect(momentOf('--as-of', text).toISOString()).toBe(iso)
  })
  test('a moment that is none is named', () => expect(() => momentOf('--as-of', 'gestern')).toThrow(/gestern/))
})
