import { describe, expect, it } from 'vitest'
import { addDays, addMonths } from '../../src/domain/date.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import { makeProvince, noon, refresh, REQUIRED_TRAPS } from './index.ts'

const TODAY = '2026-11-23'
const at = (days: number) => noon(addDays(TODAY, days))

describe('makeProvince', () => {
  const province = makeProvince({ today: TODAY })

  it('is a pure function of seed and day', () => {
    expect(JSON.stringify(makeProvince({ today: TODAY }))).toBe(JSON.stringify(province))
    expect(JSON.stringify(makeProvince({ today: TODAY, seed: 2 }))).not.toBe(JSON.stringify(province))
    expect(() => makeProvince({ today: '2026-02-30' })).toThrow('not a day')
  })

  it('is large enough and covers all cities and kinds', () => {
    expect(province.channels.filter((c) => c.kind === 'website').length).toBeGreaterThanOrEqual(60)
    expect(province.channels.length).toBeGreaterThanOrEqual(200)
    expect(new Set(province.channels.map((c) => c.region.slice(0, 4))).size).toBe(11)
    const kinds = new Set(province.channels.map((c) => c.kind))
    expect(KIND_IDS.filter((k) => !kinds.has(k))).toEqual([])
  })

  it('wears every required trap at least twice', () => {
    for (const trap of REQUIRED_TRAPS) expect(province.channels.filter((c) => c.traps.includes(trap)).length, trap).toBeGreaterThanOrEqual(2)
  })

  it('lets fresh and still sites wear the reading traps', () => {
    const both = REQUIRED_TRAPS.filter((t) => {
      const proposals = new Set(province.channels.filter((c) => c.traps.includes(t)).map((c) => c.truth.proposal !== null))
      return proposals.size === 2
    })
    for (const trap of ['split_date', 'mmdd', 'pinned_old', 'future_date', 'today_clock', 'generated_meta', 'js_list', 'frameset', 'cookie_302', 'slow'] as const) expect(both).toContain(trap)
  })

  it('gives every channel a name of its own kind, every site and feed an address of its own', () => {
    const names = province.channels.map((c) => `${c.kind} ${c.name}`)
    expect(new Set(names).size).toBe(names.length)
    const hosts = province.channels.flatMap((c) => c.site?.host ?? c.feed?.host ?? [])
    expect(new Set(hosts).size).toBe(hosts.length)
    expect(hosts.every((h) => /^127\.\d+\.\d+\.\d+$/.test(h))).toBe(true)
    const codes = province.channels.filter((c) => c.site !== null).map((c) => c.code)
    expect(codes.every((c) => /^\d{10}$/.test(c))).toBe(true)
  })

  it('has no unit twice on a platform but for the planned pairs, of which the less active is to be merged', () => {
    const byUnit = new Map<string, typeof province.channels[number][]>()
    for (const c of province.channels) byUnit.set(`${c.kind} ${c.organisation.id}`, [...(byUnit.get(`${c.kind} ${c.organisation.id}`) ?? []), c])
    const pairs = [...byUnit.values()].filter((g) => g.length > 1)
    expect(pairs.length).toBeGreaterThanOrEqual(2)
    for (const pair of pairs) {
      expect(pair.every((c) => c.duplicateOf !== null)).toBe(true)
      const merged = pair.filter((c) => c.truth.proposal === 'merge')
      expect(merged).toHaveLength(1)
      expect(merged[0]!.truth.newest! < pair.find((c) => c !== merged[0])!.truth.newest!).toBe(true)
    }
  })
})

describe('truth', () => {
  const province = makeProvince({ today: TODAY })
  const site = (trap: string, nth = 0) => province.channels.filter((c) => c.traps.includes(trap as never))[nth]!

  it('proposes nothing for what nobody can see', () => {
    refresh(province, at(5))
    for (const trap of ['redirect_loop', 'challenge_403', 'challenge_412', 'challenge_521', 'waf_200', 'login_wall', 'truncated', 'gzip_bomb', 'empty_shell', 'refused', 'server_error', 'rate_limited', 'robots_closed', 'moved_notice', 'attestation_old', 'not_attested', 'service_account', 'feed_undated', 'feed_html']) {
      const worn = province.channels.filter((c) => c.traps.includes(trap as never))
      expect(worn.map((c) => c.truth.proposal), trap).toEqual(worn.map(() => null))
    }
  })

  it('says gone only after two sightings a day apart', () => {
    refresh(province, at(0))
    expect(['home_404', 'parked', 'closed_notice', 'default_page'].map((t) => site(t).truth.proposal)).toEqual([null, null, null, null])
    refresh(province, at(1))
    expect(['home_404', 'parked', 'closed_notice', 'default_page'].map((t) => site(t).truth.proposal)).toEqual(Array(4).fill('shut_down'))
    expect(site('transient_404').truth).toMatchObject({ proposal: null, outcome: 'ok' })
  })

  it('keeps the limits to the day', () => {
    refresh(province, at(0))
    const ages = province.channels.filter((c) => c.traps.includes('limit_14')).map((c) => [c.truth.newest, c.truth.proposal])
    expect(ages).toEqual([[addDays(TODAY, -12), null], [addDays(TODAY, -13), null], [addDays(TODAY, -14), null], [addDays(TODAY, -15), 'rectify']])
    const quiet = site('limit_3_months')
    expect(addMonths(quiet.truth.newest!, 3)).toBe(addDays(TODAY, 1))
    refresh(province, at(1))
    expect([site('limit_14', 2).truth.proposal, quiet.truth.proposal]).toEqual(['rectify', 'rectify'])
    refresh(province, at(2))
    expect(quiet.truth.proposal).toBe('shut_down')
  })

  it('counts still and blank columns together by their own rules', () => {
    refresh(province, at(0))
    expect(province.channels.filter((c) => c.traps.some((t) => t.startsWith('columns_') || t === 'one_column_stale')).map((c) => [c.site?.profile, c.truth.rule])).toEqual([
      ['one', null], ['columns:6', 'W4a'], ['columns:5', 'W4a'], ['columns:4', null], ['blank:4', null], ['blank:5', 'W4c'], ['blank:6', 'W4c'], ['one', null],
    ])
  })

  it('withdraws what recovers and keeps live sites fresh as days pass', () => {
    refresh(province, at(0))
    expect([site('revived', 0).truth.proposal, site('revived', 1).truth.proposal, site('backdated_batch').truth.proposal]).toEqual(['rectify', 'shut_down', 'rectify'])
    for (const days of [1, 2, 7, 30]) {
      refresh(province, at(days))
      expect(site('revived', 1).truth, String(days)).toMatchObject({ proposal: null, newest: addDays(TODAY, days) })
      const live = province.channels.filter((c) => c.site?.profile === 'live' && c.truth.outcome === 'ok')
      expect(live.filter((c) => c.truth.proposal !== null).map((c) => c.id)).toEqual([])
    }
    refresh(province, at(1))
    expect(site('backdated_batch').truth).toMatchObject({ proposal: null, newest: addDays(TODAY, -1) })
  })
})
