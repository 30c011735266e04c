import type { Ctx } from '../../db/context.ts'
import { CREDENTIAL_OF_SOURCE } from './catalogue.ts'

export type StoppedChannel = { readonly id: number; readonly name: string }
type Put = { readonly id: number; readonly credentialId: string; readonly scope: string; readonly target: string }
type Row = { id: number; name: string; organisation: number | null; source: string | null }

/** Channels whose last visit ended in `credential_expired`, by the row of the credential that its source uses there. */
export async function stoppedChannels(ctx: Pick<Ctx, 'db'>, put: readonly Put[]): Promise<Map<number, StoppedChannel[]>> {
  const rows = await ctx.db.sql<Row[]>`
    select c.id::int as id, c.name, c.organisation_id::int as organisation, v.source
    from channel c
    cross join lateral (select source from visit where channel_id = c.id order by started_at desc limit 1) v
    where c.last_outcome = 'credential_expired' and c.state = 'active' order by c.id`
  const byPlace = new Map(put.map((p) => [`${p.credentialId} ${p.scope} ${p.target}`, p.id]))
  const found = new Map<number, StoppedChannel[]>()
  for (const row of rows) {
    const id = CREDENTIAL_OF_SOURCE.get(row.source ?? '')
    const used = byPlace.get(`${id} channel ${row.id}`) ?? byPlace.get(`${id} organisation ${row.organisation}`) ?? byPlace.get(`${id} all `)
    if (used === undefined) continue
    const list = found.get(used)
    if (list === undefined) found.set(used, [{ id: row.id, name: row.name }])
    else list.push({ id: row.id, name: row.name })
  }
  return found
}
