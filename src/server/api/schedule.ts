import { z } from 'zod'
import { ALARM_CODES } from '../../domain/alarm.ts'
import { READERS } from '../../domain/permit.ts'
import { engineRoom, listPolicies, policySettings, previewPolicy, SCOPES, setPolicy } from '../../schedule/index.ts'
import { route } from '../route.ts'
import { text } from './words.ts'

const OPERATIONS = ['operations'] as const
const scope = z.enum(SCOPES)
const settings = z.record(z.string(), z.unknown())
const policyBody = z.strictObject({ scope, target: z.string().max(40).default(''), settings })

/** Policies, what they would mean, what the workers do, and what is wrong. */
export const scheduleRoutes = [
  route({
    method: 'GET',
    url: '/api/policies',
    summary: { zh: '巡检策略', en: 'policies, the widest scope first' },
    door: READERS,
    answer: z.array(z.object({ scope, target: z.string(), targetName: z.string().nullable(), settings: policySettings, updatedAt: z.string(), updatedBy: z.string() })),
    handle: ({ ctx }) => listPolicies({ ctx }),
  }),
  route({
    method: 'POST',
    url: '/api/policies/preview',
    summary: { zh: '策略预估', en: 'what a policy would mean, before it is set' },
    door: OPERATIONS,
    body: policyBody,
    answer: z.object({
      channels: z.number(), visitsPerDay: z.number(), visitsPerDayNow: z.number(), visitSeconds: z.number().nullable(), opensAt: z.string(), doneBy: z.string().nullable(),
    }),
    handle: ({ ctx, deps, body }) => previewPolicy({ ctx, input: { ...body, concurrency: deps.config.concurrency } }),
  }),
  route({
    method: 'PUT',
    url: '/api/policies',
    summary: { zh: '设置策略', en: 'sets some settings of one scope; null takes one away' },
    door: OPERATIONS,
    body: policyBody.extend({ reason: z.string().trim().max(500).optional() }),
    answer: z.object({ scope, target: z.string(), settings: policySettings }),
    handle: ({ ctx, body: { reason, ...body } }) => setPolicy({ ctx, input: { ...body, ...(reason === undefined ? {} : { reason }) } }),
  }),
  route({
    method: 'GET',
    url: '/api/engine-room',
    summary: { zh: '巡检进程与吞吐', en: 'throughput, workers, hosts in back-off' },
    door: OPERATIONS,
    answer: z.object({
      hours: z.array(z.object({ from: z.string(), visits: z.number(), seen: z.number(), rendered: z.number(), seconds: z.number().nullable() })),
      workers: z.array(z.object({ name: z.string(), visits: z.number(), lastVisit: z.string() })),
      resting: z.array(z.object({ key: z.string(), until: z.string(), failures: z.number() })),
      restingCount: z.number(),
      requests: z.number(),
    }),
    handle: ({ ctx }) => engineRoom({ ctx }),
  }),
  route({
    method: 'GET',
    url: '/api/watcher',
    summary: { zh: '巡检自身状况', en: 'how the watcher itself is, and what is wrong with it' },
    door: READERS,
    token: 'read',
    answer: z.object({
      channels: z.number(), neverVisited: z.number(), overdue: z.number(), inHand: z.number(), oldestUnchecked: z.string().nullable(), oldestDue: z.string().nullable(),
      lastVisit: z.string().nullable(), coverage: z.number().nullable(), observed: z.number().nullable(), failureShare: z.number().nullable(),
      outcomes: z.record(z.string(), z.number()), alarms: z.array(text.extend({ code: z.enum(ALARM_CODES), about: z.string().optional() })),
    }),
    handle: ({ deps }) => deps.watcher(),
  }),
] as const
