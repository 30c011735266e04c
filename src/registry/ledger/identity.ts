import { isGroupKind } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import type { Text } from '../../domain/text.ts'
import { CHANNELS, isProblem } from '../../channels/index.ts'
import type { Identity } from '../../channels/index.ts'
import { SAY } from './say.ts'

/** What a row's address, id and name make of the channel's identity. */
export type ChannelIdentity = {
  /** Unique within the kind; for groups within the unit (the unit is put before it when it is known). */
  readonly key: string
  /** The key it would have by name alone: a channel entered so is found again when its id is learned. */
  readonly nameKey: string | null
  /** Keys by its other texts: a short link that was resolved since is found again by them. */
  readonly otherKeys: readonly string[]
  readonly address: string
  readonly addressRaw: string
  readonly accountId: string | null
  readonly warnings: readonly Text[]
}

export type NoIdentity = { readonly problem: Text; readonly field: 'address' | 'accountId' }

type Given = { readonly address: string | null; readonly accountId: string | null; readonly name: string | null }

/**
 * The address speaks first, then the account id, then (not for websites and feeds) the name; for groups the number, then
 * what stands as address, then the name. The order is fixed, so that the same row always means the same channel.
 */
export function identityOf(kind: Kind, given: Given): ChannelIdentity | NoIdentity {
  const channel = CHANNELS[kind]
  const order = isGroupKind(kind) ? (['accountId', 'address', 'name'] as const) : (['address', 'accountId', 'name'] as const)
  const read = order.flatMap((field) => {
    const text = given[field]
    if (text === null || (field === 'name' && channel.definition.textRefused === true)) return []
    return [{ field, text, result: channel.identify(text) }]
  })
  const good = read.flatMap(({ field, text, result }) => (isProblem(result) ? [] : [{ field, text, identity: result }]))
  const [first] = good
  const [tried] = read
  // A wrong address is not passed over for the name: only an id may stand in for it.
  const wrong = tried !== undefined && isProblem(tried.result) ? tried.result : null
  if (first === undefined || (wrong !== null && first.field === 'name')) {
    return { problem: wrong?.text ?? SAY.noAddress, field: tried?.field === 'accountId' ? 'accountId' : 'address' }
  }
  const byName = good.find((g) => g.field === 'name')?.identity ?? null
  return {
    key: first.identity.key,
    nameKey: byName?.key ?? null,
    otherKeys: [...new Set(good.slice(1).map((g) => g.identity.key))].filter((k) => k !== first.identity.key && k !== byName?.key),
    address: first.identity.address,
    addressRaw: given.address ?? first.text,
    accountId: given.accountId ?? first.identity.accountId ?? null,
    warnings: warningsOf(first.identity, first.field),
  }
}

function warningsOf(identity: Identity, field: string): Text[] {
  const warnings = identity.warning === undefined ? [] : [identity.warning]
  return field === 'name' && identity.warning === undefined ? [] : warnings
}
