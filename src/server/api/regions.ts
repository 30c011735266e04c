import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { listRegions } from '../../registry/index.ts'
import { route } from '../route.ts'
import { flag } from './words.ts'

export const regionRoutes = [
  route({
    method: 'GET',
    url: '/api/regions',
    summary: { zh: '行政区划', en: 'regions with channels, or all, down to the county' },
    door: READERS,
    token: 'read',
    query: z.object({ all: flag.default(false) }),
    answer: z.array(z.object({ code: z.string(), name: z.string(), level: z.number(), parent: z.string().nullable() })),
    handle: ({ ctx, query }) => listRegions({ ctx, input: query }),
  }),
] as const
