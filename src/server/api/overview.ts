import { z } from 'zod'
import { campaignProgress } from '../../campaign/index.ts'
import { READERS } from '../../domain/permit.ts'
import { overviewFigures, overviewTrend } from '../../registry/index.ts'
import { route } from '../route.ts'
import { text } from './words.ts'

const n = z.number()
const region = z.string().max(12).optional()
const place = z.object({ code: z.string(), name: z.string() })

/** The first page's figures. How the watcher itself is, is /api/watcher. */
export const overviewRoutes = [
  route({
    method: 'GET',
    url: '/api/overview',
    summary: { zh: '总览数字', en: 'figures of the register, in your region or one below it' },
    door: READERS,
    token: 'read',
    query: z.object({ region }),
    answer: z.object({
      states: z.object({ active: n, paused: n, closed: n, merged: n }),
      visiting: z.object({ never: n, overdue: n, in_hand: n, covered: n, uncovered: n, unseen: n }),
      oldest: z.object({ id: n, name: z.string(), lastVisitAt: z.string() }).nullable(),
      ages: z.array(z.object({ from: n, to: n.nullable(), channels: n })),
      undated: n,
      outcomes: z.array(z.object({ outcome: z.string(), channels: n })),
      reasons: z.array(z.object({ proposal: z.string(), rule: z.string(), clause: text, channels: n })),
      candidates: n,
      places: z.array(place.extend({ level: n, active: n, still: n, candidates: n, removed: n })),
      path: z.array(place),
    }),
    handle: ({ ctx, query }) => overviewFigures({ ctx, input: query }),
  }),
  route({
    method: 'GET',
    url: '/api/overview/trend',
    summary: { zh: '每周趋势', en: 'candidates and removals, week by week' },
    door: READERS,
    token: 'read',
    query: z.object({ region, weeks: z.coerce.number().int().min(2).max(104).default(16) }),
    answer: z.array(z.object({ from: z.string(), to: z.string(), opened: n, settled: n, open: n, removed: n })),
    handle: ({ ctx, query }) => overviewTrend({ ctx, input: query }),
  }),
  route({
    method: 'GET',
    url: '/api/overview/campaign',
    summary: { zh: '当前专项行动进度', en: 'the running campaign as it stands now' },
    door: READERS,
    token: 'read',
    answer: z.object({
      campaign: z.object({
        id: n, name: z.string(), startedAt: z.string(), endsOn: z.string().nullable(), targetRate: n.nullable(), baseline: n, removed: n, remaining: n, rate: n.nullable(), checked: n, candidates: n,
      }).nullable(),
    }),
    handle: async ({ ctx }) => ({ campaign: await campaignProgress({ ctx }) }),
  }),
] as const
