import { z } from 'zod'
import { shownSettings } from '../../config/show.ts'
import { ROLES } from '../../domain/actor.ts'
import { listLetters, listSubscriptions, NEWS_KIND_IDS, subscribe } from '../../notify/index.ts'
import { route } from '../route.ts'

const OPERATIONS = ['operations'] as const

/** Who is told what, whether it went out, and the settings in force. */
export const settingsRoutes = [
  route({
    method: 'GET', url: '/api/settings', summary: { zh: '运行配置', en: 'settings in force; secrets are never shown' }, door: ['administrator'],
    answer: z.array(z.object({ name: z.string(), about: z.object({ zh: z.string(), en: z.string() }), value: z.string(), fallback: z.string(), from: z.enum(['command_line', 'environment', 'default']), secret: z.boolean() })),
    handle: async ({ deps }) => shownSettings(deps.config),
  }),
  route({
    method: 'GET', url: '/api/subscriptions', summary: { zh: '通知订阅', en: 'who is told what' }, door: OPERATIONS,
    answer: z.array(z.object({ id: z.number(), name: z.string(), way: z.string(), address: z.string(), regionCode: z.string().nullable(), role: z.string(), kinds: z.array(z.string()), mode: z.string(), active: z.boolean() })),
    handle: ({ ctx }) => listSubscriptions({ ctx }),
  }),
  route({
    method: 'PUT', url: '/api/subscriptions', summary: { zh: '设置通知订阅', en: 'enters a subscriber or changes one, by name' }, door: OPERATIONS,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100), way: z.enum(['email', 'wecom', 'dingtalk']), address: z.string().trim().min(3).max(1000), region: z.string().max(12).nullable().default(null),
      role: z.enum(ROLES), kinds: z.array(z.enum(NEWS_KIND_IDS)).default([]), mode: z.enum(['digest', 'instant']).default('digest'), active: z.boolean().default(true),
    }),
    answer: z.object({ id: z.number(), name: z.string() }),
    handle: ({ ctx, body }) => subscribe({ ctx, input: body }),
  }),
  route({
    method: 'GET', url: '/api/letters', summary: { zh: '通知发送情况', en: 'the outbox, troubles first' }, door: OPERATIONS,
    query: z.object({ state: z.enum(['waiting', 'sent', 'failed']).optional() }),
    answer: z.array(z.object({ id: z.number(), to: z.string(), way: z.string(), subject: z.string(), items: z.number(), state: z.string(), attempts: z.number(), createdAt: z.string(), sentAt: z.string().nullable(), lastError: z.string().nullable() })),
    handle: ({ ctx, query }) => listLetters({ ctx, input: query.state === undefined ? {} : { state: query.state } }),
  }),
] as const
