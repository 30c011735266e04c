import { request as http } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as https } from 'node:https'
import { decodeBody } from './decode.ts'
import { flatten } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { failureOf, TookTooLong } from './failure.ts'
import type { Failure } from './failure.ts'
import { bareHost } from './guard.ts'
import type { Guard } from './guard.ts'
import { mostOnWire, TooMuch } from './metered.ts'

const METER_MS = 50

/**
 * One request by Node's own client with its forgiving parser, for servers whose answers break the grammar (spaces in header
 * names, both lengths given, bare line feeds) and that browsers read all the same. Only tried after the strict one
 * has failed on the grammar; as bounded and as guarded as that. The connection is not kept.
 */
export function lenientExchange(guard: Guard, url: URL, x: Exchange): Promise<Answer> {
  return new Promise((resolve) => {
    const began = performance.now()
    const chunks: Buffer[] = []
    let size = 0
    let got: IncomingMessage | null = null
    let settled = false

    const settle = (failure: Failure | null, whole: boolean): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      clearInterval(meter)
      x.signal?.removeEventListener('abort', onAbort)
      const { headers, setCookies } = flatten(got?.headers ?? {})
      const decoded = decodeBody(Buffer.concat(chunks, size), headers['content-encoding'], x.maxBytes)
      const problem = failure ?? (decoded.problem === undefined ? null : { outcome: decoded.problem, error: `body ${decoded.problem}` })
      resolve({
        status: got?.statusCode ?? null, headers, setCookies, bytes: decoded.bytes, truncated: !whole || decoded.problem !== undefined, failure: problem,
        malformed: false, ms: performance.now() - began,
      })
      going.destroy()
    }
    const fail = (error: unknown): void => {
      const failure = failureOf(error)
      settle(got !== null && failure.outcome === 'network' ? { outcome: 'truncated', error: failure.error } : failure, false)
    }
    const onAbort = (): void => fail(new TookTooLong('the visit ended before the answer'))
    const timer = setTimeout(() => fail(new TookTooLong(`no whole answer within ${Math.round(x.left)} ms`)), x.left)

    const headers: Record<string, string> = { connection: 'close' }
    for (let i = 0; i < x.headers.length; i += 2) headers[x.headers[i] ?? ''] = x.headers[i + 1] ?? ''
    const going = (url.protocol === 'https:' ? https : http)({
      host: bareHost(url.hostname), port: url.port === '' ? undefined : url.port, path: x.path, method: x.method, headers, agent: false,
      lookup: guard.lookup, insecureHTTPParser: true, maxHeaderSize: 65_536,
    }, (answer) => {
      got = answer
      answer.on('data', (chunk: Buffer) => {
        const room = x.maxBytes - size
        chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
        size += Math.min(chunk.length, room)
        if (chunk.length > room) settle({ outcome: 'too_large', error: `more than ${x.maxBytes} bytes` }, false)
      })
      answer.on('end', () => settle(null, true))
      answer.on('error', fail)
    })
    going.on('error', fail)
    // Node's parser takes the bytes past the socket: they are counted from time to time.
    const most = mostOnWire(x.maxBytes)
    const meter = setInterval(() => { if ((going.socket?.bytesRead ?? 0) > most) fail(new TooMuch(most)) }, METER_MS)
    x.signal?.addEventListener('abort', onAbort, { once: true })
    if (x.signal?.aborted === true) onAbort()
    else going.end(x.body ?? undefined)
  })
}
