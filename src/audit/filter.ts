import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import { inScope } from '../../db/scope.ts'
import type { Actor } from '../domain/actor.ts'
import { startOfDay } from '../domain/date.ts'

const DAY_MS = 86_400_000
const day = z.iso.date()

/** Which acts; all that is given must hold. Days are China's, both counted. */
export const auditFilter = z.object({
  /** A part of the name of who acted. */
  actor: z.string().trim().max(100).optional(),
  verbs: z.array(z.string().max(60)).max(50).optional(),
  entity: z.string().max(40).optional(),
  entityId: z.string().max(200).optional(),
  from: day.optional(),
  until: day.optional(),
})

export type AuditFilter = z.infer<typeof auditFilter>

/** The condition on `audit a`. Whoever is held to a region sees what people of that region did. */
export function auditSql(filter: AuditFilter, actor: Actor): SQL {
  const all: SQL[] = [actor.kind === 'user' && actor.region !== null ? inScope(sql`a.actor->>'region'`, actor) : sql`true`]
  if (filter.actor !== undefined && filter.actor !== '') all.push(sql`a.actor->>'name' in (${namesLike(filter.actor)})`)
  if (filter.verbs !== undefined && filter.verbs.length > 0) all.push(sql`a.verb in (select value from json_array_elements_text(${JSON.stringify(filter.verbs)}::json))`)
  if (filter.entity !== undefined && filter.entity !== '') all.push(sql`a.entity = ${filter.entity}`)
  if (filter.entityId !== undefined && filter.entityId !== '') all.push(sql`a.entity_id = ${filter.entityId}`)
  if (filter.from !== undefined) all.push(sql`a.at >= ${startOfDay(filter.from).toISOString()}::timestamptz`)
  if (filter.until !== undefined) all.push(sql`a.at < ${new Date(startOfDay(filter.until).getTime() + DAY_MS).toISOString()}::timestamptz`)
  return sql.join(all, sql` and `)
}

/** The names in the trail that hold this text: each is found by one step along the index, so that the acts of all the others are not read. */
function namesLike(part: string): SQL {
  return sql`
    with recursive names(name) as (
      select min(n.actor->>'name') from audit n
      union all select (select min(n.actor->>'name') from audit n where n.actor->>'name' > names.name) from names where names.name is not null)
    select name from names where name ilike ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`
}
