/**
 * Serves the sites, each on its own loopback address: `node server.ts SITES PORT NOW`. Says when it listens everywhere. Told a
 * moment, it publishes: the pages that differ at a second visit are served anew from then on. Told null, it goes back.
 */
import { createServer } from 'node:http'
import { COLUMNS, columnPath, conditional, differs, hostOf, pageAt } from './sites.ts'

const [sites = 300, port = 0, now = 0] = process.argv.slice(2).map(Number)
type Body = { readonly bytes: Buffer; readonly etag: string | null }
const PATHS = ['/', ...COLUMNS.map((_, c) => columnPath(c))]

/** Made before anything is measured, so that serving costs next to nothing. */
function make(later: number | null): Map<string, Body> {
  const out = new Map<string, Body>()
  for (let i = 0; i < sites; i++) {
    for (const path of PATHS) {
      if (later !== null && !differs(i, path)) continue
      const bytes = Buffer.from(pageAt(i, path, now, later) ?? '')
      out.set(`${hostOf(i)}${path}`, { bytes, etag: conditional(i) ? `"${bytes.length.toString(36)}-${(later ?? now).toString(36)}"` : null })
    }
  }
  return out
}

const first = make(null)
let published = new Map<string, Body>()
const server = createServer((req, res) => {
  const key = `${(req.headers.host ?? '').replace(/:\d+$/, '')}${req.url ?? ''}`
  const body = published.get(key) ?? first.get(key)
  if (body === undefined) return void res.writeHead(404, { 'content-type': 'text/html', 'content-length': 3 }).end('404')
  const { bytes, etag } = body
  const tag = etag === null ? {} : { etag }
  if (etag !== null && req.headers['if-none-match'] === etag) return void res.writeHead(304, tag).end()
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': bytes.length, ...tag }).end(bytes)
})
server.keepAliveTimeout = 30_000
let total = 0
for (const { bytes } of first.values()) total += bytes.length
server.listen(port, '0.0.0.0', () => process.send?.({ port: (server.address() as { port: number }).port, pages: first.size, bytes: total }))
process.on('message', (later: number | null) => {
  published = later === null ? new Map() : make(later)
  process.send?.({ published: published.size })
})
process.on('disconnect', () => process.exit(0))
