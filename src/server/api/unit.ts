import { z } from 'zod'
import { attest } from '../../registry/index.ts'
import { LARGEST_FILE, bringFile, replyToOrder, unitChannels, unitMatters } from '../../review/index.ts'
import { route } from '../route.ts'
import { decided } from './candidates.ts'
import { bytesOf, defined, id, paging, text } from './words.ts'

const UNIT = ['unit_contact'] as const
const pages = { ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }

/** What a unit sees and does itself: its orders, its answers and appeals, its dated statements. */
export const unitRoutes = [
  route({
    method: 'GET',
    url: '/api/unit/matters',
    summary: { zh: '本单位事项', en: 'what was decided about the unit’s channels' },
    door: UNIT,
    query: z.object({ view: z.enum(['due', 'waiting', 'done', 'all']).default('due'), ...pages }),
    answer: z.object({
      total: z.number(), due: z.number(), waiting: z.number(), done: z.number(),
      matters: z.array(z.object({
        id: z.number(), state: z.string(), proposal: z.string(), rule: z.string(), clause: text, deadline: z.string().nullable(), daysLeft: z.number().nullable(),
        channel: z.object({ id: z.number(), kind: z.string(), name: z.string(), organisation: z.string().nullable() }), orders: z.array(z.object({ id: z.number(), number: z.string() })),
      })),
    }),
    handle: ({ ctx, query }) => unitMatters({ ctx, input: query }),
  }),
  route({
    method: 'POST',
    url: '/api/unit/matters/:id/files',
    summary: { zh: '上传佐证材料', en: 'brings a file as proof; its bytes are the body' },
    door: UNIT,
    params: id,
    query: z.object({ name: z.string().min(1).max(200) }),
    bodyLimit: LARGEST_FILE + 1024,
    answer: z.object({ sha256: z.string(), name: z.string(), size: z.number() }),
    handle: ({ ctx, deps, params, query, request }) => bringFile({ ctx, store: deps.evidence, bytes: bytesOf(request), input: { candidate: params.id, name: query.name } }),
  }),
  route({
    method: 'POST',
    url: '/api/unit/matters/:id/reply',
    summary: { zh: '反馈或申诉', en: 'answers an order, or contests it' },
    door: UNIT,
    params: id,
    body: z.strictObject({ step: z.enum(['answer', 'contest']), text: z.string().trim().min(1).max(4000), files: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20).default([]), version: z.number().int().positive() }),
    answer: decided,
    handle: ({ ctx, params, body }) => replyToOrder({ ctx, input: { candidate: params.id, ...body } }),
  }),
  route({
    method: 'GET',
    url: '/api/unit/channels',
    summary: { zh: '本单位渠道与填报', en: 'the unit’s channels with its latest statements' },
    door: UNIT,
    query: z.object({ text: z.string().max(200).optional(), ...pages }),
    answer: z.object({
      total: z.number(),
      channels: z.array(z.object({
        id: z.number(), kind: z.string(), name: z.string(), address: z.string(), state: z.string(), newest: z.string().nullable(),
        statement: z.object({ newestOn: z.string(), statedOn: z.string(), statedBy: z.string(), daysOld: z.number(), holds: z.boolean() }).nullable(),
      })),
    }),
    handle: ({ ctx, query }) => unitChannels({ ctx, input: defined(query) }),
  }),
  route({
    method: 'POST',
    url: '/api/unit/channels/:id/attest',
    summary: { zh: '填报最近更新日期', en: 'states the day of the last publication or use' },
    door: UNIT,
    params: id,
    body: z.strictObject({ newestOn: z.iso.date(), statedBy: z.string().trim().min(1).max(100), link: z.url({ protocol: /^https?$/ }).max(2000).optional(), note: z.string().trim().max(500).optional() }),
    answer: z.object({ id: z.number().nullable() }),
    handle: ({ ctx, params, body }) => attest({ ctx, input: { channel: params.id, ...defined(body) } }),
  }),
] as const
