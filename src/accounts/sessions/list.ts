import { and, desc, eq, gt } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { session } from '../../../db/schema/index.ts'
import { ownId } from '../own.ts'

export type SessionRow = { readonly id: string; readonly startedAt: string; readonly lastSeenAt: string; readonly address: string | null; readonly userAgent: string | null }

/** Where the actor is signed in, the latest first. `now` is the real time. */
export async function listSessions({ ctx, now }: { ctx: Ctx; now: Date }): Promise<SessionRow[]> {
  const rows = await ctx.db.orm.select().from(session).where(and(eq(session.userId, ownId(ctx.actor)), gt(session.expiresAt, now))).orderBy(desc(session.updatedAt)).limit(200)
  return rows.map((s) => ({ id: s.id, startedAt: s.createdAt.toISOString(), lastSeenAt: s.updatedAt.toISOString(), address: s.ipAddress, userAgent: s.userAgent }))
}
