import { describe, expect, test } from 'vitest'
import type { ChannelFacts } from '../../src/standard/facts.ts'
import { CAMPAIGN_EDITION, judge, parseEdition } from '../../src/standard/index.ts'
import { account, ago, at, blankColumn, column, home, NOW, posts, site, times, TODAY } from './build.ts'

const run = (facts: ChannelFacts, now = NOW) => judge(facts, CAMPAIGN_EDITION, now)
const answer = (facts: ChannelFacts, rule: string, now = NOW) => {
  const found = run(facts, now).answers.find((a) => a.rule === rule)
  if (found === undefined) throw new Error(`no answer for ${rule}`)
  return found
}

describe('W3, the home page', () => {
  test('14 days ago is met, 15 days ago is violated, by China’s calendar', () => {
    expect(answer(site({ home: home({ newest: ago(14) }) }), 'W3').answer).toBe('met')
    const late = answer(site({ home: home({ newest: ago(15) }), columns: [column({ newest: ago(15) })] }), 'W3')
    expect(late).toMatchObject({ answer: 'violated', daysOver: 1, since: TODAY, newest: ago(15), threshold: { limit: { value: 2, unit: 'weeks' } } })
  })

  test('the day turns at midnight in China, not in London', () => {
    const facts = site({ home: home({ newest: '2026-06-16', at: new Date('2026-06-30T15:30:00Z') }), columns: [] })
    expect(answer(facts, 'W3', new Date('2026-06-30T15:59:59Z')).answer).toBe('met')
    const after = new Date('2026-06-30T16:00:00Z')
    expect(answer(site({ home: home({ newest: '2026-06-16', at: after }), columns: [] }), 'W3', after).answer).toBe('violated')
  })

  test.each(['challenge', 'login_wall', 'rate_limited', 'forbidden', 'timeout', 'dns', 'tls', 'own_network', 'robots', 'server_error', 'unreadable', 'empty_shell'] as const)(
    'a home page that ended in %s is not observed, however old its last date',
    (outcome) => {
      const j = run(site({ home: home({ newest: ago(200), outcome }), columns: [column({ newest: ago(200), outcome })], visits: [{ at: NOW, outcome }] }))
      expect(j.proposal).toBeNull()
      expect(j.answers.filter((a) => a.answer === 'violated')).toEqual([])
      expect(j.answers.find((a) => a.rule === 'W3')).toMatchObject({ answer: 'not_observed', reason: outcome })
    },
  )

  test('a date seen within the limit stays seen though later looks fail', () => {
    expect(answer(site({ home: home({ newest: ago(3), outcome: 'timeout' }) }), 'W3').answer).toBe('met')
  })

  test('a look made before the limit had passed says nothing about today', () => {
    const facts = site({ home: home({ newest: ago(16), at: at(ago(3)) }), columns: [] })
    expect(answer(facts, 'W3')).toMatchObject({ answer: 'not_observed', reason: 'observation_old' })
  })

  test('a look older than a week is no look', () => {
    expect(answer(site({ home: home({ newest: ago(60), at: at(ago(8)) }), columns: [] }), 'W3')).toMatchObject({ answer: 'not_observed', reason: 'observation_old' })
    expect(answer(site({ home: home({ newest: ago(60), at: at(ago(7)) }), columns: [] }), 'W3').answer).toBe('violated')
  })

  test('an entrance page is judged by its second-level pages', () => {
    const entrance = home({ newest: null, navigationOnly: true })
    expect(answer(site({ home: entrance, columns: [column({ newest: ago(40) }), column({ newest: ago(14) })] }), 'W3').answer).toBe('met')
    expect(answer(site({ home: entrance, columns: [column({ newest: ago(40) }), column({ newest: ago(15) })] }), 'W3')).toMatchObject({ answer: 'violated', daysOver: 1 })
    expect(answer(site({ home: entrance, columns: [column({ newest: ago(40) }), column({ newest: null, outcome: 'challenge' })] }), 'W3')).toMatchObject({ answer: 'not_observed', reason: 'partly_observed' })
  })

  test('a home page dated only in part, beside a fresh column, stays open', () => {
    const part = home({ newest: ago(30), everyRowDated: false })
    expect(answer(site({ home: part, columns: [column({ newest: ago(2) })] }), 'W3')).toMatchObject({ answer: 'not_observed', reason: 'undated' })
    expect(answer(site({ home: home({ newest: ago(30) }), columns: [column({ newest: ago(2) })] }), 'W3').answer).toBe('violated')
  })

  test('a date in the future proves nothing', () => {
    expect(answer(site({ home: home({ newest: '2026-07-02' }), columns: [] }), 'W3')).toMatchObject({ answer: 'not_observed', reason: 'undated' })
  })

  test('a site never visited is not observed', () => {
    const { home: _, ...rest } = site({ columns: [], visits: [] })
    expect(run(rest).proposal).toBeNull()
    expect(answer(rest, 'W3')).toMatchObject({ answer: 'not_observed', reason: 'not_visited' })
  })
})

describe('W4a, columns', () => {
  const stale = (n: number) => times(n, (i) => column({ newest: i % 2 === 0 ? ago(15) : '2025-12-29', class: i % 2 === 0 ? 'news' : 'policy' }))

  test('4 are a finding, 5 are a candidate; both kinds count together', () => {
    expect(answer(site({ columns: stale(4) }), 'W4a')).toMatchObject({ answer: 'met' })
    expect(answer(site({ columns: stale(4) }), 'W4a').columns).toHaveLength(4)
    expect(run(site({ columns: stale(4) })).proposal).toBeNull()
    expect(run(site({ columns: stale(5) })).proposal).toMatchObject({ proposal: 'rectify', rule: 'W4a', daysOver: 1, since: TODAY })
  })

  test('six months by calendar: 30 December is met on 30 June, 29 December is over', () => {
    const columns = (newest: string) => times(5, () => column({ newest, class: 'notice' }))
    expect(answer(site({ columns: columns('2025-12-30') }), 'W4a').answer).toBe('met')
    expect(answer(site({ columns: columns('2025-12-29') }), 'W4a').answer).toBe('violated')
  })

  test('notices and policies count on the first level only', () => {
    expect(answer(site({ columns: times(6, () => column({ newest: ago(400), class: 'notice', level: 2 })) }), 'W4a').answer).toBe('met')
  })

  test('unseen columns that could make it five leave the question open; those that could not, do not', () => {
    const blocked = column({ newest: ago(90), outcome: 'challenge' })
    expect(answer(site({ columns: [...stale(4), blocked] }), 'W4a')).toMatchObject({ answer: 'not_observed', reason: 'challenge' })
    expect(answer(site({ columns: [...stale(3), blocked] }), 'W4a').answer).toBe('met')
  })

  test('the ledger’s own limit for a column stands first', () => {
    expect(answer(site({ columns: times(5, () => column({ newest: ago(20), thresholdDays: 30 })) }), 'W4a').answer).toBe('met')
  })

  test('one stale column is a finding, not a candidate', () => {
    expect(run(site({ columns: [column({ newest: ago(300) }), column()] })).proposal).toBeNull()
  })
})

describe('W4c, blank columns', () => {
  test('4 and 5; a list that could not be read is not blank', () => {
    expect(answer(site({ columns: times(4, () => blankColumn()) }), 'W4c').answer).toBe('met')
    expect(run(site({ columns: times(5, () => blankColumn()) })).proposal).toMatchObject({ rule: 'W4c', proposal: 'rectify', newest: null })
    const unread = times(5, () => column({ newest: null, outcome: 'unreadable', empty: true }))
    expect(answer(site({ columns: unread }), 'W4c')).toMatchObject({ answer: 'not_observed', reason: 'unreadable' })
  })
})

describe('silent: nothing published anywhere for three months', () => {
  const silent = (newest: string, more = {}) => site({ home: home({ newest }), columns: times(3, () => column({ newest })), ...more })

  test('three months by calendar, clamped to the end of the month', () => {
    expect(answer(silent('2026-03-30'), 'silent').answer).toBe('met')
    expect(run(silent('2026-03-29')).proposal).toMatchObject({ proposal: 'shut_down', rule: 'silent', newest: '2026-03-29', daysOver: 1 })
    const may31 = new Date('2026-05-31T02:00:00Z')
    const on = (newest: string) => site({ home: home({ newest, at: may31 }), columns: [column({ newest, observedAt: may31 })] })
    expect(answer(on('2026-02-28'), 'silent', new Date('2026-05-28T02:00:00Z')).answer).toBe('met')
    expect(answer(on('2026-02-28'), 'silent', may31).answer).toBe('violated')
  })

  test('one column that could not be seen keeps it at rectify', () => {
    const facts = silent('2026-01-01', { columns: [column({ newest: '2026-01-01' }), column({ newest: '2025-01-01', outcome: 'timeout' })] })
    expect(answer(facts, 'silent')).toMatchObject({ answer: 'not_observed', reason: 'partly_observed' })
    expect(run(facts).proposal).toMatchObject({ proposal: 'rectify', rule: 'W3' })
  })

  test('blank columns, plain pages and missing pages hold nothing new; undated lists might', () => {
    const old = column({ newest: '2026-01-01' })
    const nothing = [blankColumn(), column({ newest: null, class: 'overview' }), column({ newest: null, class: 'other', list: 'none' }), column({ newest: null, outcome: 'not_found' })]
    expect(answer(silent('2026-01-01', { columns: [old, ...nothing] }), 'silent').answer).toBe('violated')
    expect(answer(silent('2026-01-01', { columns: [old, column({ newest: null, list: 'listed' })] }), 'silent').answer).toBe('not_observed')
  })

  test('a site whose columns were never found was not seen whole', () => {
    expect(answer(silent('2025-01-01', { columns: [] }), 'silent').answer).toBe('not_observed')
  })
})

describe('gone', () => {
  const sightings = (...hours: number[]) => hours.map((h) => ({ at: new Date(NOW.getTime() - h * 3_600_000), outcome: 'not_found' as const, evidence: [`g${h}`] }))
  const facts = (gone: ReturnType<typeof sightings>, visits: ChannelFacts['visits'] = [{ at: NOW, outcome: 'not_found' }]): ChannelFacts =>
    site({ home: home({ newest: null, outcome: 'not_found' }), columns: [], visits, gone })

  test('two sightings 24 hours apart, to the second', () => {
    expect(run(facts(sightings(24, 0))).proposal).toMatchObject({ proposal: 'shut_down', rule: 'gone', since: ago(1), evidence: ['g24', 'g0'] })
    expect(answer(facts(sightings(23.999, 0)), 'gone')).toMatchObject({ answer: 'not_observed', reason: 'unconfirmed' })
    expect(answer(facts(sightings(0)), 'gone').answer).toBe('not_observed')
  })

  test('seen alive between or after starts the count anew', () => {
    const alive = (h: number): ChannelFacts['visits'] => [{ at: new Date(NOW.getTime() - h * 3_600_000), outcome: 'ok' }]
    expect(answer(facts(sightings(48, 1), alive(24)), 'gone')).toMatchObject({ answer: 'not_observed', reason: 'unconfirmed' })
    expect(answer(facts(sightings(72, 30), alive(1)), 'gone').answer).toBe('met')
  })

  test('one sighting is not even stale: what is gone shows nothing to be aged', () => {
    const once = { visits: [{ at: NOW, outcome: 'not_found' as const }], gone: sightings(0) }
    expect(run(site({ ...once, home: home({ newest: ago(200), outcome: 'not_found' }), columns: [column({ newest: ago(200), outcome: 'not_found' })] })).proposal).toBeNull()
    expect(run(account({ posts: posts({ newest: ago(200), outcome: 'gone_banned' }), visits: [{ at: NOW, outcome: 'gone_banned' }] })).proposal).toBeNull()
  })

  test('failures between neither add nor break; no connection is never gone', () => {
    const dns = (h: number) => ({ at: new Date(NOW.getTime() - h * 3_600_000), outcome: 'dns' as const })
    expect(answer(facts(sightings(30, 1), [dns(0), dns(10)]), 'gone').answer).toBe('violated')
    const cut = site({ home: home({ newest: null, outcome: 'dns' }), columns: [], visits: times(20, (i) => dns(i * 24)) })
    expect(run(cut).proposal).toBeNull()
  })
})

describe('accounts', () => {
  test('N2a: 14 and 15 days', () => {
    expect(answer(account({ posts: posts({ newest: ago(14) }) }), 'N2a').answer).toBe('met')
    expect(run(account({ posts: posts({ newest: ago(15) }) })).proposal).toMatchObject({ proposal: 'rectify', rule: 'N2a', daysOver: 1 })
  })

  test('zombie: three calendar months', () => {
    expect(run(account({ posts: posts({ newest: '2026-03-30' }) })).proposal).toMatchObject({ proposal: 'rectify' })
    expect(run(account({ posts: posts({ newest: '2026-03-29' }) })).proposal).toMatchObject({ proposal: 'shut_down', rule: 'zombie', daysOver: 1 })
  })

  test('service accounts, mini programs and apps have no age', () => {
    const old = { posts: posts({ newest: ago(900) }) }
    for (const facts of [account(old, { functionType: 'service' }), account(old, { kind: 'mini_program' }), account(old, { kind: 'app' })]) {
      expect(run(facts).proposal).toBeNull()
      expect(run(facts).answers.map((a) => a.rule)).not.toContain('N2a')
    }
    const release = account({ posts: posts({ newest: ago(900), of: 'release' }) }, { kind: 'app', functionType: 'publishing' })
    expect(answer(release, 'N2a').answer).toBe('not_observed')
  })

  test('a wall is not silence', () => {
    for (const outcome of ['login_wall', 'challenge', 'credential_expired', 'bridge_stale', 'parse_drift'] as const) {
      expect(run(account({ posts: posts({ newest: ago(200), outcome }) })).proposal).toBeNull()
    }
  })

  test('an attestation of 30 days stands, of 31 not; what it cannot know it does not say', () => {
    const stated = (on: number, newest: number) => account({ posts: posts({ source: 'attested', outcome: 'attested', attestedOn: ago(on), newest: ago(newest) }) }, { kind: 'wechat_channels' })
    expect(answer(stated(30, 60), 'N2a').answer).toBe('violated')
    expect(answer(stated(31, 60), 'N2a')).toMatchObject({ answer: 'not_observed', reason: 'attestation_expired' })
    expect(answer(stated(10, 20), 'N2a')).toMatchObject({ answer: 'not_observed', reason: 'observation_old' })
    expect(answer(stated(31, 14), 'N2a').answer).toBe('met')
  })

  test('never published: twice seen, and long enough open', () => {
    const empty = (since: Date, openedOn: string | null) => account({ posts: posts({ newest: null, outcome: 'ok_empty', emptySince: since }) }, { openedOn })
    expect(answer(empty(at(ago(1), 11), null), 'N2a')).toMatchObject({ answer: 'not_observed', reason: 'unconfirmed' })
    expect(run(empty(at(ago(2)), '2026-01-01')).proposal).toMatchObject({ proposal: 'shut_down', rule: 'zombie', newest: null })
    expect(run(empty(at(ago(2)), ago(20))).proposal).toMatchObject({ proposal: 'rectify', rule: 'N2a' })
    expect(run(empty(at(ago(2)), null)).proposal).toBeNull()
  })

  test('groups: last use three months ago, as attested, is a proposal', () => {
    const group = (newest: string, on = ago(1)) => account({ posts: posts({ newest, source: 'attested', outcome: 'attested', attestedOn: on, of: 'use' }) }, { kind: 'qq_group' })
    expect(run(group('2026-03-30')).proposal).toBeNull()
    expect(run(group('2026-03-28')).proposal).toMatchObject({ proposal: 'shut_down', rule: 'unused' })
    expect(run(group('2025-01-01', ago(31))).proposal).toBeNull()
  })

  test('duplicates: the less active is to be merged, the most active stays', () => {
    const pair = (own: number, other: number | null, id = 1) =>
      account({ posts: posts({ newest: ago(own) }), duplicates: [{ channelId: 2, name: '某县微博', newest: other === null ? null : ago(other), openedOn: null }] }, { id })
    expect(run(pair(5, 1)).proposal).toMatchObject({ proposal: 'merge', rule: 'duplicate' })
    expect(run(pair(1, 5)).proposal).toBeNull()
    expect(run(pair(5, null)).proposal).toBeNull()
    expect(run(pair(5, 5, 1)).proposal).toBeNull()
    expect(run(pair(5, 5, 3)).proposal).toMatchObject({ proposal: 'merge' })
    expect(run(pair(200, 5)).proposal).toMatchObject({ proposal: 'shut_down' })
  })
})

describe('W5a is a finding', () => {
  const seen = (entries: number, wholeHomeRead: boolean) =>
    site({ consultation: { at: NOW, outcome: 'ok', entries: times(entries, () => ({ text: '县长信箱', url: 'http://x/' })), wholeHomeRead, evidence: ['e'] } })
  test('met, violated without a candidate, and open when not all was read', () => {
    expect(answer(seen(1, false), 'W5a').answer).toBe('met')
    expect(answer(seen(0, true), 'W5a').answer).toBe('violated')
    expect(run(seen(0, true)).proposal).toBeNull()
    expect(answer(seen(0, false), 'W5a').answer).toBe('not_observed')
  })
})

describe('what holds a proposal back', () => {
  const bad = posts({ newest: ago(400) })
  test('an exemption within its dates, visibly', () => {
    const facts = (from: string, until: string) => account({ posts: bad }, { exemptions: [{ from, until, reason: '改版' }] })
    expect(run(facts(ago(5), TODAY))).toMatchObject({ proposal: null, heldBack: { proposal: { rule: 'zombie' }, exemption: { reason: '改版' } } })
    expect(run(facts(ago(5), ago(1))).proposal).not.toBeNull()
  })
  test('a channel reported closed', () => {
    expect(run(account({ posts: bad }, { runningStatus: 'cancelled' })).proposal).toBeNull()
  })
})

describe('editions', () => {
  const file = { id: 'x', name: { zh: '某', en: 'x' }, document: { zh: '某', en: 'x' }, base: 'campaign' }
  test('change parameters, switch rules on and off, take proposals away', () => {
    const e = parseEdition({ ...file, change: { N2a: { params: { limit: 4 } }, W4b: { on: true }, zombie: { proposes: null } } })
    expect(judge(account({ posts: posts({ newest: ago(28) }) }), e, NOW).proposal).toBeNull()
    expect(judge(account({ posts: posts({ newest: ago(290) }) }), e, NOW).proposal).toMatchObject({ rule: 'N2a', proposal: 'rectify' })
    expect(e.rules.map((r) => r.id)).toContain('W4b')
  })
  test('a slip of the pen is an error', () => {
    expect(() => parseEdition({ ...file, change: { N2x: {} } })).toThrow('N2x')
    expect(() => parseEdition({ ...file, change: { N2a: { params: { limits: 3 } } } })).toThrow('limits')
    expect(() => parseEdition({ ...file, base: 'nowhere' })).toThrow('nowhere')
    expect(() => parseEdition({ ...file, surprise: 1 })).toThrow()
  })
})

