import { runChain } from '../../../src/channels/chain.ts'
import type { ChainResult } from '../../../src/channels/chain.ts'
import { CHANNELS } from '../../../src/channels/index.ts'
import { isProblem } from '../../../src/channels/types.ts'
import type { Ask, Captured, ChannelKind, Identity, Reply, Task } from '../../../src/channels/types.ts'
import type { Kind } from '../../../src/domain/kinds.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'

/** Noon in China. */
export const NOW = new Date('2026-11-23T04:00:00Z')
export const daysAgo = (n: number): Date => new Date(NOW.getTime() - n * 86_400_000)
export const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** What a platform is asked to show, before a fixture gives it the platform's shape. */
export type Shown = {
  readonly id: string
  readonly title: string
  /** Null: the platform leaves the date out. */
  readonly at: Date | null
  readonly pinned?: boolean
  /** Another's post that stands in the list because the account liked it. */
  readonly liked?: boolean
  /** A repost: when the original was published. */
  readonly repostOf?: Date
}

/** How a platform answers: by what was asked, the first time or again. */
export type Script = (ask: Ask) => Reply

export type Listing = {
  readonly posts: readonly Shown[]
  /** There are further pages. */
  readonly more?: boolean
  readonly name?: string
  /** What stands on page two, where the reader asks for it. */
  readonly pageTwo?: readonly Shown[]
  /** An item that is no item, put in the middle. */
  readonly broken?: unknown
}

/** One source of one kind, with its platform's true shape. */
export type Adapter = {
  readonly kind: Kind
  readonly source: string
  readonly address: string
  readonly task?: Partial<Task>
  /** Its word about stillness: a `lower_bound` can show life only. */
  readonly reach: 'timeline' | 'lower_bound'
  /** The list answers in this order whatever is given: it sorts by itself, or shows one item. */
  readonly single?: boolean
  readonly list: (listing: Listing) => Script
  /** What it cannot show. */
  readonly lacks?: readonly ('pinned' | 'liked' | 'repost' | 'name' | 'second_page' | 'undated' | 'network_named')[]
  readonly walls: Readonly<Record<string, readonly [Script, Outcome]>>
  /** Texts and codes of death: `guess` ones decide only when the operator has confirmed the signal. */
  readonly dead: Readonly<Record<string, readonly [Script, Outcome, { readonly signal: string; readonly guess?: boolean }]>>
  /** Empty, though the account counts posts, or without saying anything of itself. */
  readonly hidden?: Readonly<Record<string, Script>>
  /** Empty, and the platform itself counts none. */
  readonly empty?: Script
  readonly drifted: Readonly<Record<string, Script>>
  readonly expired?: Readonly<Record<string, Script>>
  readonly moved?: readonly [Script, string | null]
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  ({ status, url: 'https://answered.invalid/', headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: new TextEncoder().encode(JSON.stringify(value)) })

export const html = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  ({ status, url: 'https://answered.invalid/', headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: new TextEncoder().encode(body) })

/** A page as a browser leaves it, and the answers to its own requests. */
export const page = (body: string, captured: readonly Captured[] = [], status = 200): Reply => ({ status, url: 'https://answered.invalid/', headers: {}, body, captured })
export const own = (path: string, value: unknown, status = 200): Captured => ({ url: `https://answered.invalid${path}`, status, body: typeof value === 'string' ? value : JSON.stringify(value) })

export const always = (reply: Reply): Script => () => reply
export const urlOf = (ask: Ask): URL => new URL(ask.do === 'render' ? ask.url : ask.request.url)

export function identityOf(kind: Kind, address: string): Identity {
  const found = CHANNELS[kind].identify(address)
  if (isProblem(found)) throw new Error(`${kind} ${address}: ${found.text.en}`)
  return found
}

/** The kind with this one source, and the attestation that ends every chain. */
export function only(kind: Kind, source: string): ChannelKind {
  const whole = CHANNELS[kind]
  const sources = whole.sources.filter((s) => s.id === source)
  if (sources.length === 0) throw new Error(`${kind} has no source ${source}`)
  return { ...whole, sources }
}

export type Asked = { readonly result: ChainResult; readonly asks: readonly Ask[] }

export async function ask(adapter: Adapter, script: Script, more: Partial<Task> = {}): Promise<Asked> {
  const asks: Ask[] = []
  const task: Task = { kind: adapter.kind, identity: identityOf(adapter.kind, adapter.address), now: NOW, browser: true, ...adapter.task, ...more }
  const result = await runChain(only(adapter.kind, adapter.source), task, async (given) => {
    asks.push(given)
    const reply = script(given)
    if ('failed' in reply || (reply.url !== '' && !reply.url.startsWith('https://answered.invalid'))) return reply
    return { ...reply, url: given.do === 'render' ? given.url : given.request.url }
  })
  return { result, asks }
}
