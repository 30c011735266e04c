import { z } from 'zod'
import { createUser, createUserInput, disableUser, listUsers, resetPassword, unlockUser, updateUser } from '../../accounts/index.ts'
import { ROLES } from '../../domain/actor.ts'
import { realClock } from '../../domain/clock.ts'
import { route } from '../route.ts'
import { paging } from './words.ts'

const ADMINISTRATORS = ['administrator'] as const
const user = z.object({ user: z.string().min(1).max(64) })
const shownOnce = z.object({ username: z.string(), password: z.string() })

/** Accounts, for administrators of their region. */
export const userRoutes = [
  route({
    method: 'GET',
    url: '/api/users',
    summary: { zh: '账号列表', en: 'accounts, filtered and paged' },
    door: ADMINISTRATORS,
    query: z.object({ text: z.string().max(100).optional(), role: z.enum(ROLES).optional(), region: z.string().max(12).optional(), state: z.enum(['active', 'disabled', 'locked']).optional(), ...paging }),
    answer: z.object({
      total: z.number(),
      users: z.array(z.object({
        id: z.string(), username: z.string(), name: z.string(), role: z.enum(ROLES), region: z.string().nullable(), regionName: z.string().nullable(), organisationId: z.number().nullable(),
        organisation: z.string().nullable(), disabled: z.boolean(), locked: z.boolean(), mustChangePassword: z.boolean(), secondFactor: z.boolean(), sessions: z.number(),
        lastSignInAt: z.string().nullable(), createdAt: z.string(),
      })),
    }),
    handle: ({ ctx, query }) => listUsers({ ctx, input: query, now: realClock.now() }),
  }),
  route({
    method: 'POST',
    url: '/api/users',
    summary: { zh: '新建账号', en: 'enters an account; its first password is answered once' },
    door: ADMINISTRATORS,
    body: createUserInput,
    answer: shownOnce.extend({ id: z.string() }),
    handle: ({ ctx, body }) => createUser({ ctx, input: body }),
  }),
  route({
    method: 'PUT',
    url: '/api/users/:user',
    summary: { zh: '修改账号', en: 'changes name, role, region or unit' },
    door: ADMINISTRATORS,
    params: user,
    body: z.strictObject({ name: z.string().max(60), role: z.enum(ROLES), region: z.string().max(12).nullable(), organisationId: z.number().int().positive().nullable() }).partial(),
    answer: z.object({ changed: z.boolean() }),
    handle: ({ ctx, params, body }) => updateUser({ ctx, input: { id: params.user, changes: body } }),
  }),
  route({
    method: 'POST',
    url: '/api/users/:user/disable',
    summary: { zh: '停用或启用账号', en: 'shuts an account out at once, or lets it in again' },
    door: ADMINISTRATORS,
    params: user,
    body: z.strictObject({ disabled: z.boolean() }),
    answer: z.object({ changed: z.boolean() }),
    handle: ({ ctx, params, body }) => disableUser({ ctx, input: { id: params.user, disabled: body.disabled } }),
  }),
  route({
    method: 'POST',
    url: '/api/users/:user/reset-password',
    summary: { zh: '重置密码', en: 'a new first password, answered once; sessions end' },
    door: ADMINISTRATORS,
    params: user,
    body: z.strictObject({ secondFactor: z.boolean().default(false) }),
    answer: shownOnce,
    handle: ({ ctx, params, body }) => resetPassword({ ctx, input: { id: params.user, secondFactor: body.secondFactor } }),
  }),
  route({
    method: 'POST',
    url: '/api/users/:user/unlock',
    summary: { zh: '解锁账号', en: 'opens the lock of wrong passwords before its time' },
    door: ADMINISTRATORS,
    params: user,
    body: z.strictObject({}),
    answer: z.object({ unlocked: z.literal(true) }),
    handle: ({ ctx, params }) => unlockUser({ ctx, input: { id: params.user } }),
  }),
] as const
