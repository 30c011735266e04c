import type { FastifyInstance } from 'fastify'
import { fromOwnPage } from './auth/own-origin.ts'
import type { Deps } from './deps.ts'
import { doorAgain, refusalAt } from './door.ts'
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
        const refused = refusalAt(r, caller)
        if (caller === null || refused !== null) return refused === null ? undefined : refuse(reply, refused.status, refused.code, refused.text)
        if (r.answer === 'events') request.mayGoOn = doorAgain(deps.auth, r, request, caller)
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
