import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FIGURES, listMembers, reportCampaign, startCampaign } from '../../src/campaign/index.ts'
import type { Figure } from '../../src/campaign/index.ts'
import { decide, legalSteps, STEPS } from '../../src/review/index.ts'
import type { State, Step } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addCandidates } from '../review/register.ts'

const HOUR = 3_600_000
let t: TestDatabase
let candidates: number[]
beforeAll(async () => {
  t = await testDatabase()
  candidates = (await addCandidates(t, 16)).candidates
  await startCampaign({ ctx: t.ctx, input: { name: '行动' } })
})
afterAll(() => t.close())

test('random legal steps: totals, sums, the lists behind them and the trail always agree, and the past does not move', async () => {
  const steps = Object.keys(STEPS) as Step[]
  const move = fc.tuple(fc.nat(15), fc.constantFrom(...steps))
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 12 }), async (moves) => {
    const past = { at: t.ctx.clock.now(), report: await reportCampaign({ ctx: t.ctx, input: { name: '行动' } }) }
    t.ctx.clock.advance(HOUR)
    for (const [which, step] of moves) {
      const id = candidates[which] ?? 0
      const [row] = await t.db.sql<{ state: State }[]>`select state from candidate where id = ${id}`
      const done = await decide({ ctx: t.ctx, input: { candidate: id, step, reason: 'r', deadline: '2028-01-01', until: '2028-01-01', ...(step === 'plan_merge' ? { target: 999_999 } : {}) } }).then(() => true, () => false)
      expect(done).toBe(row !== undefined && legalSteps(row.state).includes(step))
    }
    const report = await reportCampaign({ ctx: t.ctx, input: { name: '行动' } })
    for (const figure of Object.keys(FIGURES) as Figure[]) {
      const rows = report.rows.reduce((n, r) => n + r[figure], 0)
      expect(await listMembers({ ctx: t.ctx, input: { name: '行动', figure } })).toHaveLength(rows)
    }
    expect(report.totals.removed + report.totals.remaining).toBe(16)
    expect(report.rows.reduce((n, r) => n + r.merged + r.shut_down, 0)).toBe(report.totals.removed)
    const [ended] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from candidate where state in ('merged', 'shut_down')`
    expect(report.totals.removed).toBe(ended?.n)
    // Asked again for that earlier moment, the report says what it said then.
    const again = await reportCampaign({ ctx: t.ctx, input: { name: '行动', asOf: past.at } })
    expect(again.rows).toEqual(past.report.rows)
    const [trail] = await t.db.sql<{ steps: number; audits: number }[]>`select (select count(*)::int from candidate_step) as steps, (select count(*)::int from audit where entity = 'candidate' and verb like 'candidate.%') as audits`
    expect(trail?.steps).toBe(trail?.audits)
  }), { numRuns: 15 })
})
