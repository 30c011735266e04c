import { z } from 'zod'
import { ROLES } from '../../domain/actor.ts'
import { findRegion } from '../../registry/index.ts'
import { route } from '../route.ts'

const me = z.object({ id: z.string(), username: z.string(), name: z.string(), role: z.enum(ROLES), region: z.object({ code: z.string(), name: z.string() }).nullable() })

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
      return { state: 'signed_in' as const, me: { id, username: caller.username, name, role, region: place === null ? null : { code: place.code, name: place.name } } }
    },
  }),
] as const
