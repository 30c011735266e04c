import { CHANNELS } from '../channels/index.ts'
import type { Attestation, Identity, Post, Reply, Task } from '../channels/index.ts'
import { runChain } from '../channels/chain.ts'
import type { ChainResult, Perform } from '../channels/chain.ts'
import { isGroupKind } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import { isObserved } from '../domain/outcome.ts'
import type { ListItem } from '../domain/page.ts'
import { hash } from 'node:crypto'
import { followMove, toldOf } from './follow.ts'
import type { Followed } from './follow.ts'
import { accountLimit } from './limits.ts'
import type { VisitResult } from './result.ts'
import { backed } from './session.ts'
import type { Session } from './session.ts'

/** What earlier visits learned of an account is kept in a page row of this address. */
export const MEMORY = 'memory:'

export type AccountArgs = {
  readonly kind: Kind
  readonly identity: Identity
  readonly name?: string
  readonly publishes: boolean
  readonly attestation: Attestation | null
  /** Its row in the register, where it has one. */
  readonly channel?: { readonly id: number; readonly organisationId: number | null }
}

/** One visit of anything that is no website: by its chain of sources, each request under the visit's terms. */
export async function visitAccount(session: Session, args: AccountArgs): Promise<VisitResult & { readonly chain: ChainResult; readonly followed: Followed | null }> {
  const { tools, terms } = session
  const kind = CHANNELS[args.kind]
  const memory = session.remembered(MEMORY)?.facts as Readonly<Record<string, string>> | null | undefined
  const channel = { id: args.channel?.id ?? null, organisationId: args.channel?.organisationId ?? null, kind: args.kind }
  const means = await tools.vault?.meansOf(channel)
  const hide = means?.hide ?? ((text: string): string => text)
  const task: Task = {
    kind: args.kind, identity: args.identity, now: terms.now, browser: tools.browser !== null, attestation: args.attestation, bases: tools.bases,
    ...(args.name === undefined ? {} : { name: args.name }),
    ...(memory === null || memory === undefined ? {} : { memory }),
    ...(means === undefined ? {} : { credentials: means.credentials, bridges: means.bridges, confirmed: means.confirmed }),
  }
  const open = new Set(kind.sources.filter((s) => s.tier === 'official' || s.tier === 'bridge').map((s) => s.id))
  const perform = performer(session, open, hide)
  const read = await runChain(kind, task, perform)
  await tools.vault?.report(channel, read.attempts, terms.now)
  const followed = await followMove(read, task, perform)
  const detail = [read.detail, ...(followed === null ? [] : [toldOf(followed)])].filter((d) => d !== '').join('; ')
  const chain = { ...read, detail: hide(detail), attempts: read.attempts.map((a) => ({ ...a, detail: hide(a.detail) })) }
  if (chain.remember !== undefined && JSON.stringify(chain.remember) !== JSON.stringify(memory ?? {})) {
    const facts = JSON.stringify({ ...memory, ...chain.remember })
    session.pages.push({ url: MEMORY, etag: null, lastModified: null, sha256: hash('sha256', facts, 'hex'), finalUrl: MEMORY, status: null, needsBrowser: false, facts })
  }
  const attested = chain.outcome === 'attested'
  const value = {
    newest: chain.newest, witness: chain.witness, source: attested ? 'attested' as const : 'seen' as const, from: chain.source,
    ...(attested && args.attestation !== null ? { attestedOn: args.attestation.statedOn } : {}),
    of: isGroupKind(args.kind) ? 'use' as const : args.kind === 'app' ? 'release' as const : 'post' as const,
    ...(chain.posts.length === 0 ? {} : { posts: chain.posts.length }),
    ...(chain.account?.name == null ? {} : { name: chain.account.name.slice(0, 200) }),
    ...(chain.movedTo == null ? {} : { movedTo: chain.movedTo.slice(0, 500) }),
    ...(chain.detail === '' ? {} : { detail: chain.detail.slice(0, 300) }),
  }
  return {
    chain, followed,
    outcome: chain.outcome,
    detail: chain.detail === '' ? null : chain.detail,
    source: chain.source,
    newest: isObserved(chain.outcome) ? chain.newest : null,
    witness: chain.witness,
    homeMs: null, homeStatus: null,
    counts: session.counts,
    site: null,
    account: { value, evidence: backed(session, session.evidence.flatMap((e) => (e.kind === 'thumbnail' ? [] : [e.sha256]))), items: chain.posts.map(itemOf) },
    pages: session.pages,
    evidence: session.evidence,
    watched: args.publishes || isGroupKind(args.kind) ? [{ newest: chain.newest, limit: accountLimit(args.kind) }] : [],
  }
}

function itemOf(post: Post): ListItem {
  return { title: post.title === '' ? post.id : post.title, url: post.url, date: post.date, witness: post.witness }
}

/** Fetches and renders for a chain. Redirects are the chain's own matter; robots.txt binds where no credential or bridge opens the door. */
function performer(session: Session, open: ReadonlySet<string>, hide: (text: string) => string): Perform {
  return async (ask, { source }): Promise<Reply> => {
    if (ask.do === 'render') {
      const result = await session.render(ask.url, ask.capture)
      if (result === null) return { failed: 'own_fault', detail: 'no browser is configured, or the visit has rendered enough' }
      if (result.status === null || (result.outcome !== 'ok' && result.html === '')) return { failed: result.outcome, detail: result.error ?? result.outcome }
      if (!result.settled && result.captured.length === 0) return { failed: 'timeout', detail: result.error ?? 'what its scripts fetch was still on its way' }
      const captured = result.captured.map((c) => ({ url: c.url, status: c.status, body: Buffer.from(c.bytes).toString('utf8') }))
      return { status: result.status, url: result.url, headers: result.headers, body: result.html, captured }
    }
    const { request } = ask
    if (!session.open) return { failed: 'own_fault', detail: 'the visit has asked enough' }
    const result = await session.ask(request, open.has(source), hide)
    if (result.status === null || (result.truncated && result.bytes.length === 0)) return { failed: result.outcome, detail: result.error ?? result.outcome }
    if (result.outcome === 'truncated' || result.outcome === 'too_large') return { failed: result.outcome, detail: result.error ?? result.outcome }
    return { status: result.status, url: result.url, headers: result.headers, body: result.bytes }
  }
}
