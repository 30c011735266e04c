import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { searchOrganisations } from '../../registry/index.ts'
import { route } from '../route.ts'

export const organisationRoutes = [
  route({
    method: 'GET',
    url: '/api/organisations',
    summary: { zh: '查找单位', en: 'organisations by a part of their name' },
    door: READERS,
    query: z.object({ text: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    answer: z.array(z.object({ id: z.number(), name: z.string(), region: z.string().nullable(), channels: z.number() })),
    handle: ({ ctx, query }) => searchOrganisations({ ctx, input: query }),
  }),
] as const
