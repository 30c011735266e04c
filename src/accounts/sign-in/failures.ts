import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { signInFailure } from '../../../db/schema/index.ts'
import { usernameForm } from '../../domain/password.ts'

/** Five wrong passwords in a row shut the name for a quarter of an hour (GB/T 22239-2019, 8.1.4.1 b). */
export const LOCKOUT = { failures: 5, minutes: 15 } as const

/** Names are kept as digests: people now and then type the password into the wrong field. */
export function nameDigest(name: string): string {
  return createHash('sha256').update(`huoshui name ${usernameForm(name)}`).digest('hex')
}

export type Attempt = { readonly allowed: boolean; readonly failures: number }

/**
 * Counts an attempt before the password is looked at, in one statement: a hundred guesses sent at once get no more tries
 * than five sent one by one. Not allowed while the name is locked, whether or not anybody bears it. `now` is the real time.
 */
export async function beginAttempt(db: Db, name: string, now: Date): Promise<Attempt> {
  const at = sql`${now.toISOString()}::timestamptz`
  const span = sql`make_interval(mins => ${LOCKOUT.minutes})`
  const [row] = await db.orm.execute<{ failures: number; locked: boolean }>(sql`
    insert into sign_in_failure as f (name_digest, failures, last_at) values (${nameDigest(name)}, 1, ${at})
    on conflict (name_digest) do update set
      failures = case when f.last_at < ${at} - ${span} then 1 else f.failures + 1 end,
      locked_until = case when f.last_at < ${at} - ${span} then null
        when f.failures + 1 > ${LOCKOUT.failures} and f.locked_until is null then ${at} + ${span} else f.locked_until end,
      last_at = case when f.locked_until > ${at} then f.last_at else ${at} end
    returning failures, locked_until is not null as locked`)
  await db.orm.execute(sql`delete from sign_in_failure where last_at < ${at} - interval '1 day'`)
  return { allowed: row?.locked !== true, failures: row?.failures ?? 0 }
}

/** The password was right: the count begins anew. */
export async function endAttempts(db: Db, name: string): Promise<void> {
  await db.orm.delete(signInFailure).where(eq(signInFailure.nameDigest, nameDigest(name)))
}
