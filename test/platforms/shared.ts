import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a double was asked. Header names in lower case. */
export type Asked = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer }

/**
 * How a platform behaves. `ok` answers truly; the walls say nothing of the account; the dead ones say so in the platform's
 * own words; `renamed` answers under another name; `empty` has no posts and says so; `hidden` has posts and shows none;
 * `drifted` answers with status 200 in another structure; `slow` answers truly, late.
 */
export const MODES = [
  'ok', 'slow', 'renamed', 'empty', 'hidden', 'drifted',
  'challenge', 'login_wall', 'rate_limited', 'blocked', 'server_error',
  'nonexistent', 'cancelled', 'banned', 'moved', 'private',
] as const
export type Mode = (typeof MODES)[number]

export type DoublePost = {
  readonly id: string
  readonly title: string
  readonly at: Date
  readonly pinned?: boolean
  readonly comments?: number
  /** When what it reposts was published: never the account's own date. */
  readonly repostOf?: Date
  /** Somebody else's post that the account liked: not its own. */
  readonly liked?: boolean
  /** The platform leaves its date out. */
  readonly undated?: boolean
}

export type DoubleAccount = {
  readonly id: string
  readonly name: string
  /** In any order; doubles list pinned ones first, then newest first, as platforms do. */
  readonly posts: readonly DoublePost[]
  /** What the account was called before; `renamed` answers with `${name}（新）` where this is not given. */
  readonly newName?: string
  /** The account's own mode, before the platform's. */
  mode?: Mode
}

export type PlatformState<A extends DoubleAccount = DoubleAccount> = {
  readonly accounts: Readonly<Record<string, A>>
  mode: Mode
  /** Milliseconds that `slow` waits. */
  slowMs?: number
}

export type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** A double from its answers. Where it answers null, the platform has no such page. */
export function handler(state: Pick<PlatformState, 'mode' | 'slowMs'>, answer: (asked: Asked) => Answer | null): Handler {
  return (req, res) => {
    const chunks: Buffer[] = []
    req.on('error', () => res.destroy())
    req.on('data', (c: Buffer) => chunks.push(c))
    req.on('end', () => {
      const url = new URL(req.url ?? '/', 'http://host')
      const headers = Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(', ') : v]))
      const asked = { method: req.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks).toString('utf8') }
      const reply = answer(asked) ?? html('<h1>404 Not Found</h1>', 404)
      const send = (): void => void res.writeHead(reply.status, reply.headers).end(reply.body)
      if (state.mode !== 'slow') return send()
      const timer = setTimeout(send, state.slowMs ?? 50)
      res.once('close', () => clearTimeout(timer))
    })
  }
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) })

export const html = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body })

export const redirect = (location: string): Answer => ({ status: 302, headers: { location }, body: '' })

/** The mode that holds for an account of the platform. */
export const modeOf = (state: PlatformState, account: DoubleAccount | undefined): Mode => account?.mode ?? state.mode

/** The name under which the account answers. */
export const nameOf = (account: DoubleAccount, mode: Mode): string => (mode === 'renamed' ? (account.newName ?? `${account.name}（新）`) : account.name)

/** The account's posts as platforms list them: pinned first, then the newest. */
export function listed(account: DoubleAccount, mode: Mode): readonly DoublePost[] {
  if (mode === 'empty' || mode === 'hidden') return []
  return [...account.posts].sort((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false) || b.at.getTime() - a.at.getTime())
}

export const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

const CHINA = 8 * 3_600_000

/** `2026-11-23 08:12:00` in China's time. */
export const chinaTime = (at: Date): string => new Date(at.getTime() + CHINA).toISOString().slice(0, 19).replace('T', ' ')

/** A page as platforms ship it: nothing to read until its script has fetched the list from `address` and shown it. */
export function scriptPage(title: string, address: string, options: { readonly init?: string } = {}): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><div id="root"></div>\n` +
    `<script>fetch(${JSON.stringify(address)}${options.init === undefined ? '' : `, ${options.init}`}).then(function (r) { return r.text(); }).then(function (t) { document.getElementById('root').setAttribute('data-length', String(t.length)); });</script></body></html>`
}

export type ServedPlatforms = {
  /** Host of the real platform to the base address of its double: what the adapters' configuration takes. */
  readonly bases: Readonly<Record<string, string>>
  readonly port: number
  close(): Promise<void>
}

/** Serves each handler under the hosts that it stands for, every host on a loopback address of its own. */
export async function servePlatforms(handlers: Readonly<Record<string, Handler>>, { port = 0 }: { port?: number } = {}): Promise<ServedPlatforms> {
  const servers: Server[] = []
  const bases: Record<string, string> = {}
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((s) => new Promise<void>((resolve) => {
      s.close(() => resolve())
      s.closeAllConnections()
    })))
  }
  let common = port
  try {
    for (const [host, handle] of Object.entries(handlers)) {
      const address = `127.62.${Math.floor(servers.length / 200)}.${10 + (servers.length % 200)}`
      const server = createServer(handle)
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(common, address, resolve)
      })
      servers.push(server)
      common = (server.address() as AddressInfo).port
      bases[host] = `http://${address}:${common}`
    }
  } catch (error) {
    await close()
    throw error
  }
  return { bases, port: common, close }
}
