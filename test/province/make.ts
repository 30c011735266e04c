import { addDays, isDay } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import { accountsOf, feedsOf } from './accounts.ts'
import { between } from './random.ts'
import { REGIONS } from './regions.ts'
import { ROSTER } from './roster.ts'
import { siteOf } from './sites.ts'
import { noon } from './streams.ts'
import { truthAt } from './truth.ts'
import type { Province, ProvinceChannel, Site, Truth } from './types.ts'

const UNKNOWN: Truth = { proposal: null, rule: null, outcome: 'ok', alsoRight: [], columns: [], newest: null, consultation: null, why: '' }

/**
 * A province of eleven cities: websites, feeds, accounts and groups with their truth. A pure function of its input.
 * `sites` takes the first so many of the roster; all of them by default.
 * @throws RangeError for a `today` that is no day.
 */
export function makeProvince({ seed = 1, today, sites = ROSTER.length }: { seed?: number; today: Day; sites?: number }): Province {
  if (!isDay(today)) throw new RangeError(`today is not a day: ${today}`)
  const made = ROSTER.slice(0, sites).map((row, i) => siteOf(row, i, seed, today))
  const homes = made.filter((s) => s.traps.includes('healthy'))
  const placed = made.map((s, i): Site => (s.traps.includes('moved_notice') ? { ...s, movedTo: homes[i % homes.length]?.host ?? null } : s))
  const organisations = placed.map((s) => s.organisation)
  const websites = placed.map((site): ProvinceChannel => ({
    id: site.id, kind: 'website', name: site.name, organisation: site.organisation, sponsor: site.organisation.name, region: site.organisation.region.code,
    address: `http://${site.host}/`, code: site.siteCode, traps: site.traps, site, feed: null, statement: null, service: false, duplicateOf: null, lesser: false, members: null,
    openedOn: addDays(today, -between(900, 5000, seed, site.id, 'opened')), filing: '已备案', truth: UNKNOWN,
  }))
  const channels = [...websites, ...feedsOf(organisations, seed, today, UNKNOWN), ...accountsOf(organisations, seed, today, UNKNOWN)]
  const province: Province = { seed, today, regions: REGIONS, organisations, channels, canaries: [], port: 0 }
  refresh(province, noon(today))
  return province
}

/** Brings every channel's `truth` up to `now`. `since` is the watcher's first visit, by default noon of the base day. */
export function refresh(province: Province, now: Date, since: Date = noon(province.today)): void {
  for (const channel of province.channels) channel.truth = truthAt(channel, province.today, now, since)
}
