import { CHANNELS, guessKind, isProblem, runChain } from '../channels/index.ts'
import type { ChainResult, Perform, Task } from '../channels/index.ts'
import { isKind } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'

export type Followed = { readonly kind: Kind; readonly chain: ChainResult }

/**
 * Looks, once, at the address to which a platform says that an account has moved. Only the public sources are asked: keys
 * and bridges were given for the old account. Null where the new address is not named, is no account's, or is the old one.
 */
export async function followMove(from: ChainResult, task: Task, perform: Perform): Promise<Followed | null> {
  if (from.outcome !== 'moved' || from.movedTo === undefined || from.movedTo === null) return null
  const guessed = guessKind(from.movedTo)
  const kind = guessed ?? (isKind(task.kind) ? task.kind : null)
  if (kind === null || kind === 'website') return null
  const identity = CHANNELS[kind].identify(from.movedTo)
  if (isProblem(identity) || (kind === task.kind && identity.key === from.identity.key)) return null
  const { now, browser, bases, confirmed, name } = task
  const chain = await runChain(CHANNELS[kind], {
    kind, identity, now, browser,
    ...(bases === undefined ? {} : { bases }), ...(confirmed === undefined ? {} : { confirmed }), ...(name === undefined ? {} : { name }),
  }, perform)
  return { kind, chain }
}

/** One line of what was found there. */
export function toldOf({ chain }: Followed): string {
  return `at the new address ${chain.identity.address}: ${chain.outcome}${chain.newest === null ? '' : `, newest ${chain.newest}`}`
}
