import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { apiToken } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { ownId } from '../own.ts'

export const TOKEN_SCOPES = ['read', 'export'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** Live tokens one account may have. */
const MOST = 20

export const createTokenInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1).max(TOKEN_SCOPES.length).transform((s) => [...new Set(s)]),
  /** How long it holds. */
  days: z.number().int().min(1).max(366),
})

export const digestOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** A token of the actor's own, answered once. It may do what its scopes name, as the actor's role and region stand when it is used. */
export async function createToken({ ctx, input, now }: { ctx: Ctx; input: z.input<typeof createTokenInput>; now: Date }): Promise<{ id: string; token: string; expiresAt: string }> {
  const { name, scopes, days } = createTokenInput.parse(input)
  const userId = ownId(ctx.actor)
  const id = randomBytes(9).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  await ctx.db.orm.transaction(async (tx) => {
    await tx.execute(sql`select 1 from person where id = ${userId} for update`)
    const [held] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from api_token where user_id = ${userId} and revoked_at is null and expires_at > ${now.toISOString()}::timestamptz`)
    if ((held?.n ?? 0) >= MOST) throw new HuoshuiError('conflict', { zh: `每个账号最多 ${MOST} 个有效令牌,请先撤销不用的`, en: `an account has at most ${MOST} live tokens: revoke one first` })
    await tx.insert(apiToken).values({ id, userId, name, digest: digestOfSecret(secret), scopes, createdAt: now, expiresAt })
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'token.create', entity: 'token', entityId: id, detail: { name, scopes, days } }])
  })
  return { id, token: `huoshui_${id}_${secret}`, expiresAt: expiresAt.toISOString() }
}
