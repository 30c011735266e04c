import type { Actor } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'

/** The actor's own account. Throws `forbidden` for the command line and the program itself, which have none. */
export function ownId(actor: Actor): string {
  if (actor.kind === 'user') return actor.id
  throw new HuoshuiError('forbidden', { zh: '此操作只适用于已登录的账号', en: 'this is for an account that is signed in' })
}
