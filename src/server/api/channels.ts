import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { KIND_IDS } from '../../domain/kinds.ts'
import { listChannels } from '../../registry/index.ts'
import { route } from '../route.ts'
import { flag, many, paging } from './words.ts'

const channelQuery = z.object({
  text: z.string().max(200).optional(),
  kinds: many(z.enum(KIND_IDS)),
  region: z.string().max(12).optional(),
  organisation: z.coerce.number().int().optional(),
  states: many(z.enum(['active', 'paused', 'closed', 'merged'])),
  outcomes: many(z.string().max(40)),
  filing: many(z.enum(['filed', 'pending', 'unfiled', 'exempt'])),
})

const listItem = z.object({
  id: z.number(),
  kind: z.string(),
  name: z.string(),
  address: z.string(),
  siteCode: z.string().nullable(),
  organisation: z.string().nullable(),
  supervisor: z.string().nullable(),
  regionCode: z.string().nullable(),
  region: z.string().nullable(),
  filingStatus: z.string().nullable(),
  runningStatus: z.string().nullable(),
  state: z.string(),
  newestOn: z.string().nullable(),
  lastOutcome: z.string().nullable(),
  lastVisitAt: z.string().nullable(),
})

export const channelRoutes = [
  route({
    method: 'GET',
    url: '/api/channels',
    summary: { zh: '渠道列表', en: 'channels, filtered, sorted and paged' },
    door: READERS,
    token: 'read',
    query: channelQuery.extend({
      sort: z.enum(['id', 'name', 'kind', 'region', 'newest', 'last_visit', 'next_due']).default('id'),
      descending: flag.default(false),
      ...paging,
    }),
    answer: z.object({ total: z.number(), channels: z.array(listItem) }),
    handle: ({ ctx, query: { sort, descending, page, size, ...filter } }) => listChannels({ ctx, input: { filter, sort, descending, page, size } }),
  }),
] as const
