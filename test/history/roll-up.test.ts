import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tagCheck } from '../../src/check/index.ts'
import { listDuplicates } from '../../src/credentials/index.ts'
import { rollUp } from '../../src/history/index.ts'
import { gatherFacts } from '../../src/review/index.ts'
import { latestObservations } from '../../src/review/channel/seen.ts'
import { sightingsOf } from '../../src/review/evidence/sightings.ts'
import { CAMPAIGN_EDITION, judge } from '../../src/standard/index.ts'
import { loadHistory } from '../../src/visit/probing/history.ts'
import { loadProbeSubject } from '../../src/visit/probing/load.ts'
import { showProbes } from '../../src/visit/probing/show.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { growPast } from './past.ts'
import type { Past } from './past.ts'

const NOW = '2026-06-15T12:00:00+08:00'
/** Of 24 months kept. */
const BEFORE = new Date('2024-06-01T00:00:00+08:00')
const FROM = new Date('2022-03-10T00:00:00Z')
const config = { keepMonths: 24 }
const DAY = 86_400_000

let t: TestDatabase
beforeEach(async () => { t = await testDatabase({ now: NOW }) })
afterEach(() => t.close())

/** Everything that is asked of the observations, for the present and for moments from the first that may be asked about. */
async function answers({ sites, accounts }: Past): Promise<Record<string, unknown>> {
  const { ctx } = t
  const all = [...sites, ...accounts]
  const now = ctx.clock.now()
  const out: Record<string, unknown> = {}
  for (const asOf of [BEFORE, new Date(BEFORE.getTime() + 1), ...[3, 17, 45, 59, 61, 200, 500].map((d) => new Date(BEFORE.getTime() + d * DAY)), now]) {
    const facts = await gatherFacts({ ctx, channelIds: all, asOf })
    out[`facts ${asOf.toISOString()}`] = facts
    out[`verdicts ${asOf.toISOString()}`] = facts.map((f) => judge(f, CAMPAIGN_EDITION, asOf))
  }
  out['duplicates'] = await ctx.db.sql.begin(() => listDuplicates({ ctx }))
  for (const channel of all) {
    out[`seen ${channel}`] = await latestObservations({ ctx, input: { channel } })
    const [asked] = await ctx.db.sql`select 1 from candidate where channel_id = ${channel}`
    if (asked !== undefined) out[`pack ${channel}`] = await sightingsOf({ ctx, input: { channel } })
  }
  for (const channel of sites) {
    out[`probes ${channel}`] = await showProbes({ ctx, input: { channel } })
    out[`items ${channel}`] = await loadHistory(ctx.db.sql, channel, now)
    out[`subject ${channel}`] = await loadProbeSubject(ctx.db.sql, channel)
    out[`tags ${channel}`] = await tagCheck({ ctx, input: { channel } }).catch((e: Error) => e.message)
  }
  return out
}

describe('rolling up old observations', () => {
  test.each([1, 2, 3])('whatever is asked afterwards gets the answer that it got before (seed %i)', async (seed) => {
    const past = await growPast(t, { seed, from: FROM, until: new Date(NOW) })
    const before = await answers(past)
    const done = await rollUp({ ctx: t.ctx, config })
    expect(done.before).toBe('2024-06-01')
    expect(done.dropped).toBeGreaterThan(100)
    expect(await answers(past)).toEqual(before)
    // Years later, with what survived the first time rolled up again.
    const later = await rollUp({ ctx: t.ctx, config: { keepMonths: 15 } })
    expect(later.before).toBe('2025-03-01')
    const after = await answers(past).catch((e: Error) => e)
    expect(after).toMatchObject({ code: 'conflict' })
  })
})
