/** Serves the sites, each on its own loopback address: `node server.ts SITES PORT NOW`. Says "ready" when it listens everywhere. */
import { createServer } from 'node:http'
import { COLUMNS, columnPath, hostOf, pageAt } from './sites.ts'

const [sites = 300, port = 0, now = 0] = process.argv.slice(2).map(Number)
const byHost = new Map(Array.from({ length: sites }, (_, i) => [hostOf(i), i]))
// Made before anything is measured, so that serving costs next to nothing.
const bodies = new Map<string, Buffer>()
for (let i = 0; i < sites; i++) {
  for (const path of ['/', ...COLUMNS.map((_, c) => columnPath(c))]) {
    const html = pageAt(i, path, now)
    if (html !== null) bodies.set(`${hostOf(i)}${path}`, Buffer.from(html))
  }
}
const server = createServer((req, res) => {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '')
  const body = byHost.has(host) ? bodies.get(`${host}${req.url ?? ''}`) : undefined
  if (body === undefined) return void res.writeHead(404, { 'content-type': 'text/html', 'content-length': 3 }).end('404')
  const etag = `"${body.length.toString(36)}-${now.toString(36)}"`
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304, { etag }).end()
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length, etag }).end(body)
})
server.keepAliveTimeout = 30_000
let bytes = 0
for (const body of bodies.values()) bytes += body.length
server.listen(port, '0.0.0.0', () => process.send?.({ port: (server.address() as { port: number }).port, pages: bodies.size, bytes }))
process.on('disconnect', () => process.exit(0))
