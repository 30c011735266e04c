import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf } from '../../../db/scope.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { digest } from '../../standard/index.ts'
import { asFinding, type FindingRow } from './read.ts'

const input = z.strictObject({
  channels: z.array(z.number().int().positive()).optional(),
  indicator: z.string().optional(),
  limit: z.number().int().min(1).max(10_000).default(1000),
})

/** A signed finding as `findings list --json` prints it. */
export type ListedFinding = {
  readonly id: number
  readonly channel: { readonly id: number; readonly name: string }
  readonly standard: string
  readonly indicator: string
  readonly by: string
  readonly at: string
  readonly on: string
  readonly answers: Readonly<Record<string, boolean | number>>
  readonly places: readonly { readonly question: string; readonly url?: string | undefined; readonly note: string }[]
  readonly evidence: readonly string[]
  readonly note: string | null
  readonly recorded_at: string
  /** False where the row no longer fits the digest taken when it was signed. */
  readonly intact: boolean
}

/** Signed findings of the actor's region, the newest first. */
export async function listFindings({ ctx, input: given = {} }: { ctx: Ctx; input?: z.input<typeof input> }): Promise<ListedFinding[]> {
  requireRole(ctx.actor, READERS)
  const { channels = null, indicator = null, limit } = input.parse(given)
  const rows = await ctx.db.sql<(FindingRow & { name: string })[]>`
    select f.id::int, f.channel_id::int as "channelId", c.name, f.edition, f.indicator, f.looked_by as by, f.looked_at as at,
           to_char(f.on_day, 'YYYY-MM-DD') as on, f.answers, f.places, f.evidence, f.note, f.digest, f.recorded_at as "recordedAt"
      from person_finding f join channel c on c.id = f.channel_id
     where (${channels}::bigint[] is null or f.channel_id = any(${channels}::bigint[])) and (${indicator}::text is null or lower(f.indicator) = lower(${indicator}))
       and ${scopeOf(ctx.db.sql, 'c.region_code', ctx.actor)}
     order by f.looked_at desc, f.id desc limit ${limit}`
  return rows.map((r) => ({
    id: r.id, channel: { id: r.channelId, name: r.name }, standard: r.edition, indicator: r.indicator, by: r.by, at: r.at.toISOString(), on: r.on,
    answers: r.answers, places: r.places ?? [], evidence: r.evidence, note: r.note, recorded_at: r.recordedAt.toISOString(), intact: isIntact(r),
  }))
}

function isIntact(r: FindingRow): boolean {
  return digest({ channel: r.channelId, standard: r.edition, ...asFinding(r) }) === r.digest
}
