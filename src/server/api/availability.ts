import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { listWeeks, startWeek, stopWeek } from '../../visit/week/index.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'

const OPERATIONS = ['operations'] as const
const selection = z.strictObject({ all: z.literal(true).optional(), ids: z.array(z.number().int().positive()).min(1).max(20_000).optional(), region: z.string().max(12).optional(), organisation: z.number().int().positive().optional() })
const reason = z.string().trim().max(500).optional()

/** 站点无法访问: websites under a week's watch. */
export const availabilityRoutes = [
  route({
    method: 'GET', url: '/api/availability-weeks', summary: { zh: '监测周', en: 'weeks with their figures: what counts, what failed, what was taken out' }, door: READERS, token: 'read',
    query: z.object({ state: z.enum(['running', 'done', 'stopped']).optional(), channel: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(200).default(50), offset: z.coerce.number().int().min(0).default(0) }),
    answer: z.object({
      total: z.number(),
      weeks: z.array(z.object({
        id: z.number(), channelId: z.number(), name: z.string(), from: z.string(), days: z.number(), visitsPerDay: z.number(), vantages: z.number(), state: z.string(), planned: z.number(), made: z.number(), answer: z.string(),
        figures: z.object({ counted: z.number(), failed: z.number(), percent: z.number().nullable(), ownNetwork: z.number(), barred: z.number(), openElsewhere: z.number(), unconfirmed: z.number() }),
      })),
    }),
    handle: ({ ctx, query }) => listWeeks({ ctx, input: given(query) }),
  }),
  route({
    method: 'POST', url: '/api/availability-weeks', summary: { zh: '开始监测周', en: 'puts a selection under a week’s watch' }, door: OPERATIONS,
    body: z.strictObject({ selection, from: z.iso.date().optional(), days: z.number().int().default(7), visitsPerDay: z.number().int().default(24), vantages: z.number().int().default(2), reason }),
    answer: z.object({ started: z.number(), running: z.number(), from: z.string(), days: z.number(), visitsPerDay: z.number(), vantages: z.number() }),
    handle: ({ ctx, body }) => startWeek({ ctx, input: given(body) }),
  }),
  route({
    method: 'POST', url: '/api/availability-weeks/stop', summary: { zh: '停止监测', en: 'ends the running weeks of a selection; what was seen is kept' }, door: OPERATIONS,
    body: z.strictObject({ selection, reason }), answer: z.object({ stopped: z.number() }),
    handle: ({ ctx, body }) => stopWeek({ ctx, input: given(body) }),
  }),
] as const
