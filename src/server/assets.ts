import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { refuse } from './errors.ts'

/**
 * The built console: files with a hash in their names are kept by the browser for a year; the page itself is never kept,
 * for each answer has its own nonce. Every address that is not the API's or a file's is the console's.
 */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  await app.register(fastifyStatic, { root: join(folder, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d', decorateReply: false })
  app.setNotFoundHandler(async (request, reply) => {
    if (request.method !== 'GET' || /^\/(api|assets)(\/|$)/.test(request.url)) return refuse(reply, 404, 'not_found', { zh: '没有这个地址', en: 'there is no such address' })
    const nonce = randomBytes(16).toString('base64')
    reply.header('content-security-policy', policy(nonce))
    return reply.type('text/html; charset=utf-8').send(page.replaceAll('{{nonce}}', nonce))
  })
}

/** No inline script at all; styles that Ant Design makes at run time carry the answer's nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "style-src-attr 'unsafe-inline'", "img-src 'self' data: blob:",
    "font-src 'self'", "connect-src 'self'", "frame-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  ].join('; ')
}
