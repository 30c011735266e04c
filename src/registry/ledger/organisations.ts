import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import { SAY } from './say.ts'
import type { Tally, Unit } from './state.ts'

export type Wanted = { readonly name: string; readonly regionCode: string | null; readonly supervisor: string | null }

/** Reads the units of these names that have not been asked for yet. */
export async function loadUnits(tx: Tx, tally: Tally, names: Iterable<string>): Promise<void> {
  const asked = [...new Set(names)].filter((n) => !tally.organisations.has(n))
  if (asked.length === 0) return
  for (const name of asked) tally.organisations.set(name, [])
  const rows = await tx.execute<{ id: string; name: string; region_code: string | null }>(sql`
    select id, name, region_code from organisation where name in (select value from json_array_elements_text(${JSON.stringify(asked)}::json)) order by id`)
  for (const r of rows) tally.organisations.get(r.name)?.push({ id: Number(r.id), name: r.name, regionCode: r.region_code })
}

/**
 * The unit of a row, keyed by name and region; null where it must be created. A row without region means the only unit of
 * that name; a unit without region is the row's own, and takes its region.
 */
export function unitOf(tally: Tally, want: Wanted, current: number | null): Unit | null | { readonly error: Text } {
  const same = tally.organisations.get(want.name) ?? []
  const own = same.find((u) => u.id === current)
  if (want.regionCode === null) {
    if (own !== undefined) return own
    if (same.length > 1) return same.find((u) => u.regionCode === null) ?? { error: fill(SAY.sponsorMany, { count: same.length }) }
    return same[0] ?? null
  }
  return same.find((u) => u.regionCode === want.regionCode) ?? same.find((u) => u.regionCode === null) ?? null
}

/** Creates the units that are wanted and gives unplaced ones their region. */
export async function createUnits(tx: Tx, tally: Tally, wanted: readonly Wanted[]): Promise<void> {
  const fresh = new Map<string, Wanted>()
  for (const w of wanted) {
    // First of all: a unit known without region takes the first region it is named with.
    const unplaced = w.regionCode === null ? undefined : tally.organisations.get(w.name)?.find((u) => u.regionCode === null)
    const found = unitOf(tally, w, null)
    if (unplaced !== undefined && found === unplaced) {
      unplaced.regionCode = w.regionCode
      await tx.execute(sql`update organisation set region_code = ${w.regionCode} where id = ${unplaced.id}`)
    } else if (found === null) {
      const key = `${w.name}\n${w.regionCode ?? ''}`
      if (!fresh.has(key)) fresh.set(key, w)
    }
  }
  // 教育局 without region in one row and with it in the next is one unit, when there is only that one.
  for (const [key, w] of fresh) {
    if (w.regionCode === null && [...fresh.values()].some((o) => o.name === w.name && o.regionCode !== null)) fresh.delete(key)
  }
  if (fresh.size === 0) return
  const rows = [...fresh.values()].map((w) => ({ name: w.name, region: w.regionCode, supervisor: w.supervisor }))
  const made = await tx.execute<{ id: string; name: string; region_code: string | null }>(sql`
    insert into organisation (name, region_code, supervisor)
    select name, region, supervisor from json_to_recordset(${JSON.stringify(rows)}::json) as r(name text, region text, supervisor text)
    returning id, name, region_code`)
  tally.newOrganisations += made.length
  for (const r of made) tally.organisations.get(r.name)?.push({ id: Number(r.id), name: r.name, regionCode: r.region_code })
}
