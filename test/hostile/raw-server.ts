import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** What is sent in answer to one request, piece by piece, and how it ends. `endless` is sent again and again until the other end has had enough. */
export type Plan = { readonly pieces: readonly Buffer[]; readonly endless?: Buffer; readonly end: 'close' | 'reset' | 'keep' | 'stall' }

/** Bytes after which an answer that is still being read counts as never refused. */
export const ENOUGH = 64_000_000

export type RawServer = {
  readonly origin: string
  /** Answers what is asked under this path. */
  plan(path: string, plan: Plan): void
  /** Bytes that the last endless answer got rid of. */
  sent(): number
  close(): Promise<void>
}

/** Speaks bytes, not HTTP: whatever a hostile server may put on the wire. Listens on one loopback address of its own. */
export async function rawServer(host: string): Promise<RawServer> {
  const plans = new Map<string, Plan>()
  const sockets = new Set<Socket>()
  let sent = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let asked = ''
    socket.on('data', (piece: Buffer) => {
      asked += piece.toString('latin1')
      const end = asked.indexOf('\r\n\r\n')
      if (end === -1) return
      const path = asked.split(' ', 2)[1] ?? ''
      asked = ''
      // A host that says nothing more is asked for nothing more: the path names the case.
      const plan = plans.get(path.split(/[?#]/)[0] ?? '') ?? plans.get('*')
      if (plan === undefined) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      else speak(socket, plan)
    })
  })
  const speak = (socket: Socket, plan: Plan): void => {
    for (const piece of plan.pieces) socket.write(piece)
    const { endless } = plan
    if (endless === undefined) return finish(socket, plan)
    sent = 0
    const pour = (): void => {
      while (!socket.destroyed && sent < ENOUGH) {
        sent += endless.length
        if (!socket.write(endless)) return void socket.once('drain', pour)
      }
      socket.destroy()
    }
    pour()
  }
  const finish = (socket: Socket, { end }: Plan): void => {
    if (end === 'close') socket.end()
    if (end === 'reset') socket.write('', () => socket.resetAndDestroy())
  }
  const port = await listen(server, host)
  return { origin: `http://${host}:${port}`, plan: (path, plan) => {
      sent = 0
      plans.set(path, plan)
    }, sent: () => sent, close: () => close(server, sockets) }
}

/** A listener that nothing may ever reach. */
export async function canary(): Promise<{ readonly port: number; touched(): number; close(): Promise<void> }> {
  let touched = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    touched += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret')
  })
  const port = await listen(server, '::')
  return { port, touched: () => touched, close: () => close(server, sockets) }
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port: 0 }, () => resolve((server.address() as AddressInfo).port))
    // What plays the cases ends by itself, without closing.
    server.unref()
  })
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const s of sockets) s.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}
