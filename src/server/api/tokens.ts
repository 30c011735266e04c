import { z } from 'zod'
import { createToken, createTokenInput, listTokens, revokeToken, TOKEN_SCOPES } from '../../accounts/index.ts'
import { realClock } from '../../domain/clock.ts'
import { route } from '../route.ts'

/** One's own API tokens. No token may make or see tokens. */
export const tokenRoutes = [
  route({
    method: 'GET',
    url: '/api/tokens',
    summary: { zh: '我的 API 令牌', en: 'one’s own API tokens, without their secrets' },
    door: 'signed_in',
    answer: z.array(z.object({
      id: z.string(), name: z.string(), scopes: z.array(z.enum(TOKEN_SCOPES)), state: z.enum(['live', 'expired', 'revoked']), createdAt: z.string(), expiresAt: z.string(), lastUsedAt: z.string().nullable(),
    })),
    handle: async ({ ctx }) => (await listTokens({ ctx, now: realClock.now() })).map((row) => ({ ...row, scopes: [...row.scopes] })),
  }),
  route({
    method: 'POST',
    url: '/api/tokens',
    summary: { zh: '新建 API 令牌', en: 'makes a token; it is answered once' },
    door: 'signed_in',
    body: createTokenInput,
    answer: z.object({ id: z.string(), token: z.string(), expiresAt: z.string() }),
    handle: ({ ctx, body }) => createToken({ ctx, input: body, now: realClock.now() }),
  }),
  route({
    method: 'POST',
    url: '/api/tokens/:token/revoke',
    summary: { zh: '撤销 API 令牌', en: 'ends a token of one’s own' },
    door: 'signed_in',
    params: z.object({ token: z.string().min(1).max(64) }),
    body: z.strictObject({}),
    answer: z.object({ revoked: z.literal(true) }),
    handle: ({ ctx, params }) => revokeToken({ ctx, input: { id: params.token }, now: realClock.now() }),
  }),
] as const
