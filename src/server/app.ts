import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../db/context.ts'
import { countCandidates, listCandidates } from '../review/index.ts'
import { watcherFigures } from '../schedule/index.ts'
import { health } from './health.ts'
import { metrics } from './metrics.ts'
import { STYLE, statusPage } from './page.ts'

const SHOWN = 200

/** The HTTP server: how the watcher is, in words and in figures, and the candidates. */
export function buildApp({ ctx }: { ctx: Ctx }): FastifyInstance {
  const app = Fastify({ logger: false, bodyLimit: 64 * 1024, requestTimeout: 30_000 })
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })
  app.get('/healthz', async (_request, reply) => {
    const state = await health({ ctx })
    return reply.code(state.ok ? 200 : 503).send(state)
  })
  app.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics({ ctx })))
  app.get('/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE))
  app.get('/', async (_request, reply) => {
    const [figures, rows, total] = await Promise.all([
      watcherFigures({ ctx }),
      listCandidates({ ctx, input: { limit: SHOWN } }),
      countCandidates({ ctx }),
    ])
    return reply.type('text/html; charset=utf-8').send(statusPage(figures, rows, total))
  })
  return app
}
