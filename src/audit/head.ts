import type { Db } from '../../db/client.ts'

/** The chain's end: noted outside, it shows later that nothing before it was cut off or written anew. */
export type Head = { readonly seq: number; readonly hash: string }

/** The last link; null while nothing has been done. */
export async function auditHead(sql: Pick<Db, 'sql'>['sql']): Promise<Head | null> {
  const [row] = await sql<{ seq: string; hash: string }[]>`select seq::text as seq, hash from audit_chain order by seq desc limit 1`
  return row === undefined ? null : { seq: Number(row.seq), hash: row.hash }
}
