import type { FastifyInstance } from 'fastify'
import { fromOwnPage } from './auth/own-origin.ts'
import type { Deps } from './deps.ts'
import { refusal, refuse } from './errors.ts'
import type { AnyRoute, FileAnswer } from './route.ts'

/** Opens the API's routes: each behind its door, each with its schemas. */
export function openRoutes(app: FastifyInstance, deps: Deps, routes: readonly AnyRoute[]): void {
  for (const r of routes) {
    app.route({
      method: r.method,
      url: r.url,
      ...(r.bodyLimit === undefined ? {} : { bodyLimit: r.bodyLimit }),
      schema: {
        summary: `${r.summary.zh} ${r.summary.en}`,
        description: r.door === 'anyone' ? '' : r.door === 'signed_in' ? 'signed in 须登录' : `roles 角色: ${r.door.join(', ')}`,
        tags: [r.url.split('/')[2] ?? ''],
        ...(r.params === undefined ? {} : { params: r.params }),
        ...(r.query === undefined ? {} : { querystring: r.query }),
        ...(r.body === undefined ? {} : { body: r.body }),
        response: { ...(typeof r.answer === 'string' ? {} : { 200: r.answer }), '4xx': refusal, '5xx': refusal },
      },
      preValidation: async (request, reply) => {
        if (!fromOwnPage(request)) return refuse(reply, 403, 'foreign_origin', { zh: '请求不是从本系统页面发出的', en: 'the request does not come from a page of this server' })
        if (holdsNul(request.params) || holdsNul(request.query) || holdsNul(request.body)) return refuse(reply, 400, 'bad_input', { zh: '输入含有空字符(U+0000)', en: 'what was sent holds a NUL character' })
        if (r.door === 'anyone') return
        const caller = await deps.auth.callerOf(request)
        if (caller === null) return refuse(reply, 401, 'unauthenticated', { zh: '请先登录', en: 'sign in first' })
        if (caller.mustChangePassword) return refuse(reply, 403, 'password_change', { zh: '请先修改初始密码', en: 'change the first password before anything else' })
        if (caller.scopes !== null && (r.token === undefined || !caller.scopes.includes(r.token))) {
          return refuse(reply, 403, 'forbidden', { zh: '该令牌不能用于此接口', en: 'this token may not be used here' })
        }
        if (r.door !== 'signed_in' && caller.actor.role !== 'administrator' && !r.door.includes(caller.actor.role)) {
          return refuse(reply, 403, 'forbidden', { zh: '当前角色无权进行此操作', en: 'your role may not do this' })
        }
        request.caller = caller
      },
      handler: async (request, reply) => {
        const ctx = request.caller === null ? deps.ctx : { ...deps.ctx, actor: request.caller.actor }
        const call = { ctx, deps, params: request.params, query: request.query, body: request.body, request, reply }
        const answer = await r.handle(call as never)
        if (r.answer === 'events') return reply
        if (r.answer === 'file') {
          const file = answer as FileAnswer
          return reply.header('content-disposition', disposition(file.filename)).type(file.type).send(file.body)
        }
        return answer
      },
    })
  }
}

/** No text of the database can hold U+0000, and no page or ledger means one: it is refused before it fails somewhere inside. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000')
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return false
  return Object.entries(value).some(([key, inside]) => key.includes('\u0000') || holdsNul(inside))
}

/** A file name for every browser: the true one in UTF-8 (RFC 6266, 5987), a plain one beside it; never a line break, a quote, or a sign that turns its ending round. */
export function disposition(filename: string): string {
  const safe = filename.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"\\/]/gu, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${safe.replace(/[^\x20-\x7e]/g, '_')}"; filename*=UTF-8''${encoded}`
}
