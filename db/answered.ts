import type { Socket } from 'node:net'

/** Bytes taken within one patience that show an upload going on (COPY), which the server answers only at its end. */
const UPLOAD = 1_000_000

/**
 * Gives a connection up when what was sent over it has had no answer for `silenceMs`: the other end, or the way there, has gone and
 * nobody said so, and drivers wait for ever. One that waits for nothing may be silent as long as it likes. Not for sockets under TLS,
 * whose bytes pass elsewhere: there the system's own keep-alive finds it, later.
 */
export function answered(socket: Socket, silenceMs: number): Socket {
  const write = socket.write.bind(socket)
  let timer: NodeJS.Timeout | undefined
  let taken = 0
  const heard = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const expect = (): void => {
    taken = socket.bytesWritten
    timer = setTimeout(() => {
      if (socket.bytesWritten - taken > UPLOAD && socket.writableLength === 0) expect()
      else socket.destroy(new Error(`no answer in ${silenceMs} ms: the connection is given up`))
    }, silenceMs)
    timer.unref()
  }
  socket.write = ((...args: Parameters<typeof write>) => {
    if (timer === undefined) expect()
    return write(...args)
  }) as typeof socket.write
  socket.on('data', heard)
  socket.once('close', heard)
  return socket
}
