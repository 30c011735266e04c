import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { CHANNELS, findDuplicates, isProblem } from '../channels/index.ts'
import type { Duplicate } from '../channels/index.ts'
import { isKind } from '../domain/kinds.ts'
import { isObserved, OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { READERS, requireRole } from '../domain/permit.ts'

const SEEN = (Object.keys(OUTCOMES) as Outcome[]).filter(isObserved)

type Row = { id: number; kind: string; name: string; identityKey: string; organisation: number | null; account: string | null; shownName: string | null; movedTo: string | null }

/** Several accounts of one unit on one platform, one account twice, names that no longer match, accounts that have moved: over the channels still in use in the actor's region. A report; it changes nothing. */
export async function listDuplicates({ ctx }: { ctx: Pick<Ctx, 'db' | 'actor'> }): Promise<Duplicate[]> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const rows = await sql<Row[]>`
    select c.id::int as id, c.kind, c.name, c.identity_key as "identityKey", c.organisation_id::int as organisation,
      m.facts ->> 'account' as account, o.value ->> 'name' as "shownName",
      case when l.outcome = 'moved' then coalesce(l.value ->> 'movedTo', '') end as "movedTo"
    from channel c
    left join page m on m.channel_id = c.id and m.url = 'memory:'
    left join lateral (
      select value from observation where channel_id = c.id and about = 'account' and value ->> 'name' is not null order by at desc, id desc limit 1) o on c.kind <> 'website'
    left join lateral (
      select outcome, value from observation where channel_id = c.id and about = 'account' and outcome = any(${SEEN}) order by at desc, id desc limit 1) l on c.kind <> 'website'
    where c.state in ('active', 'paused') and ${scopeOf(sql, 'c.region_code', ctx.actor)}
    order by c.id`
  return findDuplicates(rows.map(({ account, ...row }) => ({ ...row, resolvedKey: account === null ? null : keyOf(row.kind, account) })))
}

/** The key of the account that a visit found behind the registered address. */
function keyOf(kind: string, address: string): string | null {
  if (!isKind(kind)) return null
  const identity = CHANNELS[kind].identify(address)
  return isProblem(identity) ? null : identity.key
}
