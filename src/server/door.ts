import type { FastifyRequest } from 'fastify'
import type { Text } from '../domain/text.ts'
import type { Auth, Caller } from './auth/types.ts'
import type { AnyRoute } from './route.ts'

export type Refusal = { readonly status: 401 | 403; readonly code: string; readonly text: Text }

/** Why somebody may not use a route; null lets them in. */
export function refusalAt({ door, token }: Pick<AnyRoute, 'door' | 'token'>, caller: Caller | null): Refusal | null {
  if (door === 'anyone') return null
  if (caller === null) return { status: 401, code: 'unauthenticated', text: { zh: '请先登录', en: 'sign in first' } }
  if (caller.mustChangePassword) return { status: 403, code: 'password_change', text: { zh: '请先修改初始密码', en: 'change the first password before anything else' } }
  if (caller.scopes !== null && (token === undefined || !caller.scopes.includes(token))) {
    return { status: 403, code: 'forbidden', text: { zh: '该令牌不能用于此接口', en: 'this token may not be used here' } }
  }
  if (door !== 'signed_in' && caller.actor.role !== 'administrator' && !door.includes(caller.actor.role)) {
    return { status: 403, code: 'forbidden', text: { zh: '当前角色无权进行此操作', en: 'your role may not do this' } }
  }
  return null
}

/**
 * The door once more, for an answer that goes on: the same session, still open, of the same person with the same role and scope, as
 * whom the answer was begun. Asking does not prolong the session.
 */
export function doorAgain(auth: Auth, r: Pick<AnyRoute, 'door' | 'token'>, request: FastifyRequest, first: Caller): () => Promise<boolean> {
  const whom = JSON.stringify([first.actor, first.session, first.scopes])
  return async () => {
    const caller = await auth.callerOf(request, { renew: false })
    return caller !== null && refusalAt(r, caller) === null && JSON.stringify([caller.actor, caller.session, caller.scopes]) === whom
  }
}
