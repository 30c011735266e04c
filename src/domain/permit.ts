import type { Actor, Role } from './actor.ts'
import { HuoshuiError } from './error.ts'

/**
 * Roles and region scope, checked in every service verb itself. The command line and the program's own jobs are
 * trusted: whoever runs them holds the machine.
 */
export function requireRole(actor: Actor, roles: readonly Role[]): void {
  if (actor.kind !== 'user' || actor.role === 'administrator' || roles.includes(actor.role)) return
  throw new HuoshuiError('forbidden', {
    zh: `当前角色无权进行此操作,需要:${roles.join('、')}`,
    en: `your role may not do this; it takes one of: ${roles.join(', ')}`,
  })
}

/** The region whose subtree the actor is held to; null for the whole register. */
export function regionScope(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.region : null
}

/** The unit that a unit contact is held to; null for everybody else, and for a contact of a whole region. */
export function unitScope(actor: Actor): number | null {
  return actor.kind === 'user' && actor.role === 'unit_contact' ? actor.organisation ?? null : null
}

/** Everybody who may look; what they see is cut to their region. */
export const READERS: readonly Role[] = ['administrator', 'operations', 'rectification', 'unit_contact', 'read_only']
