import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Every loopback address is a host of its own here, with a robots.txt and a page. */
const server = createServer((request, answer) => {
  if (request.url === '/robots.txt') answer.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /admin/\n')
  else answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<title>通知公告</title>${'<p>内容</p>'.repeat(200)}`)
})
server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port))
