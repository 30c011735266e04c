import { z } from 'zod'
import { confirmReturn, countWatched, fileChannel, listWatched, pageFilings } from '../../review/index.ts'
import { route } from '../route.ts'
import { defined, flag, id, paging } from './words.ts'

const LOOK = ['rectification', 'operations', 'read_only'] as const

/** What is kept and filed 登记备案, and what was shut or merged and is watched 关停后跟踪. */
export const filingRoutes = [
  route({
    method: 'GET',
    url: '/api/filings',
    summary: { zh: '备案一览', en: 'running channels with their filing, and what each lacks' },
    door: LOOK,
    token: 'read',
    query: z.object({ view: z.enum(['incomplete', 'unfiled', 'complete', 'all']).default('incomplete'), text: z.string().max(200).optional(), region: z.string().max(12).optional(), ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: z.object({
      total: z.number(),
      filings: z.array(z.object({ channel: z.number(), kind: z.string(), name: z.string(), organisation: z.string().nullable(), region: z.string().nullable(), number: z.string().nullable(), filedOn: z.string().nullable(), reviewedBy: z.string().nullable(), lacking: z.array(z.string()), complete: z.boolean() })),
    }),
    handle: ({ ctx, query }) => pageFilings({ ctx, input: defined(query) }),
  }),
  route({
    method: 'POST',
    url: '/api/filings',
    summary: { zh: '登记备案', en: 'files a channel that is kept' },
    door: ['rectification', 'operations'],
    body: z.strictObject({ channel: z.number().int().positive(), number: z.string().trim().min(1).max(60), reviewedBy: z.string().trim().min(1).max(60), filedOn: z.iso.date().optional() }),
    answer: z.object({ channel: z.number(), number: z.string(), filedOn: z.string() }),
    handle: ({ ctx, body }) => fileChannel({ ctx, input: defined(body) }),
  }),
  route({
    method: 'GET',
    url: '/api/watched',
    summary: { zh: '关停后跟踪', en: 'shut and merged channels as they are watched; returns first' },
    door: LOOK,
    token: 'read',
    query: z.object({ returned: flag.default(false), ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: z.array(z.object({
      channel: z.number(), kind: z.string(), name: z.string(), address: z.string(), organisation: z.string().nullable(), region: z.string().nullable(), state: z.string(), endedAt: z.string(), visitedAt: z.string().nullable(),
      returned: z.boolean(), newest: z.string().nullable(), gone: z.boolean(), redirectsTo: z.string().nullable(), announcement: z.string().nullable(), pointsToTarget: z.boolean().nullable(),
    })),
    handle: ({ ctx, query }) => listWatched({ ctx, input: { returnedOnly: query.returned, limit: query.size, offset: (query.page - 1) * query.size } }),
  }),
  route({
    method: 'GET',
    url: '/api/watched/counts',
    summary: { zh: '关停后跟踪计数', en: 'how many are watched and how many live again' },
    door: LOOK,
    token: 'read',
    answer: z.object({ watched: z.number(), returned: z.number() }),
    handle: ({ ctx }) => countWatched({ ctx }),
  }),
  route({
    method: 'POST',
    url: '/api/watched/:id/return',
    summary: { zh: '确认复活', en: 'confirms that a shut or merged channel lives again' },
    door: ['rectification'],
    params: id,
    body: z.strictObject({ reason: z.string().trim().min(1).max(4000) }),
    answer: z.object({ channel: z.number(), from: z.string(), candidate: z.number().nullable() }),
    handle: ({ ctx, params, body }) => confirmReturn({ ctx, input: { channel: params.id, reason: body.reason } }),
  }),
] as const
