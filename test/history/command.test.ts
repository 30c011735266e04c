import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepHouse, startHousekeeping } from '../../src/work/housekeeping.ts'
import { memoryStore } from '../review/register.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { growPast } from './past.ts'

const NOW = '2026-06-15T12:00:00+08:00'

describe('rolling up by the command line and by the house', () => {
  let t: TestDatabase
  const run = (args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...args], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_DATA: '/nowhere', ...env } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
  })
  const months = async (): Promise<number> => (await t.db.sql<{ n: number }[]>`select count(*)::int as n from pg_inherits where inhparent = 'observation'::regclass`)[0]!.n
  beforeAll(async () => {
    t = await testDatabase({ now: NOW })
    await growPast(t, { seed: 12, from: new Date('2023-12-05T00:00:00Z'), until: new Date(NOW), channels: 4 })
  })
  afterAll(() => t.close())

  test('the preview says what would go and does nothing; a limit too short is refused in both languages', async () => {
    const dry = await run(['roll-up', '--dry-run', '--json', '--now', NOW])
    expect(dry.code).toBe(0)
    const said = JSON.parse(dry.out) as { months: { month: string }[] }
    expect(said).toMatchObject({ keepMonths: 24, before: '2024-06-01', dryRun: true })
    expect(said.months.map((m) => m.month)).toEqual(['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'])
    expect((await run(['roll-up', '--dry-run', '--now', NOW])).err).toMatch(/将归并 2024-06-01[^]*would roll up/)
    expect(await t.db.sql`select 1 from observation_month`).toEqual([])
    const wrong = await run(['roll-up'], { HUOSHUI_KEEP_MONTHS: '6' })
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/配置有误.*不少于 15[^]*Wrong settings.*at least 15/)
    expect((await run(['roll-up', '--now', NOW], { HUOSHUI_KEEP_MONTHS: '0' })).err).toMatch(/永久保留[^]*for ever/)
  })

  test('the house makes months ahead and rolls up one partition a round, until nothing is left', async () => {
    await t.db.sql`insert into setting (key, value, updated_at) values ('other', '1', now())`
    // As a register that has kept house from the beginning: each month has its partition.
    await keepHouse({ ctx: { ...t.ctx, clock: { now: () => new Date('2023-12-10T00:00:00Z') } }, config: { keepMonths: 24, evidenceDays: 400 }, evidence: memoryStore([]) })
    await keepHouse({ ctx: t.ctx, config: { keepMonths: 0, evidenceDays: 400 }, evidence: memoryStore([]) })
    const before = await months()
    expect(before).toBeGreaterThan(30)
    const acted = () => t.db.sql<{ actor: object; months: { month: string }[] }[]>`select actor, detail->'months' as months from audit where verb = 'observations.roll_up' order by id`
    const house = { ...t.ctx, actor: { kind: 'system', name: 'housekeeping' } as const }
    for (let round = 1; round <= 6; round++) {
      await keepHouse({ ctx: house, config: { keepMonths: 24, evidenceDays: 400 }, evidence: memoryStore([]) })
      expect(await acted()).toHaveLength(round)
    }
    await keepHouse({ ctx: house, config: { keepMonths: 24, evidenceDays: 400 }, evidence: memoryStore([]) })
    expect((await acted()).map((a) => a.months.map((m) => m.month.slice(0, 7)))).toEqual([['2023-12'], ['2024-01'], ['2024-02'], ['2024-03'], ['2024-04'], ['2024-05']])
    expect((await acted())[0]!.actor).toEqual({ kind: 'system', name: 'housekeeping' })
    expect(await months()).toBe(before - 6)
    expect(await t.db.sql`select value from setting where key = 'other'`).toHaveLength(1)
    expect((await run(['roll-up', '--now', NOW])).err).toMatch(/没有早于 24 个月[^]*no observations older than 24 months/)
  })

  test('what it cannot do now is said, and left to the next round', async () => {
    const said: string[] = []
    const broken = { ...t.ctx, clock: { now: (): Date => { throw new Error('no clock') } } }
    const house = startHousekeeping({ ctx: broken, config: { keepMonths: 24, evidenceDays: 400 }, evidence: memoryStore([]), log: { warn: (m) => void said.push(m) } })
    await house.close()
    expect(said).toEqual(['housekeeping: no clock'])
  })
})
