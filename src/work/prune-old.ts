import type { Ctx } from '../../db/context.ts'
import { setting } from '../../db/schema/index.ts'
import type { Config } from '../config/schema.ts'
import { EVIDENCE_PRUNED } from '../domain/kept.ts'
import { pruneEvidence } from '../evidence/index.ts'
import type { EvidenceStore, Pruned } from '../evidence/index.ts'
import { soberNow } from '../history/index.ts'

const DAY = 86_400_000
const NOTHING: Pruned = { uses: 0, pieces: 0, freedBytes: 0 }

/**
 * Lets go of evidence older than HUOSHUI_EVIDENCE_DAYS that nothing cites (pruneEvidence), by the earlier of the program's clock and the database's: a clock
 * gone wrong must not cost what was proven. `atMostDaily`: does nothing where it was done within a day. Throws `conflict` while a backup is made.
 */
export async function pruneOld({ ctx, config, store, atMostDaily = false }: { ctx: Ctx; config: Pick<Config, 'evidenceDays'>; store: EvidenceStore; atMostDaily?: boolean }): Promise<Pruned> {
  const now = await soberNow(ctx)
  const before = new Date(now.getTime() - config.evidenceDays * DAY).toISOString()
  const [last] = await ctx.db.sql<{ at: Date | null; old: boolean }[]>`
    select (select updated_at from setting where key = ${EVIDENCE_PRUNED}) as at, exists (select from evidence where created_at < ${before}::timestamptz) as old`
  if (last?.old !== true || (atMostDaily && last.at !== null && now.getTime() - last.at.getTime() < DAY)) return NOTHING
  const done = await pruneEvidence({ ctx: { ...ctx, clock: { now: () => now } }, store, days: config.evidenceDays })
  const row = { key: EVIDENCE_PRUNED, value: done, updatedAt: now }
  await ctx.db.orm.insert(setting).values(row).onConflictDoUpdate({ target: setting.key, set: row })
  return done
}
