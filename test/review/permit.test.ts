import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '../../db/context.ts'
import * as campaign from '../../src/campaign/index.ts'
import type { Actor } from '../../src/domain/actor.ts'
import * as notify from '../../src/notify/index.ts'
import * as registry from '../../src/registry/index.ts'
import * as review from '../../src/review/index.ts'
import * as schedule from '../../src/schedule/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addCandidates, memoryStore } from './register.ts'

const ROOMS = ['src/review', 'src/campaign', 'src/notify', 'src/registry', 'src/schedule']

/** Verbs that only the program's own jobs call, and tables that hold nothing of any unit. Each with its reason. */
const OPEN: Readonly<Record<string, string>> = {
  findCampaign: 'a name and a start; what is counted is cut to the region',
  judgePending: 'a job: it acts as the system',
  gatherFacts: 'facts for the job of judging',
  sightingsOf: 'called by the pack, after its check',
  seedRegions: 'regions are public; called by the import',
  findRegion: 'regions are public',
  watcherFigures: 'how the watcher is, without a channel',
  weekAlarms: 'of watcherFigures',
  loadPolicies: 'read by the tick',
  abandonSlot: 'the queue’s',
  tick: 'the schedule’s own',
  reclaim: 'the schedule’s own',
  crawlOnce: 'the command line’s',
  runTicker: 'the schedule’s own',
  runVisits: 'the worker’s',
  countDue: 'of crawlOnce',
  countClaimed: 'of crawlOnce',
  sift: 'of the tick',
  defer: 'of the tick',
  claim: 'of the tick',
  columnDeadlines: 'of channelFile',
  latestObservations: 'of channelFile',
}
/** Where the check is made for several verbs at once. */
const SHARED = new Map([
  ['changeChannel', 'src/schedule/channel-state.ts'],
  ['identityOf', 'src/review/channel/show.ts'],
  ['evidencePiece', 'src/review/evidence/piece.ts'],
  ['importLedger', 'src/registry/ledger/import.ts'],
  ['whose', 'src/registry/view/views.ts'],
])

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return (await Promise.all(entries.map((e) => (e.isDirectory() ? filesOf(join(folder, e.name)) : [join(folder, e.name)])))).flat().filter((f) => f.endsWith('.ts'))
}

/** Each exported function that takes a ctx, with its text up to the next top-level declaration. */
function verbsOf(text: string): { name: string; body: string }[] {
  return [...text.matchAll(/^export (?:async )?function (\w+)[\s\S]*?(?=^(?:export |async )?(?:function|const|class|type) (?!\1\b)|(?![\s\S]))/gm)]
    .map((m) => ({ name: m[1] ?? '', body: m[0] }))
    .filter(({ body }) => /^export [^\n]*\{\s*ctx\b|^export [^\n]*\(ctx: Ctx\b/.test(body))
}

test('no verb of a service misses the check of who acts', async () => {
  const missing: string[] = []
  let checked = 0
  for (const room of ROOMS) {
    for (const file of await filesOf(room)) {
      for (const { name, body } of verbsOf(await readFile(file, 'utf8'))) {
        if (Object.hasOwn(OPEN, name)) continue
        const shared = [...SHARED.keys()].some((f) => body.includes(`${f}(`))
        if (/\brequireRole\(ctx\.actor, /.test(body) || shared) checked += 1
        else missing.push(`${file} ${name}`)
      }
    }
  }
  expect(missing).toEqual([])
  expect(checked).toBeGreaterThan(35)
  for (const file of SHARED.values()) expect(await readFile(file, 'utf8')).toMatch(/requireRole\(ctx\.actor/)
})

test('the scan finds a verb that lacks it', () => {
  const text = 'export async function drop({ ctx, input }: { ctx: Ctx; input: number }): Promise<void> {\n  await ctx.db.sql`delete`\n}\n'
  expect(verbsOf(text).map((v) => v.name)).toEqual(['drop'])
  expect(verbsOf(text)[0]?.body).not.toMatch(/requireRole/)
})

describe('a county’s people and another county’s channels', () => {
  let t: TestDatabase
  let theirs: { channel: number; candidate: number; order: number; unit: number }
  let before: unknown
  const as = (role: Extract<Actor, { kind: 'user' }>['role']): Ctx => ({ ...t.ctx, actor: { kind: 'user', id: '9', name: '东湖区', role, region: '360102' } })
  const standing = () => t.db.sql`
    select (select json_agg(c order by id) from channel c where region_code = '361100') as channels, (select json_agg(k order by k.id) from candidate k join channel c on c.id = k.channel_id where region_code = '361100') as candidates,
           (select count(*)::int from candidate_step) as steps, (select count(*)::int from policy) as policies, (select count(*)::int from attestation) as stated, (select count(*)::int from order_document) as orders`
  beforeAll(async () => {
    t = await testDatabase()
    const made = await addCandidates(t, 4)
    const [channel = 0, candidate = 0] = [made.channels[1], made.candidates[1]]
    await review.decide({ ctx: t.ctx, input: { candidate, step: 'order', reason: '改', deadline: '2026-07-01' } })
    const order = await review.issueOrder({ ctx: t.ctx, input: { candidate } })
    const [unit] = await t.db.sql<{ id: number }[]>`insert into organisation (name, region_code) values ('上饶某局', '361100') returning id::int`
    theirs = { channel, candidate, order: order.id, unit: unit?.id ?? 0 }
    await campaign.startCampaign({ ctx: t.ctx, input: { name: '全省' } })
    await campaign.drawSample({ ctx: t.ctx, input: { name: '抽查', seed: 's', share: 100 } })
    before = await standing()
  })
  afterAll(() => t.close())

  const ROLES_TO_TRY = ['unit_contact', 'rectification', 'operations', 'read_only', 'administrator'] as const

  test.each(ROLES_TO_TRY)('%s can touch none of them, through any verb', async (role) => {
    const ctx = as(role)
    const { channel, candidate, order, unit } = theirs
    const tries: Record<string, () => Promise<unknown>> = {
      decide: () => review.decide({ ctx, input: { candidate, step: 'answer', reason: 'x' } }),
      decideMany: () => review.decideMany({ ctx, input: { candidates: [candidate], step: 'dismiss', reason: 'x' } }),
      showCandidate: () => review.showCandidate({ ctx, input: { id: candidate } }),
      issueOrder: () => review.issueOrder({ ctx, input: { candidate } }),
      issueOrders: async () => {
        const [row] = await review.issueOrders({ ctx, input: { candidates: [candidate] } })
        if (row?.order === null) throw Object.assign(new Error(row.refused?.en), { code: 'forbidden' })
      },
      orderFile: () => review.orderFile({ ctx, input: { id: order } }),
      setLetterhead: () => review.setLetterhead({ ctx, input: { region: '361100', issuer: 'x' } }),
      evidencePack: () => review.evidencePack({ ctx, store: memoryStore([]), input: { candidate } }),
      fileChannel: () => review.fileChannel({ ctx, input: { channel, number: '1', reviewedBy: 'x' } }),
      confirmReturn: () => review.confirmReturn({ ctx, input: { channel, reason: 'x' } }),
      enterResult: () => campaign.enterResult({ ctx, input: { sample: '抽查', channel, result: 'passed' } }),
      pauseChannel: () => schedule.pauseChannel({ ctx, input: { id: channel } }),
      resumeChannel: () => schedule.resumeChannel({ ctx, input: { id: channel } }),
      runChannel: () => schedule.runChannel({ ctx, input: { id: channel } }),
      policyOfChannel: () => schedule.setPolicy({ ctx, input: { scope: 'channel', target: channel, settings: { paused: true } } }),
      policyOfRegion: () => schedule.setPolicy({ ctx, input: { scope: 'region', target: '361100', settings: { paused: true } } }),
      policyOfUnit: () => schedule.setPolicy({ ctx, input: { scope: 'organisation', target: unit, settings: { paused: true } } }),
      policyOfAll: () => schedule.setPolicy({ ctx, input: { scope: 'all', settings: { paused: true } } }),
      showChannel: () => registry.showChannel({ ctx, input: { id: channel } }),
      updateChannel: () => registry.updateChannel({ ctx, input: { id: channel, changes: { name: 'x' } } }),
      registerChannel: () => registry.registerChannel({ ctx, input: { kind: 'website', name: 'x', address: 'http://x.gov.cn', region: '361100' } }),
      attest: () => registry.attest({ ctx, input: { channel, newestOn: '2026-05-31', statedBy: 'x' } }),
      unitOptions: () => registry.setOrganisationOptions({ ctx, input: { id: unit, ignoreRobots: true, reason: 'x' } }),
      createRegion: () => registry.createRegion({ ctx, input: { name: '新区', parent: '361100' } }),
      importLedger: () => registry.importLedger({ ctx, input: { bytes: Buffer.from('a'), name: 'a.csv' } }),
      subscribe: () => notify.subscribe({ ctx, input: { name: 'x', way: 'email', address: 'x@example.gov.cn', region: '361100', role: 'operations' } }),
    }
    for (const [name, run] of Object.entries(tries)) {
      const refused = await run().then(() => 'done', (e: { code?: string }) => e.code)
      expect(refused, name).toBeOneOf(['forbidden', 'not_found'])
    }
    expect(await standing()).toEqual(before)
  })

  test.each(ROLES_TO_TRY)('%s sees none of them, in any list', async (role) => {
    const ctx = as(role)
    const mine = (await review.listCandidates({ ctx })).map((c) => c.channel.region)
    expect(new Set(mine)).toEqual(new Set(['东湖区']))
    expect(await review.countCandidates({ ctx })).toBe(2)
    expect(await review.listOrders({ ctx })).toEqual([])
    expect((await review.listFilings({ ctx })).map((f) => f.region)).toEqual(['东湖区', '东湖区'])
    expect(await review.listColumns({ ctx })).toEqual([])
    expect(await review.listWatched({ ctx })).toEqual([])
    expect((await registry.listChannels({ ctx, input: {} })).total).toBe(2)
    expect((await campaign.reportCampaign({ ctx, input: { name: '全省' } })).totals.baseline).toBe(2)
    expect((await campaign.listMembers({ ctx, input: { name: '全省', figure: 'baseline' } })).map((m) => m.channel)).not.toContain(theirs.channel)
    expect((await campaign.weeklyDispatch({ ctx, input: { name: '全省' } })).totals.baseline).toBe(2)
    expect((await campaign.reportSample({ ctx, input: { name: '抽查' } })).drawn).toBe(2)
  })
})
