import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bulletin, listMembers, reportCampaign, startCampaign, weeklyDispatch, writeBulletin } from '../../src/campaign/index.ts'
import type { Counts } from '../../src/campaign/index.ts'
import { importLedger } from '../../src/registry/index.ts'
import { decide } from '../../src/review/index.ts'
import { unzipBytes } from '../../src/export/zip.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { readDocx } from '../review/docx.ts'
import { ABOVE_SIXTY, GROUPS, MEDIA, jiangxi, ledger } from './jiangxi.ts'

const NAME = '2020年清理'
const DAY = 86_400_000
/** Ended by decisions; the others by the ledger that comes later. */
const DECIDED = 120

describe('the campaign of Jiangxi, 2020', () => {
  const entries = jiangxi()
  let t: TestDatabase
  beforeAll(async () => {
    t = await testDatabase({ now: '2020-05-25T09:00:00+08:00' })
    const first = await importLedger({ ctx: t.ctx, input: { bytes: ledger(entries, () => '正常'), name: '台账.csv' } })
    expect(first.errors).toEqual([])
    expect(first).toMatchObject({ imported: true, created: 42_355, rejected: 0 })
    expect((await startCampaign({ ctx: t.ctx, input: { name: NAME, targetRate: 40 } })).baseline).toBe(42_355)

    t.ctx.clock.advance(20 * DAY)
    const { sql } = t.db
    const now = t.ctx.clock.now()
    const gone = entries.filter((e) => e.removed)
    const byDecision = new Set(gone.filter((_, i) => i % 160 === 0).slice(0, DECIDED))
    const opened = await sql<{ id: number }[]>`
      insert into candidate (channel_id, proposal, rule, clause, edition, evidence, answers, opened_at, judged_at)
      select c.id, 'shut_down', 'Z', '{"zh":"超过3个月未更新","en":"three months without update"}', 'campaign', '[]', '[]', ${now}, ${now} from channel c
       where (c.kind, c.name) in (select k, n from unnest(${[...byDecision].map((e) => e.kind)}::text[], ${[...byDecision].map((e) => e.name)}::text[]) as w(k, n)) returning id::int`
    expect(opened).toHaveLength(DECIDED)
    for (const { id } of opened) {
      await decide({ ctx: t.ctx, input: { candidate: id, step: 'plan_shut_down', reason: '长期不更新', deadline: '2020-07-01' } })
      await decide({ ctx: t.ctx, input: { candidate: id, step: 'confirm_shut_down', reason: '已注销' } })
    }
    t.ctx.clock.advance(10 * DAY)
    const later = await importLedger({ ctx: t.ctx, input: { bytes: ledger(gone.filter((e) => !byDecision.has(e)), (_, i) => (i % 2 === 0 ? '注销' : '关停')), name: '台账2.csv' } })
    expect(later).toMatchObject({ imported: true, created: 0, closed: 19_290 - DECIDED })
  }, 300_000)
  afterAll(() => t.close())

  test('gives the published figures back', async () => {
    const { totals } = await reportCampaign({ ctx: t.ctx, input: { name: NAME } })
    // 45.53 was published; 19,290 of 42,355 is 45.5436… and neither rule gives it.
    expect(totals).toMatchObject({ baseline: 42_355, remaining: 23_065, removed: 19_290, rate: 45.54 })
    expect(totals.by_group.new_media).toEqual({ baseline: 3527, remaining: 1286, removed: 2241, rate: 63.54 })
    expect(totals.by_group.wechat_group).toEqual({ baseline: 32_596, remaining: 18_798, removed: 13_798, rate: 42.33 })
    expect(totals.by_group.qq_group).toEqual({ baseline: 6232, remaining: 2981, removed: 3251, rate: 52.17 })
    expect(totals.by_group.website).toEqual({ baseline: 0, remaining: 0, removed: 0, rate: null })
    for (const { kind, removed } of [...MEDIA, ...GROUPS]) expect(totals.by_kind[kind]?.removed).toBe(removed)
    expect((await reportCampaign({ ctx: t.ctx, input: { name: NAME, rounding: 'cut_off' } })).totals.rate).toBe(45.54)
  })

  test('the four cities are above 60 % of new media, and every total is the sum of its parts', async () => {
    const { rows, totals } = await reportCampaign({ ctx: t.ctx, input: { name: NAME } })
    for (const city of ABOVE_SIXTY) {
      const media = rows.filter((r) => r.regionName === city && MEDIA.some((m) => m.kind === r.kind))
      const [removed, baseline] = [media.reduce((n, r) => n + r.removed, 0), media.reduce((n, r) => n + r.baseline, 0)]
      expect(removed / baseline).toBeGreaterThan(0.6)
    }
    expect(totals.by_region['360000']?.name).toBe('江西省')
    const sum = (of: readonly Pick<Counts, 'baseline' | 'removed' | 'remaining'>[]) => of.reduce<[number, number, number]>((s, c) => [s[0] + c.baseline, s[1] + c.removed, s[2] + c.remaining], [0, 0, 0])
    const whole = [42_355, 19_290, 23_065]
    expect(sum(rows)).toEqual(whole)
    expect(sum(Object.values(totals.by_kind))).toEqual(whole)
    expect(sum(Object.values(totals.by_region))).toEqual(whole)
    for (const r of rows) expect(r.shut_down + r.merged).toBe(r.removed)
  })

  test('the list behind a number has as many channels as the number says', async () => {
    const { rows } = await reportCampaign({ ctx: t.ctx, input: { name: NAME } })
    const row = rows.find((r) => r.regionName === '南昌市' && r.kind === 'weibo')
    expect(row?.removed).toBeGreaterThan(0)
    expect(await listMembers({ ctx: t.ctx, input: { name: NAME, figure: 'removed', region: '360100', kind: 'weibo' } })).toHaveLength(row?.removed ?? -1)
  })

  test('closing by ledger is marked as the unit’s own report, and watched from then on', async () => {
    const [n] = await t.db.sql<{ closed: number; watched: number; audited: number }[]>`
      select count(*) filter (where state = 'closed')::int as closed, count(*) filter (where state = 'closed' and due_reason = 'watch' and next_due_at > ${t.ctx.clock.now()})::int as watched,
             (select count(*)::int from audit where verb = 'channel.close') as audited from channel`
    expect(n).toEqual({ closed: 19_290, watched: 19_290, audited: 19_290 - DECIDED })
  })

  test('the week: what changed, the ranking, the middle, and who is behind and why', async () => {
    const { sql } = t.db
    await sql`
      insert into candidate (channel_id, proposal, rule, clause, edition, evidence, answers, opened_at, judged_at)
      select c.id, 'rectify', 'N2a', '{"zh":"2周内无更新","en":"two weeks"}', 'campaign', '[]', '[]', '2020-06-01T00:00:00Z', now() from channel c
       where c.state = 'active' and c.kind = 'weibo' and c.region_code in ('360200', '360100') limit 20`
    const week = await weeklyDispatch({ ctx: t.ctx, input: { name: NAME } })
    expect(week.totals).toEqual({ baseline: 42_355, removed: 19_290, remaining: 23_065, rate: 45.54, removedThisWeek: 19_290 - DECIDED })
    expect(week.regions.reduce((n, r) => n + r.removedThisWeek, 0)).toBe(week.totals.removedThisWeek)
    expect(week.regions.slice(0, 4).map((r) => r.regionName).sort()).toEqual([...ABOVE_SIXTY].sort())
    const slow = week.regions.find((r) => r.regionName === '景德镇市')
    expect(slow).toMatchObject({ behind: true })
    expect(slow?.reasons.map((r) => r.en).join()).toContain('undecided')
    expect(week.regions.find((r) => r.regionName === '南昌市')?.behind).toBe(false)
    expect(week.oldest).toHaveLength(20)
    expect(week.oldest[0]?.days).toBe(23)
  })

  test('the bulletin as document, workbook, CSV and JSON says the same; cells are text', async () => {
    await t.db.sql`update channel set name = '=1+2', site_code = '0012345678901234' where id = (select min(channel_id) from candidate where state = 'open')`
    const data = await bulletin({ ctx: t.ctx, input: { name: NAME } })
    expect(data.failing).toHaveLength(20)
    expect(data.overall).toMatchObject({ running: 23_065, checked: 20, failed: 20, passRate: 0 })
    expect(data.regions.reduce((n, r) => n + r.failed, 0)).toBe(20)
    const folder = await mkdtemp(join(tmpdir(), 'huoshui-bulletin-'))
    try {
      const write = async (name: string): Promise<Buffer> => {
        await writeBulletin({ ctx: t.ctx, input: { name: NAME, file: join(folder, name) } })
        return readFile(join(folder, name))
      }
      const text = readDocx(await write('a.docx'))
      for (const words of ['2020年清理情况通报', '42355', '19290', '45.54%', '0012345678901234', '=1+2']) expect(text).toContain(words)
      const book = unzipBytes(await write('a.xlsx'))
      const sheets = [...book].filter(([path]) => /worksheets\/sheet\d+\.xml$/.test(path)).map(([, b]) => Buffer.from(b).toString('utf8')).join('')
      expect(sheets).toContain('0012345678901234')
      expect(sheets).not.toContain('<f>')
      const csv = (await write('a.csv')).toString('utf8')
      expect(csv).toContain("'=1+2")
      expect(csv.trim().split('\r\n')).toHaveLength(21)
      expect(JSON.parse((await write('a.json')).toString('utf8'))).toEqual(JSON.parse(JSON.stringify(data)))
      await expect(writeBulletin({ ctx: t.ctx, input: { name: NAME, file: join(folder, 'a.pdf') } })).rejects.toMatchObject({ code: 'bad_input' })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
