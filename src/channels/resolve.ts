import { describe } from './assemble.ts'
import { ask, redirectOf, type Perform } from './drive.ts'
import { drifted, unseen } from './outcome.ts'
import { problem } from './problems.ts'
import { textOf } from './reply.ts'
import { obstacle } from './signals.ts'
import { isProblem, type ChannelKind, type Identity, type IdentityProblem, type SourceResult, type Task } from './types.ts'

type Resolved = {
  readonly identity: Identity
  readonly failure: SourceResult | null
  readonly problem: IdentityProblem | null
  readonly remember?: Readonly<Record<string, string>>
}

const MAX_HOPS = 6

/**
 * Learns the account behind a short link, a vanity name or an article: hop by hop, each through the visit's guard,
 * until an address names the account; then from the page itself where the kind knows how. What was learned is
 * remembered, so that the next visit need not ask again.
 */
export async function resolveIdentity(kind: ChannelKind, task: Task, perform: Perform): Promise<Resolved> {
  const wanted = task.identity.needsResolution
  if (wanted === undefined) return { identity: task.identity, failure: null, problem: null }
  const known = task.memory?.['account']
  if (known !== undefined) {
    const identity = kind.identify(known)
    if (!isProblem(identity) && identity.needsResolution === undefined) return { identity, failure: null, problem: null }
  }
  let url = wanted.url
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const reply = await ask({ do: 'fetch', request: { url, redirects: 'manual' } }, task, perform, 'resolve')
    if ('failed' in reply) {
      const refused = reply.failed === 'address_denied' ? describe(kind.definition, problem('private_address'), task.identity.address) : null
      return fail(task, unseen('resolve', reply.failed, reply.detail), refused)
    }
    const target = redirectOf(reply, url)
    const found = target === null ? kind.definition.resolve?.(reply, textOf(reply)) ?? null : kind.identify(target)
    if (found !== null && !isProblem(found) && found.needsResolution === undefined) return learned(found)
    if (target === null) {
      if (found !== null && isProblem(found)) return fail(task, unseen('resolve', 'unreadable', found.problem), found)
      const said = kind.definition.explain?.(reply, task) ?? obstacle('resolve', reply)
      // It shows what an account publishes, and yet not whose it is.
      if (said?.outcome === 'ok') return fail(task, drifted('resolve', `${url} names no account`), null)
      return fail(task, said ?? unseen('resolve', 'unreadable', `${reply.status} at ${url}: names no account`), null)
    }
    if (found !== null && isProblem(found) && (found.problem === 'article' || found.problem === 'personal' || found.problem === 'other_kind')) {
      return fail(task, unseen('resolve', 'unreadable', `leads to ${target.slice(0, 200)}`), found)
    }
    url = target
  }
  return fail(task, unseen('resolve', 'redirect_loop', `more than ${MAX_HOPS} hops from ${wanted.url}`), null)
}

function learned(identity: Identity): Resolved {
  return { identity, failure: null, problem: null, remember: { account: identity.address } }
}

function fail(task: Task, failure: SourceResult, found: IdentityProblem | null): Resolved {
  return { identity: task.identity, failure: found === null ? failure : { ...failure, advice: found.text }, problem: found }
}
