import { isGroupKind, type Kind } from '../domain/kinds.ts'
import type { ChannelIdentity } from './facts.ts'

export type FunctionType = 'publishing' | 'service'

const SERVICE_KINDS: ReadonlySet<Kind> = new Set<Kind>(['app', 'mini_program'])

/**
 * 功能类型 of an account: as registered, else the kind's own. Apps and mini programs serve; everything else publishes.
 * Age rules (N2a) are for publishing accounts; service accounts and mini programs are judged by working.
 */
export function functionType(channel: ChannelIdentity): FunctionType {
  return channel.functionType ?? (SERVICE_KINDS.has(channel.kind) ? 'service' : 'publishing')
}

/** What a rule may apply to; `portal` is a website too. */
export type Applies = 'website' | 'portal' | 'publishing' | 'service' | 'app' | 'mini_program' | 'account' | 'group'

/** Is the channel of one of these? */
export function applies(channel: ChannelIdentity, to: readonly Applies[]): boolean {
  return to.some((a) => isOf(channel, a))
}

function isOf(channel: ChannelIdentity, to: Applies): boolean {
  const website = channel.kind === 'website'
  const group = isGroupKind(channel.kind)
  const account = !website && !group
  switch (to) {
    case 'website':
      return website
    case 'portal':
      return website && channel.portal === true
    case 'group':
      return group
    case 'account':
      return account
    case 'publishing':
    case 'service':
      return account && functionType(channel) === to
    default:
      return channel.kind === to
  }
}
