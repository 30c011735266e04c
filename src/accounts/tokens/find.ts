import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { apiToken, person } from '../../../db/schema/index.ts'
import type { Person } from '../users/person.ts'
import { digestOfSecret } from './create.ts'

const FORM = /^huoshui_([0-9a-f]{18})_([A-Za-z0-9_-]{43})$/

/** Whose token that is and what it may do; null for one that is unknown, expired or revoked, or whose account is disabled. `now` is the real time. */
export async function findToken({ db, token, now }: { db: Db; token: string; now: Date }): Promise<{ person: Person; scopes: readonly string[] } | null> {
  const [, id = '', secret = ''] = FORM.exec(token) ?? []
  if (id === '') return null
  const [row] = await db.orm.select({ token: apiToken, person }).from(apiToken).innerJoin(person, eq(person.id, apiToken.userId)).where(eq(apiToken.id, id))
  if (row === undefined || !timingSafeEqual(Buffer.from(row.token.digest), Buffer.from(digestOfSecret(secret)))) return null
  if (row.token.revokedAt !== null || row.token.expiresAt <= now || row.person.disabledAt !== null) return null
  // Once a minute is enough to tell a token that is used from one that is forgotten.
  await db.orm.update(apiToken).set({ lastUsedAt: now }).where(and(eq(apiToken.id, id), or(isNull(apiToken.lastUsedAt), lt(apiToken.lastUsedAt, new Date(now.getTime() - 60_000)))))
  return { person: row.person, scopes: row.token.scopes }
}
