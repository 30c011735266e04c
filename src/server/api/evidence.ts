import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { evidencePicture, evidencePiece, evidenceText } from '../../review/index.ts'
import { route } from '../route.ts'

const params = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
/** Bytes of a stranger: whatever a browser makes of them, they run nothing and load nothing. */
const STRANGER = { 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin' } as const

/** What was received, by its hash. Sources are given as text and pictures as pictures, never as pages. */
export const evidenceRoutes = [
  route({
    method: 'GET',
    url: '/api/evidence/:sha256',
    summary: { zh: '证据出处', en: 'where and when a piece of evidence was received' },
    door: READERS,
    params,
    answer: z.object({
      sha256: z.string(), kind: z.string(), contentType: z.string().nullable(), size: z.number(),
      received: z.array(z.object({
        channel: z.number(), url: z.string(), finalUrl: z.string(), status: z.number().nullable(), headers: z.record(z.string(), z.string()).nullable(), fetchedAt: z.string(),
      })),
    }),
    handle: ({ ctx, params: input }) => evidencePiece({ ctx, input }),
  }),
  route({
    method: 'GET',
    url: '/api/evidence/:sha256/source',
    summary: { zh: '网页源码(文本)', en: 'the source of a page as plain text' },
    door: READERS,
    params,
    answer: 'file',
    handle: async ({ ctx, deps, params: input, reply }) => {
      const { text } = await evidenceText({ ctx, store: deps.evidence, input })
      reply.headers(STRANGER)
      return { filename: `${input.sha256.slice(0, 16)}.txt`, type: 'text/plain; charset=utf-8', body: text }
    },
  }),
  route({
    method: 'GET',
    url: '/api/evidence/:sha256/picture',
    summary: { zh: '页面截图', en: 'the picture of a page' },
    door: READERS,
    params,
    answer: 'file',
    handle: async ({ ctx, deps, params: input, reply }) => {
      const { bytes, type, extension } = await evidencePicture({ ctx, store: deps.evidence, input })
      reply.headers({ ...STRANGER, 'cache-control': 'private, max-age=3600' })
      return { filename: `${input.sha256.slice(0, 16)}.${extension}`, type, body: Buffer.from(bytes) }
    },
  }),
] as const
