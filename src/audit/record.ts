import type { Actor } from '../domain/actor.ts'
import { audit } from '../../db/schema/index.ts'
import type { Tx } from '../../db/client.ts'

export type AuditEntry = {
  readonly verb: string
  readonly entity: string
  readonly entityId?: string | number
  readonly reason?: string
  readonly detail?: unknown
}

/**
 * Writes audit rows in the act's own transaction, so that no act is without its trace and no trace without its act. The
 * database chains each to the one before as the transaction commits (db/migrations, audit_link).
 */
export async function recordAudit(tx: Tx, who: { actor: Actor; at: Date }, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.insert(audit).values(entries.map((e) => ({
    at: who.at,
    actor: who.actor,
    verb: e.verb,
    entity: e.entity,
    entityId: e.entityId === undefined ? null : String(e.entityId),
    reason: e.reason ?? null,
    detail: e.detail ?? null,
  })))
}
