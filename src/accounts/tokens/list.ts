import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import type { TokenScope } from './create.ts'
import { ownId } from '../own.ts'

export type TokenRow = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly state: 'live' | 'expired' | 'revoked'
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedAt: string | null
}

const instant = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** The actor's own tokens, live ones first; never their secrets. `now` is the real time. */
export async function listTokens({ ctx, now }: { ctx: Ctx; now: Date }): Promise<TokenRow[]> {
  const rows = await ctx.db.orm.execute<TokenRow>(sql`
    select id, name, scopes, case when revoked_at is not null then 'revoked' when expires_at <= ${now.toISOString()}::timestamptz then 'expired' else 'live' end as state,
      ${instant('created_at')} as "createdAt", ${instant('expires_at')} as "expiresAt", ${instant('last_used_at')} as "lastUsedAt"
    from api_token where user_id = ${ownId(ctx.actor)}
    order by revoked_at is not null or expires_at <= ${now.toISOString()}::timestamptz, api_token.created_at desc limit 100`)
  return [...rows]
}
