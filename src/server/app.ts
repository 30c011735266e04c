import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { ROUTES } from './api/index.ts'
import { serveConsole } from './assets.ts'
import { Changes } from './changes.ts'
import { openBoardQueue, queueEye, queueState } from '../queue/index.ts'
import { changeMarks, lookAtWatcher } from '../watcher/index.ts'
import type { Deps, Given } from './deps.ts'
import { errorHandler } from './errors.ts'
import { endStreams } from './events.ts'
import { health } from './health.ts'
import { Jobs } from './jobs.ts'
import { metrics } from './metrics.ts'
import { mountQueueBoard } from './queue-board.ts'
import { openRoutes } from './open-routes.ts'
import type { AnyRoute } from './route.ts'

const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The HTTP server: sign-in, the API and its document, the console, and how the watcher is. */
export async function buildApp(base: Given): Promise<FastifyInstance> {
  const { queue, release } = openBoardQueue({ databaseUrl: base.databaseUrl, redisUrl: base.config.redisUrl })
  queue.on('error', (error) => base.log.warn(`queue: ${error.message}`))
  const eye = queueEye(() => queueState(queue))
  const deps: Deps = { ...base, jobs: new Jobs(base.log), changes: new Changes(() => changeMarks({ ctx: base.ctx })), watcher: together(() => lookAtWatcher({ ctx: base.ctx, config: base.config, queue: eye })) }
  const app = Fastify({ logger: false, bodyLimit: 64 * 1024, requestTimeout: 120_000, trustProxy: deps.config.trustProxy })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  // Files come as they are; how large one may be is each route's own word.
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(errorHandler(deps.log))
  app.decorateRequest('caller', null)
  app.decorateRequest('mayGoOn', null)
  app.addHook('onClose', async () => {
    await deps.jobs.settled()
    await queue.close().catch(() => undefined)
    await release()
  })
  app.addHook('onRequest', async (request, reply) => {
    // Once seen behind TLS, never again without it.
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
    reply.headers({
      'content-security-policy': API_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  await app.register(swagger, {
    openapi: { info: { title: 'Huoshui 活水', version: '1', description: 'The API of the console 控制台接口' } },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.addHook('preClose', async () => endStreams(app.server))
  await mountQueueBoard(app, deps, queue)
  openRoutes(app, deps, ROUTES as readonly AnyRoute[])
  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) => {
    const state = await health(deps)
    return reply.code(state.ok ? 200 : 503).send(state)
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics(deps)))
  if (deps.consoleFolder !== null) await serveConsole(app, deps.consoleFolder)
  return app
}

/** Those who ask while the answer is on its way wait for the same one. */
function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null
  return () => (asking ??= ask().finally(() => { asking = null }))
}
