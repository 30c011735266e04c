import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HuoshuiError } from '../domain/error.ts'

/** One event: its name, and data that goes as JSON. */
export type ServerEvent = { readonly event: string; readonly data: unknown }
export type Emit = (event: ServerEvent) => void

const HEARTBEAT_MS = 15_000
/** How often the door is asked again: so long at most is somebody told anything after their session, or their right, has ended. */
const DOOR_MS = 5000
/** Streams at once over the whole server, and of one person: browsers open six connections to a host and no more. */
const MOST = 500
const MOST_OF_ONE = 6
/** A browser opens a stream again by itself; none is held for ever. */
const LONGEST_MS = 30 * 60_000
/** Bytes that may wait for a slow reader. */
const MOST_WAITING = 1_000_000

/** The open streams of one server: whose each is, and how it is ended. */
const streams = new WeakMap<FastifyInstance['server'], Map<() => void, string>>()

function streamsOf(server: FastifyInstance['server']): Map<() => void, string> {
  const known = streams.get(server) ?? new Map<() => void, string>()
  streams.set(server, known)
  return known
}

/** Ends all streams: a server that closes waits for its connections, and these would never end by themselves. */
export function endStreams(server: FastifyInstance['server']): void {
  for (const end of streamsOf(server).keys()) end()
}

/**
 * Answers with server-sent events until the person goes away, `run` ends, the server closes, or half an hour has passed. `run` is
 * given a signal that is aborted at that end. When `run` is done an event `ended` tells the browser not to come back; what it
 * throws goes before that as an event `failed`, in both languages. Comments go out every 15 seconds, so that proxies keep the
 * connection. The door is asked again every 5 seconds, and a stream ends when it says no or does not answer by the next time: the
 * browser comes back by itself and is told why. Throws `unavailable` when too many are open.
 */
export async function streamEvents({ request, reply, run }: { request: FastifyRequest; reply: FastifyReply; run: (emit: Emit, signal: AbortSignal) => Promise<void> }): Promise<undefined> {
  const who = request.caller?.actor.id ?? request.ip
  const open = streamsOf(request.server.server)
  if (open.size >= MOST || [...open.values()].filter((w) => w === who).length >= MOST_OF_ONE) {
    throw new HuoshuiError('unavailable', { zh: '打开的实时窗口过多,请关闭一些后重试', en: 'too many live views are open; close some and try again' })
  }
  const ended = new AbortController()
  const end = (): void => ended.abort()
  open.set(end, who)
  const out = reply.raw
  const heartbeat = setInterval(() => { if (!ended.signal.aborted) out.write(': still here\n\n') }, HEARTBEAT_MS)
  const longest = setTimeout(end, LONGEST_MS)
  const door = setInterval(askAgain(request, end), DOOR_MS)
  try {
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) out.setHeader(name, value)
    out.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    out.on('close', end)
    out.on('error', end)
    out.write('retry: 3000\n\n')
    const emit: Emit = ({ event, data }) => {
      if (ended.signal.aborted) return
      // A reader that is too slow to take what is sent is let go; its browser comes back and is told the present state.
      if (out.writableLength > MOST_WAITING) return end()
      out.write(`event: ${event.replace(/[^\w.-]/g, '_')}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    try {
      await run(emit, ended.signal)
    } catch (error) {
      emit({ event: 'failed', data: error instanceof HuoshuiError ? error.text : { zh: '实时更新中断,请刷新页面', en: 'live updates have stopped; reload the page' } })
    }
    emit({ event: 'ended', data: null })
  } finally {
    clearInterval(heartbeat)
    clearTimeout(longest)
    clearInterval(door)
    open.delete(end)
    end()
    out.end()
  }
  return undefined
}

function askAgain({ mayGoOn }: FastifyRequest, end: () => void): () => void {
  let asking = false
  const ask = async (may: () => Promise<boolean>): Promise<void> => {
    asking = true
    if (!(await may())) end()
    asking = false
  }
  return () => {
    if (mayGoOn === null) return
    if (asking) end()
    else ask(mayGoOn).catch(end)
  }
}

/** Asks `look` every `everyMs` until the signal is aborted or it says `last`, and emits what it gives whenever that has changed. */
export async function emitChanges<T>({ event, everyMs, look, last, emit, signal }: {
  readonly event: string; readonly everyMs: number; readonly look: () => Promise<T>; readonly last?: (value: T) => boolean; readonly emit: Emit; readonly signal: AbortSignal
}): Promise<void> {
  let before = ''
  while (!signal.aborted) {
    const value = await look()
    const now = JSON.stringify(value)
    if (now !== before) emit({ event, data: value })
    before = now
    if (last?.(value) === true) return
    await pause(everyMs, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
