import { createHash } from 'node:crypto'

/** What the first link has before it. */
export const GENESIS = '0'.repeat(64)

/** A row of the trail as the chain sees it. */
export type Sealed = {
  readonly seq: number
  readonly id: number
  /** UTC with microseconds: 2026-06-01T04:00:00.000000Z. */
  readonly at: string
  /** As the database writes the JSON (`actor::text`): read and written again it might not be the same text. */
  readonly actor: string
  readonly verb: string
  readonly entity: string
  readonly entityId: string | null
  readonly reason: string | null
  readonly detail: string | null
}

/** The row as one JSON array: what PostgreSQL's jsonb writes for it, so that audit_hash of the migration hashes the same text. */
export function canonical(row: Sealed): string {
  const { seq, id, at, actor, verb, entity, entityId, reason, detail } = row
  return `[${[seq, id, JSON.stringify(at), actor, JSON.stringify(verb), JSON.stringify(entity), JSON.stringify(entityId), JSON.stringify(reason), detail ?? 'null'].join(', ')}]`
}

/** A row's link: SHA-256 (hex) over the link before, a line feed and the row. */
export function linkHash(before: string, row: Sealed): string {
  return createHash('sha256').update(`${before}\n${canonical(row)}`).digest('hex')
}
