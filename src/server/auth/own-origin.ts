import type { FastifyRequest } from 'fastify'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * May this request change something? One that a foreign page made a browser send may not (CSRF): its Origin names that
 * page. A browser names an Origin with every such request, so one that brings cookies and no Origin is refused too; a
 * program with a token of its own brings no cookies. Hosts are compared, not protocols: a proxy may end the TLS.
 */
export function fromOwnPage(request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>): boolean {
  if (SAFE.has(request.method)) return true
  const { origin, cookie } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return cookie === undefined
  if (!URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  const own = `${protocol}//${request.host}`
  return (protocol === 'http:' || protocol === 'https:') && URL.canParse(own) && new URL(own).host === host
}
