import { createConnection, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * fair: bytes pass. slow: each piece waits. cut: what stands is reset, what comes is reset. silent: what stands and what comes stays
 * open and carries nothing any more, for good (a half-open connection: the other end has gone and nobody said so).
 */
export type Weather = 'fair' | 'slow' | 'cut' | 'silent'

export type Proxy = {
  readonly host: string
  readonly port: number
  set(weather: Weather, delayMs?: number): void
  /** Connections that stand. */
  connections(): number
  close(): Promise<void>
}

type Pair = { readonly ends: readonly [Socket, Socket]; deaf: boolean }

/** A TCP proxy on loopback whose weather can be changed while connections stand. */
export async function openProxy({ host = '127.0.0.1', port = 0, to }: { host?: string; port?: number; to: { readonly host: string; readonly port: number } }): Promise<Proxy> {
  let weather: Weather = 'fair'
  let delay = 0
  const pairs = new Set<Pair>()

  const carry = (pair: Pair, from: Socket, into: Socket): void => {
    /** Pieces wait in their order, each from when it came. */
    let line: Promise<void> = Promise.resolve()
    const later = (work: () => void): void => {
      if (delay === 0) {
        line = line.then(work)
        return
      }
      const until = new Promise<void>((resolve) => { setTimeout(resolve, delay) })
      line = line.then(() => until).then(work)
    }
    from.on('data', (piece: Buffer) => {
      if (pair.deaf) return
      later(() => {
        if (pair.deaf || into.destroyed) return
        if (!into.write(piece)) {
          from.pause()
          into.once('drain', () => from.resume())
        }
      })
    })
    from.once('end', () => { if (!pair.deaf) later(() => { into.end() }) })
    from.once('error', () => undefined)
    from.once('close', () => {
      if (!pair.deaf) later(() => { into.destroy() })
      if (pair.ends.every((s) => s.destroyed)) pairs.delete(pair)
    })
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (weather === 'cut') {
      near.once('error', () => undefined)
      near.resetAndDestroy()
      return
    }
    const far = createConnection({ ...to, allowHalfOpen: true })
    const pair: Pair = { ends: [near, far], deaf: weather === 'silent' }
    pairs.add(pair)
    far.once('error', () => near.resetAndDestroy())
    carry(pair, near, far)
    carry(pair, far, near)
  })
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, host, resolve) })

  return {
    host,
    port: (server.address() as AddressInfo).port,
    set: (next, delayMs = 0) => {
      weather = next
      delay = next === 'slow' ? delayMs : 0
      for (const pair of pairs) {
        if (next === 'silent') pair.deaf = true
        else if (next === 'cut') for (const end of pair.ends) end.resetAndDestroy()
      }
    },
    connections: () => pairs.size,
    close: async () => {
      const closed = new Promise((resolve) => { server.close(resolve) })
      for (const pair of pairs) for (const end of pair.ends) end.destroy()
      await closed
    },
  }
}
