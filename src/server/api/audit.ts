import { z } from 'zod'
import { chainState, exportAudit, listAudit } from '../../audit/index.ts'
import { dayInChina } from '../../domain/date.ts'
import { route } from '../route.ts'
import { many, paging, text } from './words.ts'

const ADMINISTRATORS = ['administrator'] as const
const filterQuery = z.object({
  actor: z.string().max(100).optional(),
  verbs: many(z.string().max(60)),
  entity: z.string().max(40).optional(),
  entityId: z.string().max(200).optional(),
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
})

export const auditRoutes = [
  route({
    method: 'GET',
    url: '/api/audit',
    summary: { zh: '审计记录', en: 'the audit trail, the latest act first' },
    door: ADMINISTRATORS,
    token: 'read',
    query: filterQuery.extend(paging),
    answer: z.object({
      total: z.number(),
      acts: z.array(z.object({
        id: z.number(), at: z.string(), actorKind: z.string(), actorName: z.string(), actorRole: z.string().nullable(), verb: z.string(), entity: z.string(),
        entityId: z.string().nullable(), subject: z.string().nullable(), reason: z.string().nullable(), detail: z.unknown(),
      })),
    }),
    handle: ({ ctx, query: { page, size, ...filter } }) => listAudit({ ctx, input: { filter, page, size } }),
  }),
  route({
    method: 'GET',
    url: '/api/audit/chain',
    summary: { zh: '审计链状态', en: 'how the chain over the trail is: last verified when, and whether it held' },
    door: ADMINISTRATORS,
    token: 'read',
    answer: z.object({ verifiedAt: z.string().nullable(), verifiedTo: z.number().nullable(), broken: text.nullable(), links: z.number(), tail: text.nullable() }),
    handle: async ({ ctx }) => {
      const { tail, ...state } = await chainState({ ctx })
      return { ...state, tail: tail?.text ?? null }
    },
  }),
  route({
    method: 'GET',
    url: '/api/audit/export',
    summary: { zh: '导出审计记录(CSV)', en: 'what the filter picks, as CSV' },
    door: ADMINISTRATORS,
    token: 'export',
    query: filterQuery,
    answer: 'file',
    handle: async ({ ctx, query }) => ({ filename: `审计-${dayInChina(ctx.clock.now())}.csv`, type: 'text/csv; charset=utf-8', body: await exportAudit({ ctx, input: query }) }),
  }),
] as const
