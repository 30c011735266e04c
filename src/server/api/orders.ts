import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { orderFile, pageOrders, setLetterhead, showLetterhead } from '../../review/index.ts'
import { route } from '../route.ts'
import { defined, flag, id, paging } from './words.ts'

const LOOK = ['rectification', 'operations', 'read_only'] as const

export const order = z.object({
  id: z.number(), kind: z.string(), number: z.string(), candidate: z.number(), channel: z.object({ id: z.number(), kind: z.string(), name: z.string() }), organisation: z.string().nullable(), region: z.string().nullable(),
  issuedOn: z.string(), deadline: z.string(), state: z.string(), overdue: z.boolean(),
})
const region = z.object({ region: z.string().regex(/^[0-9Z]{6}$/) })
const words = (max: number) => z.string().trim().min(1).max(max).optional()

/** Orders and notices 整改通知单、关停通知, and the letterheads they bear. */
export const orderRoutes = [
  route({
    method: 'GET',
    url: '/api/orders',
    summary: { zh: '文书一览', en: 'documents issued, overdue first' },
    door: LOOK,
    token: 'read',
    query: z.object({ kind: z.enum(['rectification', 'shutdown']).optional(), overdue: flag.optional(), text: z.string().max(200).optional(), region: z.string().max(12).optional(), ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: z.object({ total: z.number(), overdue: z.number(), orders: z.array(order) }),
    handle: ({ ctx, query }) => pageOrders({ ctx, input: defined(query) }),
  }),
  route({
    method: 'GET',
    url: '/api/orders/:id/file',
    summary: { zh: '下载文书', en: 'the document as issued, .docx' },
    door: READERS,
    token: 'export',
    params: id,
    answer: 'file',
    handle: async ({ ctx, params }) => ({ filename: `文书-${params.id}.docx`, type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', body: await orderFile({ ctx, input: params }) }),
  }),
  route({
    method: 'GET',
    url: '/api/letterheads/:region',
    summary: { zh: '文书落款与文号', en: 'what a region’s documents bear' },
    door: LOOK,
    params: region,
    answer: z.object({ region: z.string(), issuer: z.string(), contact: z.string().nullable(), rectification: z.string(), shutdown: z.string() }),
    handle: ({ ctx, params }) => showLetterhead({ ctx, input: params }),
  }),
  route({
    method: 'PUT',
    url: '/api/letterheads/:region',
    summary: { zh: '设置文书落款与文号', en: 'sets them' },
    door: ['rectification'],
    params: region,
    body: z.strictObject({ issuer: words(100), contact: words(200), rectification: words(20), shutdown: words(20) }),
    answer: z.object({ issuer: z.string().optional(), contact: z.string().optional(), rectification: z.string().optional(), shutdown: z.string().optional() }),
    handle: ({ ctx, params, body }) => setLetterhead({ ctx, input: { ...params, ...defined(body) } }),
  }),
] as const
