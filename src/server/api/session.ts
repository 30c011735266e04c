import { z } from 'zod'
import { listSessions, revokeOtherSessions, revokeSession } from '../../accounts/index.ts'
import { ROLES } from '../../domain/actor.ts'
import { realClock } from '../../domain/clock.ts'
import { findRegion } from '../../registry/index.ts'
import { route } from '../route.ts'

const me = z.object({ id: z.string(), username: z.string(), name: z.string(), role: z.enum(ROLES), region: z.object({ code: z.string(), name: z.string() }).nullable(), secondFactor: z.boolean() })

export const sessionRoutes = [
  route({
    method: 'GET',
    url: '/api/session',
    summary: { zh: '当前登录状态', en: 'who is signed in, and what stands before the door' },
    door: 'anyone',
    answer: z.discriminatedUnion('state', [
      z.object({ state: z.literal('setup') }),
      z.object({ state: z.literal('signed_out') }),
      z.object({ state: z.literal('change_password'), name: z.string(), username: z.string() }),
      z.object({ state: z.literal('signed_in'), me }),
    ]),
    handle: async ({ ctx, deps, request }) => {
      const caller = await deps.auth.callerOf(request)
      if (caller === null) return { state: await deps.auth.needsSetup() ? 'setup' as const : 'signed_out' as const }
      const { id, name, role, region } = caller.actor
      if (caller.mustChangePassword) return { state: 'change_password' as const, name, username: caller.username }
      const place = region === null ? null : await findRegion({ ctx, input: { text: region } })
      return { state: 'signed_in' as const, me: { id, username: caller.username, name, role, region: place === null ? null : { code: place.code, name: place.name }, secondFactor: caller.secondFactor ?? false } }
    },
  }),
  route({
    method: 'GET',
    url: '/api/sessions',
    summary: { zh: '我的登录会话', en: 'where one is signed in' },
    door: 'signed_in',
    answer: z.array(z.object({ id: z.string(), startedAt: z.string(), lastSeenAt: z.string(), address: z.string().nullable(), userAgent: z.string().nullable(), here: z.boolean() })),
    handle: async ({ ctx, request }) => (await listSessions({ ctx, now: realClock.now() })).map((s) => ({ ...s, here: s.id === request.caller?.session })),
  }),
  route({
    method: 'POST',
    url: '/api/sessions/:session/revoke',
    summary: { zh: '结束某个登录会话', en: 'ends one of one’s own sessions' },
    door: 'signed_in',
    params: z.object({ session: z.string().min(1).max(64) }),
    body: z.strictObject({}),
    answer: z.object({ ended: z.number() }),
    handle: ({ ctx, params }) => revokeSession({ ctx, input: { id: params.session } }),
  }),
  route({
    method: 'POST',
    url: '/api/sessions/revoke-others',
    summary: { zh: '结束其他登录会话', en: 'ends all of one’s own sessions but this one' },
    door: 'signed_in',
    body: z.strictObject({}),
    answer: z.object({ ended: z.number() }),
    handle: ({ ctx, request }) => revokeOtherSessions({ ctx, input: { keep: request.caller?.session ?? '' } }),
  }),
] as const
