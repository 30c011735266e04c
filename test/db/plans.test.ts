/**
 * How the database answers the five hottest statements, as the program sends them, on a register with a history.
 *
 * By count and cost: the claim is the dearest statement of a tick and holds up every worker; a channel's state is loaded once for each visit; what a
 * verdict is made from is gathered once after each visit, and again for each check and page; the review queue is what the console asks for most
 * often, and a channel's page is where it leads. The overview is not among them: it counts the whole register, and says so in its figures.
 *
 * Held to: which index answers, that no large table is read from end to end, and how many rows and pages are touched. No times. Four times the
 * history may cost no more than a look into the index of each further month.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedConsole } from '../../bench/console/seed/register.ts'
import { layMonths, runIn } from '../../src/history/index.ts'
import { channelFile, gatherFacts, listQueue } from '../../src/review/index.ts'
import { tick } from '../../src/schedule/index.ts'
import { loadSubject } from '../../src/visit/load.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { explain, indexes, listeningDb, pages, readWhole, rowsFrom } from './statements.ts'
import type { PlanNode } from './statements.ts'

const CHANNELS = 4000
const JUDGED = 100
const DAY_MS = 86_400_000

type Plan = { readonly text: string; readonly nodes: readonly PlanNode[] }
type Register = { readonly t: TestDatabase; readonly ear: ReturnType<typeof listeningDb>; readonly ids: readonly number[]; readonly site: number }

/** A register whose channels were visited so often, nine days apart. */
async function register(visits: number): Promise<Register> {
  const t = await testDatabase()
  const now = t.ctx.clock.now()
  await t.db.sql.begin((tx) => layMonths(runIn(tx), { from: new Date(now.getTime() - (visits * 9 + 31) * DAY_MS), to: now }))
  await seedConsole({ ctx: t.ctx, size: { channels: CHANNELS, candidates: CHANNELS / 10, visits } })
  const ids = (await t.db.sql<{ id: number }[]>`select id::int from channel where last_visit_at is not null and state = 'active' order by md5(id::text) limit ${JUDGED}`).map((r) => r.id)
  const [site] = await t.db.sql<{ id: number }[]>`select id::int from channel where kind = 'website' and state = 'active' and last_seen_at is not null order by md5(id::text) limit 1`
  return { t, ear: listeningDb(t.url), ids, site: site!.id }
}

/** Everything that a piece of the program's work sends, explained. */
async function plansOf({ t, ear }: Register, work: (ctx: TestDatabase['ctx']) => Promise<unknown>): Promise<Plan[]> {
  const sent = await ear.during((db) => work({ ...t.ctx, db }))
  const plans: Plan[] = []
  for (const statement of sent) plans.push({ text: statement.text, nodes: await explain(t.db, statement) })
  return plans
}

const queue = { add: async () => undefined, counts: async () => ({ waiting: 0, delayed: 0, active: 0 }) }
const about = (plans: readonly Plan[], words: RegExp): readonly PlanNode[] => {
  const found = plans.filter((p) => words.test(p.text))
  expect(found.length, `statements about ${words}`).toBe(1)
  return found[0]!.nodes
}
/** Indexes of partitions by the name that they have from the whole's columns. */
const kinds = (plan: readonly PlanNode[]): string[] => [...new Set([...indexes(plan)].map((name) => name.replace(/^observation_(?:\d{4}_\d{2}|kept|later)_/, 'observation: ')))].toSorted()
const all = (plans: readonly Plan[], relation: RegExp): number => plans.reduce((sum, p) => sum + rowsFrom(p.nodes, relation), 0)

let short: Register
let long: Register
beforeAll(async () => {
  short = await register(6)
  long = await register(24)
})
afterAll(async () => {
  for (const r of [short, long]) {
    await r?.ear.close()
    await r?.t.close()
  }
})

describe('the five hottest statements', () => {
  test('the claim walks the index of what is due, and looks at no more visits than it claims', async () => {
    const plan = about(await plansOf(long, (ctx) => tick({ ctx, queue, batch: 40 })), /due_view/)
    expect(kinds(plan)).toEqual(expect.arrayContaining(['channel_due', 'channel_watched', 'visit_slot']))
    expect(readWhole(plan)).toEqual([])
    expect(rowsFrom(plan, /^visit$/)).toBeLessThanOrEqual(44)
  })

  test('a channel’s state for its visit is found by its number', async () => {
    const [plan, ...rest] = await plansOf(long, (ctx) => loadSubject(ctx.db.sql, long.site))
    expect(rest).toEqual([])
    expect(kinds(plan!.nodes)).toEqual(expect.arrayContaining(['channel_pkey', 'column_identity', 'visit_channel']))
    expect(readWhole(plan!.nodes)).toEqual([])
    expect(rowsFrom(plan!.nodes, /^visit$/)).toBeLessThanOrEqual(12)
    expect(pages(plan!.nodes)).toBeLessThan(60)
  })

  test('what a verdict is made from is found without the history behind it', async () => {
    const gather = (r: Register) => plansOf(r, (ctx) => gatherFacts({ ctx, channelIds: r.ids, asOf: ctx.clock.now() }))
    const [few, many] = [await gather(short), await gather(long)]
    for (const plan of many) expect(readWhole(plan.nodes), plan.text).toEqual([])
    expect(kinds(about(many, /recursive a\(about\)/))).toEqual(['observation: channel_id_about_at_idx'])
    expect(kinds(about(many, /ok_empty/))).toEqual(['observation: channel_id_about_at_idx'])
    expect(kinds(about(many, /site_column s\s+left join lateral/))).toEqual(['column_identity', 'observation: column_id_at_idx'])
    expect(all(many, /^observation/)).toBeLessThan(all(few, /^observation/) * 1.5)
    expect(all(many, /^visit$/)).toBeLessThan(all(few, /^visit$/) * 1.5)
  })

  test('the review queue reads the candidates of its view alone', async () => {
    const plans = await plansOf(long, (ctx) => listQueue({ ctx, input: { filter: { view: 'answered' } } }))
    expect(plans).toHaveLength(2)
    const [answered] = await long.t.db.sql<{ n: number }[]>`select count(*)::int as n from candidate where state = 'answered'`
    for (const { nodes } of plans) {
      expect(kinds(nodes)).toEqual(expect.arrayContaining(['candidate_state', 'channel_pkey']))
      expect(readWhole(nodes)).toEqual([])
      expect(rowsFrom(nodes, /^candidate$/)).toBeLessThanOrEqual(answered!.n)
    }
  })

  test('a channel’s page reads the last look at each thing, not all the looks', async () => {
    const page = (r: Register) => plansOf(r, (ctx) => channelFile({ ctx, input: { id: r.site } }))
    const [few, many] = [await page(short), await page(long)]
    for (const plan of many) expect(readWhole(plan.nodes), plan.text).toEqual([])
    expect(kinds(about(many, /"newestOn", o\.value/))).toEqual(['column_identity', 'observation: channel_id_about_at_idx', 'observation: column_id_at_idx', 'site_column_pkey'])
    expect(all(many, /^observation/)).toBeLessThan(all(few, /^observation/) * 1.5)
  })
})

test('without its index the claim is seen to read the register', async () => {
  const { t } = long
  await t.db.sql`drop index channel_due`
  const plan = about(await plansOf(long, (ctx) => tick({ ctx, queue, batch: 40 })), /due_view/)
  expect(readWhole(plan)).toContain('channel')
})
