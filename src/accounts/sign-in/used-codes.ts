import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'

/** A code of the second factor is taken in its own 30 seconds and those before and after: so long is a used one remembered. */
const REMEMBERED_S = 120

/**
 * Takes a right code for this account, once (RFC 6238, 5.2): false where it was taken before, by whomever, so that a code
 * that was looked at or caught on its way opens nothing more. Safe from several requests at once.
 */
export async function takeCode(db: Db, person: string, code: string, now: Date): Promise<boolean> {
  const key = `used-code:${person}:${code}`
  const until = new Date(now.getTime() + REMEMBERED_S * 1000).toISOString()
  const taken = await db.orm.execute(sql`
    insert into verification as v (id, identifier, value, expires_at, created_at, updated_at)
    values (${key}, ${key}, '', ${until}::timestamptz, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)
    on conflict (id) do update set expires_at = excluded.expires_at, updated_at = excluded.updated_at where v.expires_at <= ${now.toISOString()}::timestamptz
    returning 1`)
  return taken.length > 0
}
