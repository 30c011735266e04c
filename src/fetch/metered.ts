import type { Socket } from 'node:net'

/** Ends a connection over which one answer brought more than it may. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch'
  readonly code = 'ERR_TOO_MUCH'

  constructor(most: number) {
    super(`more than ${most} bytes came for one answer`)
  }
}

/**
 * A socket that gives up when more than `most` bytes come after what was last sent over it. Parsers bound headers and bodies, but read
 * without end what is neither: chunk extensions, early hints, blank lines before an answer. For a reader that asks by `read()`.
 */
export function metered<S extends Socket>(socket: S, most: number): S {
  const write = socket.write.bind(socket)
  const read = socket.read.bind(socket)
  let taken = 0
  socket.write = ((...args: Parameters<typeof write>) => {
    taken = 0
    return write(...args)
  }) as typeof socket.write
  socket.read = (size?: number): unknown => {
    const piece = read(size) as Buffer | null
    if (piece === null) return piece
    taken += piece.length
    if (taken <= most) return piece
    socket.destroy(new TooMuch(most))
    return null
  }
  return socket
}

/** What one answer may take on the wire: the largest body, in chunks of a byte each (6 bytes beside it), and its headers. */
export function mostOnWire(maxBytes: number): number {
  return Math.max(5_000_000, maxBytes) * 8
}
