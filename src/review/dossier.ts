import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { sightingsOf } from './evidence/sightings.ts'
import type { Sighting } from './evidence/sightings.ts'
import { listOrders } from './orders/list.ts'
import type { OrderRow } from './orders/list.ts'
import { showCandidate } from './show-candidate.ts'
import type { CandidateFile } from './show-candidate.ts'

const SIGHTINGS = 30

/** A page or picture that was received, as the reviewer may open it. */
export type Piece = { readonly kind: string; readonly sha256: string; readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly contentType: string | null; readonly fetchedAt: string; readonly cited: boolean }
export type BroughtFile = { readonly sha256: string; readonly name: string; readonly size: number; readonly by: string; readonly at: string }

export type Dossier = CandidateFile & {
  readonly assignee: { readonly id: string; readonly name: string } | null
  /** What the last visits saw, the newest first. */
  readonly sightings: readonly Sighting[]
  /** What the candidate cites, pictures first, then the newest picture of the channel where none is cited. */
  readonly pieces: readonly Piece[]
  readonly orders: readonly OrderRow[]
  readonly files: readonly BroughtFile[]
  /** Whether the channel has been visited since the last step: a re-check rests on that. */
  readonly visitedSince: boolean
  readonly channelNow: { readonly newest: string | null; readonly outcome: string | null; readonly visitedAt: string | null }
}

/** One candidate with all that a reviewer decides by. Throws `not_found`, `forbidden`. */
export async function candidateDossier({ ctx, input }: { ctx: Ctx; input: { id: number } }): Promise<Dossier> {
  requireRole(ctx.actor, READERS)
  const { id } = z.object({ id: z.number().int().positive() }).parse(input)
  const file = await showCandidate({ ctx, input: { id } })
  const { sql } = ctx.db
  const cited = file.evidence.flatMap((e) => ('sha256' in e ? [e.sha256] : []))
  const last = file.steps.at(-1)?.at ?? file.openedAt
  const [sightings, pieces, orders, files, [standing]] = await Promise.all([
    sightingsOf({ ctx, input: { channel: file.channel.id } }),
    sql<(Omit<Piece, 'fetchedAt'> & { fetchedAt: Date })[]>`
      select * from (
        select distinct on (u.sha256) e.kind, u.sha256, u.url, u.final_url as "finalUrl", u.status::int, e.content_type as "contentType", u.fetched_at as "fetchedAt", u.sha256 = any(${cited}) as cited
          from evidence_use u join evidence e using (sha256)
         where u.channel_id = ${file.channel.id} and (u.sha256 = any(${cited}) or u.sha256 in (
           select n.sha256 from evidence_use n join evidence p using (sha256) where n.channel_id = ${file.channel.id} and p.kind = 'screenshot' order by n.fetched_at desc limit 2))
         order by u.sha256, u.fetched_at desc) x
       order by x.kind = 'screenshot' desc, x.cited desc, x."fetchedAt" desc limit 20`,
    listOrders({ ctx, input: { candidate: id } }),
    sql<(Omit<BroughtFile, 'at'> & { at: Date })[]>`
      select sha256, name, size, coalesce(uploaded_by->>'name', '') as by, uploaded_at as at from candidate_file where candidate_id = ${id} order by uploaded_at, sha256`,
    sql<{ assignee: Dossier['assignee']; visitedSince: boolean; newest: string | null; outcome: string | null; visitedAt: Date | null }[]>`
      select case when k.assignee is not null then jsonb_build_object('id', k.assignee, 'name', coalesce(p.name, k.assignee)) end as assignee,
             coalesce(c.last_seen_at > ${last}::timestamptz, false) as "visitedSince", c.newest_on::text as newest, c.last_outcome as outcome, c.last_visit_at as "visitedAt"
        from candidate k join channel c on c.id = k.channel_id left join person p on p.id = k.assignee where k.id = ${id}`,
  ])
  return {
    ...file,
    assignee: standing?.assignee ?? null,
    sightings: sightings.slice(0, SIGHTINGS),
    pieces: pieces.map((p) => ({ ...p, fetchedAt: p.fetchedAt.toISOString() })),
    orders,
    files: files.map((f) => ({ ...f, at: f.at.toISOString() })),
    visitedSince: standing?.visitedSince ?? false,
    channelNow: { newest: standing?.newest ?? null, outcome: standing?.outcome ?? null, visitedAt: standing?.visitedAt?.toISOString() ?? null },
  }
}
