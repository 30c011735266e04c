import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

/**
 * Ownership of a data folder by an abstract Unix socket (Linux): the kernel lets go of it the moment its holder ends, however it
 * ends, so no lock ever goes stale. Joiners stay connected to it and so learn at once when the owner is gone.
 */
export type Hold = {
  /** Commands joined to us. */
  joined(): number
  release(): Promise<void>
}

/** Takes the lock; null when another process (or another engine of this one) holds it. */
export function hold(name: string): Promise<Hold | null> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.unref()
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(`\0${name}`, () => {
      server.unref()
      resolve({
        joined: () => sockets.size,
        release: () => new Promise((done) => {
          server.close(() => done())
          for (const socket of sockets) socket.destroy()
        }),
      })
    })
  })
}

export type Watch = { stop(): void }

/** Stays connected to the holder and calls `onGone` once when it has let go; null when nobody holds it. */
export function watchHolder(name: string, onGone: () => void): Promise<Watch | null> {
  return new Promise((resolve) => {
    let joined = false
    let stopped = false
    const socket = connect(`\0${name}`)
    socket.on('connect', () => {
      joined = true
      socket.unref()
      resolve({ stop: () => { stopped = true; socket.destroy() } })
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (!joined) resolve(null)
      else if (!stopped) onGone()
    })
    socket.resume()
  })
}
