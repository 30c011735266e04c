import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createFetcher } from '../../src/fetch/index.ts'
import { mostOnWire } from '../../src/fetch/metered.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const s of sockets) s.destroy()
  for (const s of servers.splice(0)) s.close()
})

/** Sends `head`, then `endless` again and again as long as it is taken; says how much that was. */
async function pouring(head: string, endless: Buffer): Promise<{ url: string; sent(): number }> {
  let sent = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(head)
      const pour = (): void => {
        while (!socket.destroyed && sent < 10 * mostOnWire(0)) {
          sent += endless.length
          if (!socket.write(endless)) return void socket.once('drain', pour)
        }
      }
      pour()
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent: () => sent }
}

test.each([
  ['a chunk extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;', Buffer.alloc(65_536, 'x')],
  ['early hints', '', Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(1000))],
  ['blank lines before an answer', '', Buffer.from('\r\n'.repeat(32_000))],
])('%s without end is given up after so many bytes, long before the time is up', async (_, head, endless) => {
  const site = await pouring(head, endless)
  const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'], maxBytes: 100_000 })
  try {
    const result = await fetcher.fetch({ url: site.url })
    expect(result).toMatchObject({ outcome: 'too_large', error: expect.stringContaining('bytes came for one answer') })
    expect(site.sent()).toBeLessThan(2 * mostOnWire(0))
  } finally {
    await fetcher.close()
  }
})

test('what is counted is one answer, not all that a connection carries', async () => {
  let connections = 0
  const body = Buffer.alloc(9_000_000, 'x')
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('data', () => { socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`); socket.write(body) })
  })
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'], maxBytes: body.length })
  try {
    for (let i = 0; i < 9; i++) expect(await fetcher.fetch({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${i}` })).toMatchObject({ outcome: 'ok' })
    expect(connections).toBe(1)
  } finally {
    await fetcher.close()
  }
})
