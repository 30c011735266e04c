import { sql as q } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

/** A condition: the region is one of `codes` or lies below one of them. No codes means everywhere. */
export function inRegions(region: SQL, codes: readonly string[]): SQL {
  if (codes.length === 0) return q`true`
  return q`${region} in (
    with recursive sub as (
      select code from region where code in ${[...codes]}
      union select r.code from region r join sub on r.parent_code = sub.code)
    select code from sub)`
}
