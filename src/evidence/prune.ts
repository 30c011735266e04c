import type { Ctx } from '../../db/context.ts'
import { recordAudit } from '../audit/record.ts'
import { holdPruning } from './hold-pruning.ts'
import type { EvidenceStore } from './types.ts'

export type Pruned = { readonly uses: number; readonly pieces: number; readonly freedBytes: number }

/**
 * Lets go of evidence that is older than `days` and that nothing needs: kept are the newest bytes and pictures of each
 * page, what a candidate, check or finding cites and what was received of that page with it, what a column stands on,
 * statements' attachments, and the files that units brought for a candidate. Rows go first and bytes after, so that a crash in between leaves bytes
 * without a row, which the next run removes, and never a row without bytes.
 */
export async function pruneEvidence(args: { ctx: Ctx; store: EvidenceStore; days: number }): Promise<Pruned> {
  const release = await holdPruning(args.ctx.db.sql)
  try {
    return await prune(args)
  } finally {
    await release()
  }
}

async function prune({ ctx, store, days }: { ctx: Ctx; store: EvidenceStore; days: number }): Promise<Pruned> {
  const at = ctx.clock.now()
  const before = new Date(at.getTime() - days * 86_400_000).toISOString()
  const uses = await ctx.db.orm.transaction(async (tx) => {
    const gone = await tx.execute(`
      with cited as (
        select distinct jsonb_array_elements(evidence)->>'sha256' as sha256 from candidate
        union select unnest(evidence) from site_column
        union select evidence from attestation where evidence is not null
        union select unnest(evidence) from indicator_check
        union select unnest(evidence) from person_finding
        union select sha256 from candidate_file
        union select jsonb_array_elements_text(detail->'files') from candidate_step where jsonb_typeof(detail->'files') = 'array'
      ), newest as (
        select distinct on (u.channel_id, u.url, e.kind) u.channel_id, u.url, u.sha256
          from evidence_use u join evidence e using (sha256) order by u.channel_id, u.url, e.kind, u.fetched_at desc
      )
      delete from evidence_use u
       where u.fetched_at < '${before}'::timestamptz
         and not exists (select from newest n where n.channel_id = u.channel_id and n.url = u.url and n.sha256 = u.sha256)
         and not exists (select from cited c where c.sha256 = u.sha256)
         and not exists (
           select from evidence_use p join cited c on c.sha256 = p.sha256
            where p.channel_id = u.channel_id and p.url = u.url and p.fetched_at = u.fetched_at)
      returning 1`)
    await tx.execute(`
      delete from evidence e
       where e.created_at < '${before}'::timestamptz
         and not exists (select from evidence_use u where u.sha256 = e.sha256)
         and not exists (select from attestation a where a.evidence = e.sha256)
         and not exists (select from candidate_file f where f.sha256 = e.sha256)
         and not exists (select from candidate_step s where jsonb_typeof(s.detail->'files') = 'array' and s.detail->'files' ? e.sha256)`)
    if (gone.length > 0) {
      await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'evidence.prune', entity: 'evidence', detail: { uses: gone.length, olderThanDays: days } }])
    }
    return gone.length
  })
  const rows = await ctx.db.sql<{ sha256: string }[]>`select sha256 from evidence`
  const known = new Set(rows.map((r) => r.sha256))
  const { removed, freed } = await store.prune((sha256) => known.has(sha256))
  return { uses, pieces: removed, freedBytes: freed }
}
