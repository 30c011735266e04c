import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkJson, eachCheck, runCheck } from '../../src/check/index.ts'
import type { CheckJson } from '../../src/check/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { addMonths, dayInChina, daysBetween } from '../../src/domain/date.ts'
import { importLedger } from '../../src/registry/index.ts'
import { crawl } from '../../src/work/index.ts'
import { makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import type { Province, ProvinceChannel, Served } from '../province/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const TODAY = '2026-06-01'

/** One crawl of the sample province, checked, and held against what its makers know of it. */
describe('checks of the sample province', () => {
  let t: TestDatabase
  let folder = ''
  let province: Province
  let served: Served
  let checks: Map<string, CheckJson>

  beforeAll(async () => {
    t = await testDatabase({ now: noon(TODAY).toISOString() })
    folder = await mkdtemp(join(tmpdir(), 'huoshui-check-province-'))
    province = makeProvince({ today: TODAY })
    served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 100 })
    await writeLedger(province, join(folder, 'ledger.csv'), { encoding: 'gb18030' })
    await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
    await crawl({
      ctx: t.ctx, databaseUrl: t.url, log: pino({ level: 'silent' }),
      config: loadConfig({}, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: false, concurrency: 24 }),
    })
    refresh(province, t.ctx.clock.now())
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: 'all' } })
    checks = new Map()
    for await (const c of eachCheck(t.db.sql, run)) checks.set(`${c.channel.kind} ${c.channel.name}`, checkJson(c))
  })
  afterAll(async () => {
    await served.close()
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })

  const checkOf = (c: ProvinceChannel): CheckJson => checks.get(`${c.kind} ${c.name}`)!
  const answer = (c: ProvinceChannel, id: string): string => checkOf(c).results.find((r) => r.id === id)!.answer
  const seen = (): ProvinceChannel[] => province.channels.filter((c) => c.kind === 'website' && c.truth.outcome === 'ok')

  /** Columns over their class's limit, by the published rule, from the truth. */
  const stale = (c: ProvinceChannel): number => {
    const today = dayInChina(t.ctx.clock.now())
    return c.truth.columns.filter((k) => k.newest !== null && (k.class === 'news' ? daysBetween(k.newest, today) > 14 : (k.class === 'notice' || k.class === 'policy') && addMonths(k.newest, 6) < today)).length
  }
  const blank = (c: ProvinceChannel): number => c.truth.columns.filter((k) => k.form === 'blank').length

  test('every channel of the register is in the check', () => {
    expect(checks.size).toBe(province.channels.length)
    expect(seen().length).toBeGreaterThan(10)
  })

  test.each<[string, (c: ProvinceChannel) => number]>([['W4a', stale], ['W4c', blank]])('%s is violated exactly where five columns are', (id, count) => {
    const wrong = seen().filter((c) => (answer(c, id) === 'violated') !== (count(c) >= 5)).map((c) => `${c.name} ${c.traps.join(',')}: ${answer(c, id)}, truly ${count(c)}`)
    expect(wrong).toEqual([])
    expect(seen().some((c) => count(c) >= 5)).toBe(true)
    expect(seen().some((c) => count(c) > 0 && count(c) < 5)).toBe(true)
  })

  test('W3 is violated where the truth says so, and nowhere where the truth finds nothing', () => {
    const missed = seen().filter((c) => c.truth.rule === 'W3' && answer(c, 'W3') !== 'violated')
    const wrong = seen().filter((c) => c.truth.rule === null && answer(c, 'W3') === 'violated')
    expect(seen().some((c) => c.truth.rule === 'W3')).toBe(true)
    expect([missed, wrong].map((l) => l.map((c) => `${c.name} ${c.traps.join(',')}: ${c.truth.why}`))).toEqual([[], []])
  })

  test('W5a is violated only where there is no consultation entry', () => {
    expect(seen().some((c) => c.truth.consultation === true && answer(c, 'W5a') === 'met')).toBe(true)
    expect(seen().filter((c) => answer(c, 'W5a') === 'violated' && c.truth.consultation !== false).map((c) => c.name)).toEqual([])
  })

  test('N2a is violated exactly where a publishing account has been still for more than two weeks', () => {
    const accounts = province.channels.filter((c) => checkOf(c).results.some((r) => r.id === 'N2a' && r.answer !== 'not_applicable'))
    const expected = accounts.filter((c) => c.truth.rule === 'N2a' || c.truth.rule === 'zombie').map((c) => c.name)
    expect(accounts.filter((c) => answer(c, 'N2a') === 'violated').map((c) => c.name)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  })

  test('what could not be seen fails nothing', () => {
    const unseen = province.channels.filter((c) => c.kind === 'website' && c.truth.outcome !== 'ok')
    expect(unseen.filter((c) => checkOf(c).verdict === 'failed').map((c) => `${c.name} ${c.traps.join(',')}: ${checkOf(c).vetoes.join(' ')}`)).toEqual([])
    expect(unseen.filter((c) => checkOf(c).verdict === 'passed')).toEqual([])
    expect(unseen.length).toBeGreaterThan(5)
  })
})
