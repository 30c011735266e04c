import { z } from 'zod'
import { listViews, removeView, saveView, VIEW_PAGES } from '../../registry/index.ts'
import { route } from '../route.ts'
import { id } from './words.ts'

const view = z.object({ id: z.number(), name: z.string(), query: z.string() })
const page = z.enum(VIEW_PAGES)

/** A person's own views of the lists. */
export const viewRoutes = [
  route({
    method: 'GET',
    url: '/api/views',
    summary: { zh: '我的常用视图', en: 'my saved views of a page' },
    door: 'signed_in',
    query: z.object({ page }),
    answer: z.array(view),
    handle: ({ ctx, query }) => listViews({ ctx, input: query }),
  }),
  route({
    method: 'PUT',
    url: '/api/views',
    summary: { zh: '保存视图', en: 'keeps a view under a name; one of that name is replaced' },
    door: 'signed_in',
    body: z.strictObject({ page, name: z.string().trim().min(1).max(60), query: z.string().max(4000) }),
    answer: view,
    handle: ({ ctx, body }) => saveView({ ctx, input: body }),
  }),
  route({
    method: 'DELETE',
    url: '/api/views/:id',
    summary: { zh: '删除视图', en: 'drops one of my views' },
    door: 'signed_in',
    params: id,
    answer: z.object({ id: z.number() }),
    handle: ({ ctx, params }) => removeView({ ctx, input: params }),
  }),
] as const
