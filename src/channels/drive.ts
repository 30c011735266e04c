import { unseen } from './outcome.ts'
import type { Ask, Reply, Request, Source, SourceResult, Task } from './types.ts'

/**
 * Fetches or renders for a reader. The visit supplies it: address guard, pacing, evidence and time-outs are its own.
 * It gives redirects back as they are (the chain follows them, so that every hop is guarded and rebased) and answers
 * a request that failed with the outcome that names the failure; it does not throw.
 */
export type Perform = (ask: Ask, about: { readonly source: string }) => Promise<Reply>

/** Requests one source may make in one visit. */
const MAX_ASKS = 16
const MAX_REDIRECTS = 5

/** Runs one source's reading to its result. A reader that throws is our own fault, never the channel's. */
export async function drive(source: Source, task: Task, perform: Perform): Promise<SourceResult> {
  try {
    const reading = source.read(task)
    if ('outcome' in reading) return reading
    let step = await reading.next()
    for (let asked = 0; step.done !== true; asked++) {
      if (asked >= MAX_ASKS) return unseen(source.id, 'own_fault', `more than ${MAX_ASKS} requests`)
      step = await reading.next(await ask(step.value, task, perform, source.id))
    }
    return step.value
  } catch (cause) {
    const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    return unseen(source.id, 'own_fault', detail, {
      alarm: { zh: `来源 ${source.id} 的程序出错：${detail}`, en: `The reader of source ${source.id} failed: ${detail}` },
    })
  }
}

/** One request, its redirects followed. Addresses are rebased on the way out and made true again on the way in. */
export async function ask(given: Ask, task: Task, perform: Perform, source: string): Promise<Reply> {
  if (given.do === 'render') {
    const reply = await perform({ ...given, url: rebase(given.url, task.bases) }, { source })
    return 'failed' in reply ? reply : { ...reply, url: original(reply.url, task.bases) }
  }
  let request: Request = given.request
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const reply = await perform({ do: 'fetch', request: { ...request, url: rebase(request.url, task.bases), redirects: 'manual' } }, { source })
    if ('failed' in reply) return reply
    const answered = { ...reply, url: original(reply.url, task.bases) }
    const target = redirectOf(answered, request.url)
    if (target === null || given.request.redirects === 'manual') return answered
    const keep = reply.status === 307 || reply.status === 308
    const { body, method, ...rest } = request
    request = { ...rest, url: target, ...(keep && method !== undefined ? { method } : {}), ...(keep && body !== undefined ? { body } : {}) }
  }
  return { failed: 'redirect_loop', detail: `more than ${MAX_REDIRECTS} redirects from ${given.request.secret === true ? new URL(given.request.url).host : given.request.url}` }
}

/** Where an answer redirects to, absolute; null when it does not. */
export function redirectOf(reply: Extract<Reply, { status: number }>, from: string): string | null {
  if (reply.status < 300 || reply.status > 399 || reply.status === 304) return null
  const location = reply.headers['location']
  return location === undefined ? null : (URL.parse(location, from)?.href ?? null)
}

type Bases = Task['bases']

/** `https://m.weibo.cn/a?b` → `<base of m.weibo.cn>/a?b`, where one is configured. */
function rebase(url: string, bases: Bases): string {
  const parsed = URL.parse(url)
  const base = parsed === null ? undefined : bases?.[parsed.host]
  if (parsed === null || base === undefined) return url
  return base.replace(/\/$/, '') + parsed.pathname + parsed.search + parsed.hash
}

function original(url: string, bases: Bases): string {
  for (const [host, base] of Object.entries(bases ?? {})) {
    const prefix = base.replace(/\/$/, '')
    if (url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)) return `https://${host}${url.slice(prefix.length)}`
  }
  return url
}
