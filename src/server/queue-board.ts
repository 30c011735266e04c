import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { FastifyInstance } from 'fastify'
import type { VisitBullQueue } from '../queue/index.ts'
import type { Deps } from './deps.ts'
import { refuse } from './errors.ts'

const AT = '/api/queue-board'
/** The board's own page sets style attributes; it has no script but its files. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The queue's jobs as BullMQ has them, to look at and not to touch: for administrators of the whole register. */
export async function mountQueueBoard(app: FastifyInstance, deps: Deps, queue: VisitBullQueue): Promise<void> {
  const adapter = new FastifyAdapter()
  adapter.setBasePath(AT)
  createBullBoard({ queues: [new BullMQAdapter(queue as unknown as ConstructorParameters<typeof BullMQAdapter>[0], { readOnlyMode: true })], serverAdapter: adapter, options: { uiConfig: { boardTitle: '活水 Huoshui' } } })
  await app.register(async (inner) => {
    inner.addHook('onRequest', async (request, reply) => {
      const caller = await deps.auth.callerOf(request)
      if (caller === null) return refuse(reply, 401, 'unauthenticated', { zh: '请先登录', en: 'sign in first' })
      if (caller.scopes !== null || caller.mustChangePassword || caller.actor.role !== 'administrator' || caller.actor.region !== null) {
        return refuse(reply, 403, 'forbidden', { zh: '仅限系统管理员', en: 'for administrators alone' })
      }
      if (request.method !== 'GET') return refuse(reply, 403, 'forbidden', { zh: '任务队列只供查看', en: 'the queue is for looking at' })
      reply.header('content-security-policy', POLICY)
    })
    await inner.register(adapter.registerPlugin(), { prefix: AT })
  })
}
