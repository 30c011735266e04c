import { performance } from 'node:perf_hooks'
import type { Dispatcher } from 'undici'
import { decodeBody } from './decode.ts'
import { failureOf, TookTooLong } from './failure.ts'
import type { Failure } from './failure.ts'

export type Exchange = {
  readonly origin: string
  readonly path: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly headers: string[]
  readonly body: string | null
  readonly maxBytes: number
  /** A body announced as larger is read up to `maxBytes` all the same. */
  readonly prefix: boolean
  readonly headersTimeout: number
  readonly bodyTimeout: number
  /** Milliseconds this one exchange may take. */
  readonly left: number
  readonly signal?: AbortSignal | undefined
}

export type Answer = {
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly setCookies: readonly string[]
  readonly bytes: Uint8Array
  readonly truncated: boolean
  readonly failure: Failure | null
  /** The answer broke the grammar of HTTP: a forgiving parser may still read it. */
  readonly malformed: boolean
  readonly ms: number
}

const EMPTY = new Uint8Array(0)

/**
 * One request and its answer on the wire, by undici's dispatch (no streams, no promise a chunk). Never rejects. Bounded
 * in bytes, before and after decompression, and in time; the timer and the listener are cleared on every path.
 */
export function exchange(dispatcher: Dispatcher, x: Exchange): Promise<Answer> {
  return new Promise((resolve) => {
    const began = performance.now()
    const chunks: Buffer[] = []
    let size = 0
    let status: number | null = null
    let headers: Record<string, string> = {}
    let setCookies: readonly string[] = []
    let controller: Dispatcher.DispatchController | null = null
    let settled = false
    let malformed = false

    const settle = (failure: Failure | null, whole: boolean): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      x.signal?.removeEventListener('abort', onAbort)
      resolve(answer(failure, whole))
    }
    const answer = (failure: Failure | null, whole: boolean): Answer => {
      const ms = performance.now() - began
      const received = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)
      const decoded = size === 0 ? { bytes: EMPTY } : decodeBody(received, headers['content-encoding'], x.maxBytes)
      const problem = failure === null && decoded.problem !== undefined
        ? { outcome: decoded.problem, error: `body ${decoded.problem} after undoing ${headers['content-encoding']}` }
        : failure
      return { status, headers, setCookies, bytes: decoded.bytes, truncated: !whole || decoded.problem !== undefined, failure: problem, malformed, ms }
    }
    /** Gives up: the answer is settled now, and the connection is dropped as soon as there is one. */
    const stop = (failure: Failure): void => {
      settle(failure, false)
      controller?.abort(new TookTooLong(failure.error))
    }
    const onAbort = (): void => stop({ outcome: 'timeout', error: 'the visit ended before the answer' })
    const timer = setTimeout(() => stop({ outcome: 'timeout', error: `no whole answer within ${Math.round(x.left)} ms` }), x.left)
    if (x.signal?.aborted === true) return onAbort()
    x.signal?.addEventListener('abort', onAbort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (settled) started.abort(new TookTooLong('given up before it began'))
      },
      onResponseStart(_c, code, raw) {
        if (code < 200) return
        status = code
        ;({ headers, setCookies } = flatten(raw))
        const announced = Number(headers['content-length'])
        if (announced > x.maxBytes && x.method !== 'HEAD' && !x.prefix) stop({ outcome: 'too_large', error: `${announced} bytes announced, at most ${x.maxBytes} are read` })
      },
      onResponseData(_c, chunk) {
        if (settled) return
        if (size + chunk.length > x.maxBytes) {
          chunks.push(chunk.subarray(0, x.maxBytes - size))
          size = x.maxBytes
          stop({ outcome: 'too_large', error: `more than ${x.maxBytes} bytes` })
          return
        }
        chunks.push(chunk)
        size += chunk.length
      },
      onResponseEnd() {
        // undici frees a connection one turn of the loop after its answer; whoever asks sooner is given a new connection.
        clearTimeout(timer)
        setImmediate(() => setImmediate(() => settle(null, true)))
      },
      onResponseError(_c, error) {
        const failure = failureOf(error)
        malformed = error.name === 'HTTPParserError' || (failure.outcome === 'truncated' && status === null)
        // Once headers have come, a broken connection cuts the body short; before, there was no answer at all.
        const cut = status !== null && (failure.outcome === 'network' || failure.outcome === 'tls')
        settle(cut ? { outcome: 'truncated', error: failure.error } : failure, false)
      },
    }
    try {
      dispatcher.dispatch({
        origin: x.origin, path: x.path, method: x.method, headers: x.headers, body: x.body,
        headersTimeout: x.headersTimeout, bodyTimeout: x.bodyTimeout,
      }, handler)
    } catch (error) {
      settle(failureOf(error), false)
    }
  })
}

/** Headers with one value a name, and the cookies apart. */
export function flatten(raw: NodeJS.Dict<string | string[]>): { headers: Record<string, string>; setCookies: readonly string[] } {
  const headers: Record<string, string> = {}
  let setCookies: readonly string[] = []
  for (const name in raw) {
    const value = raw[name]
    if (value === undefined) continue
    if (name === 'set-cookie') {
      setCookies = Array.isArray(value) ? value : [value]
      headers[name] = setCookies.join('\n')
    } else headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return { headers, setCookies }
}
