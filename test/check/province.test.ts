import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkJson, eachCheck, runCheck } from '../../src/check/index.ts'
import type { CheckedRow, CheckJson, StoredCheck } from '../../src/check/index.ts'
import { lendMeans } from '../../src/cli/demo/means.ts'
import { loadConfig } from '../../src/config/load.ts'
import { importLedger } from '../../src/registry/index.ts'
import { gov2019 } from '../../src/standard/index.ts'
import { createVisitor } from '../../src/visit/index.ts'
import { crawl } from '../../src/work/index.ts'
import { isPortal, makeProvince, noon, pointsTruth, refresh, serveProvince, vetoTruth, writeLedger } from '../province/index.ts'
import type { PointsTruth, Province, ProvinceChannel, Served, Site } from '../province/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { watchWeek } from './week.ts'

const TODAY = '2026-06-01'
const SCORED_PROBES = ['links', 'attachments', 'search', 'interaction', 'letters', 'services', 'interpretation', 'tags', 'identity', 'ipv6']

/** One crawl of the sample province, its functions tried, checked, and held against what its makers know of it. */
describe('checks of the sample province', () => {
  let t: TestDatabase
  let folder = ''
  let province: Province
  let served: Served
  let checks: Map<string, { readonly json: CheckJson; readonly stored: StoredCheck }>

  beforeAll(async () => {
    t = await testDatabase({ now: noon(TODAY).toISOString() })
    folder = await mkdtemp(join(tmpdir(), 'huoshui-check-province-'))
    province = makeProvince({ today: TODAY })
    served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 100 })
    await writeLedger(province, join(folder, 'ledger.csv'), { encoding: 'gb18030' })
    await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
    const log = pino({ level: 'silent' })
    const config = loadConfig({}, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: false, concurrency: 24 })
    await lendMeans({ ctx: t.ctx, config, province, served })
    await crawl({ ctx: t.ctx, databaseUrl: t.url, log, config })
    refresh(province, t.ctx.clock.now())
    const ids = new Map((await t.db.sql<{ id: number; name: string }[]>`select id::int, name from channel where kind = 'website'`).map((r) => [r.name, r.id]))
    const id = (c: ProvinceChannel): number => ids.get(c.name)!
    const visitor = await createVisitor({ ctx: t.ctx, config, log })
    const queue = seen()
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        await visitor.probe({ channelId: id(next.channel), which: isPortal(next.site) ? SCORED_PROBES : ['letters', 'services'], reason: 'asked', signal: new AbortController().signal })
      }
    }))
    await visitor.close()
    await watchWeek(t, watched().map((c) => ({ address: c.address, id: id(c) })))
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: 'all' } })
    checks = new Map()
    for await (const c of eachCheck(t.db.sql, run)) checks.set(`${c.channel.kind} ${c.channel.name}`, { json: checkJson(c), stored: c })
  }, 240_000)
  afterAll(async () => {
    await served.close()
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })

  const checkOf = (c: ProvinceChannel): CheckJson => checks.get(`${c.kind} ${c.name}`)!.json
  const row = (c: ProvinceChannel, id: string): CheckedRow => checkOf(c).results.find((r) => r.id === id)!
  const answer = (c: ProvinceChannel, id: string): string => row(c, id).answer
  const told = (c: ProvinceChannel): string => `${c.name} [${c.traps.join(', ')}]`
  /** Sites that can be seen. Lists that a script writes are not, here: nothing is rendered in this crawl. */
  const seen = (): { channel: ProvinceChannel; site: Site }[] =>
    province.channels.flatMap((channel) => (channel.site !== null && channel.truth.outcome === 'ok' && !channel.traps.includes('js_list') ? [{ channel, site: channel.site }] : []))
  const portals = (): { channel: ProvinceChannel; site: Site }[] => seen().filter(({ site }) => isPortal(site))
  /** One site of each kind that a week of watching tells apart. */
  const watched = (): ProvinceChannel[] => (['healthy', 'server_error', 'refused', 'challenge_403'] as const).map((trap) => province.channels.find((c) => c.traps.includes(trap))!)

  const automatic = (part: string): string[] => gov2019.rules.filter((r) => r.part === part && r.decided === 'automatic' && r.appliesTo.some((a) => a === 'website' || a === 'portal')).map((r) => r.id)
  const truthOf = ({ channel, site }: { channel: ProvinceChannel; site: Site }): readonly PointsTruth[] =>
    pointsTruth(site, channel.address, t.ctx.clock.now(), (sample) => checks.get(`website ${channel.name}`)!.stored.record.samples[sample]?.drawn ?? [])

  test('every channel of the register is in the check', () => {
    expect(checks.size).toBe(province.channels.length)
    expect([seen().length > 50, portals().length]).toEqual([true, 33])
  })

  test('there is a truth for every automatic rule', () => {
    const [one] = portals()
    expect(['W2', ...vetoTruth(one!.site, t.ctx.clock.now()).map((v) => v.id)]).toEqual(automatic('veto'))
    expect(truthOf(one!).map((p) => p.id)).toEqual([...automatic('deduction'), ...automatic('bonus')])
  })

  test.each(automatic('veto').filter((id) => id !== 'W2'))('%s is answered as its makers know', (id) => {
    const truths = seen().map((s) => ({ ...s, truth: vetoTruth(s.site, t.ctx.clock.now()).find((v) => v.id === id)! }))
    const wrong = truths.filter(({ channel, truth }) => answer(channel, id) !== truth.answer)
    expect(wrong.map(({ channel, truth }) => `${told(channel)}: ${answer(channel, id)} (${row(channel, id).reason}), truly ${truth.answer}: ${truth.why}`)).toEqual([])
  })

  test.each([...automatic('deduction'), ...automatic('bonus')])('%s comes to the points that its makers know', (id) => {
    const truths = portals().map((s) => ({ ...s, truth: truthOf(s).find((p) => p.id === id)! }))
    const wrong = truths.filter(({ channel, truth }) => row(channel, id).points !== truth.points || row(channel, id).open > 0 !== truth.open)
    expect(wrong.map(({ channel, truth }) => `${told(channel)}: ${row(channel, id).points}, open ${row(channel, id).open} (${row(channel, id).problems.zh}), truly ${truth.points}${truth.open ? ' and more' : ''}: ${truth.why}`)).toEqual([])
    // What costs nothing is met only where all of it is known; in the bonus part it is not earned.
    for (const { channel, truth } of truths) {
      const bonus = id.startsWith('B')
      expect(answer(channel, id)).toBe(truth.points > 0 ? (bonus ? 'met' : 'violated') : truth.open ? 'not_observed' : bonus ? 'violated' : 'met')
    }
  })

  test('both sides of what the province can show are there', () => {
    const answers = (id: string): Set<string> => new Set(seen().map(({ channel }) => answer(channel, id)))
    for (const id of ['W3', 'W4a', 'W4c', 'W5a', 'W5b', 'W6b']) expect([id, answers(id)]).toEqual([id, expect.objectContaining(new Set(['met', 'violated']))])
    const points = (id: string): Set<boolean> => new Set(portals().map(({ channel }) => row(channel, id).points! > 0))
    for (const id of ['D4', 'D5', 'D6', 'D8', 'D12', 'D13', 'D15', 'D18', 'D21', 'D22', 'D23', 'D25', 'D27', 'B2', 'B5', 'B7', 'B8']) expect([id, points(id).size]).toEqual([id, 2])
  })

  test('W2 after a week: shut all the time, open all the time, barred, and not watched', () => {
    const found = Object.fromEntries(watched().map((c) => [c.traps[0], answer(c, 'W2')]))
    expect(found).toEqual({ healthy: 'met', server_error: 'violated', refused: 'violated', challenge_403: 'not_observed' })
    const others = province.channels.filter((c) => c.kind === 'website' && !watched().includes(c))
    expect(new Set(others.map((c) => answer(c, 'W2')))).toEqual(new Set(['not_observed']))
  })

  test('N2a is violated exactly where a publishing account has been still for more than two weeks', () => {
    const accounts = province.channels.filter((c) => checkOf(c).results.some((r) => r.id === 'N2a' && r.answer !== 'not_applicable'))
    const expected = accounts.filter((c) => c.truth.rule === 'N2a' || c.truth.rule === 'zombie').map((c) => c.name)
    expect(accounts.filter((c) => answer(c, 'N2a') === 'violated').map((c) => c.name)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  })

  test('what could not be seen fails nothing but by a week of watching', () => {
    const unseen = province.channels.filter((c) => c.kind === 'website' && (c.truth.outcome !== 'ok' || c.traps.includes('js_list')))
    const failed = unseen.filter((c) => checkOf(c).verdict === 'failed')
    expect(failed.map((c) => [c.traps[0], ...checkOf(c).vetoes])).toEqual([['refused', 'W2'], ['server_error', 'W2']])
    expect(unseen.filter((c) => checkOf(c).verdict === 'passed')).toEqual([])
    expect(unseen.length).toBeGreaterThan(5)
  })
})
