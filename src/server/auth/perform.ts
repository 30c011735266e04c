import { and, eq, lt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../../db/context.ts'
import { person, session } from '../../../db/schema/index.ts'
import { beginAttempt, chosenPasswordProblem, endAttempts, LOCKOUT, takeCode } from '../../accounts/index.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Actor } from '../../domain/actor.ts'
import { Refused } from '../errors.ts'
import { ACTS, ASK_PASSWORD, SAY, WRONG_PASSWORD, wordingOf } from './acts.ts'
import type { SignInAct } from './acts.ts'
import { BASE } from './library.ts'
import type { Library } from './library.ts'
import type { Auth, Caller } from './types.ts'

type Need = { ctx: Ctx; libraryFor(request: FastifyRequest): Library; callerOf(request: FastifyRequest): Promise<Caller | null>; wall: Clock }
type Body = Readonly<Record<string, unknown>>
type Given = { readonly request: FastifyRequest; readonly act: SignInAct; readonly caller: Caller | null }

/** What `Auth.perform` does: our own checks, the library's work, our own traces. */
export function performer({ ctx, libraryFor, callerOf, wall }: Need): Auth['perform'] {
  return async ({ request, reply }, act, body) => {
    const found = await callerOf(request)
    // A token signs nobody in or out.
    const caller = found?.session == null ? null : found
    const given: Given = { request, act, caller }
    await requireFit(given, body)
    const name = act === 'sign_in' ? String(body['username']) : caller?.username ?? ''
    if (ASK_PASSWORD.has(act)) await admit(ctx, given, name, wall.now())
    const response = await libraryFor(request).handler(asked(request, act, body))
    const answer = (await response.json().catch(() => null) ?? {}) as Body
    if (!response.ok) {
      const code = typeof answer['code'] === 'string' ? answer['code'] : undefined
      if (ASK_PASSWORD.has(act) && WRONG_PASSWORD.has(code ?? '')) throw new Refused(act === 'sign_in' ? SAY.wrong : SAY.wrongOwn)
      throw new Refused(wordingOf(response.status, code))
    }
    if (ASK_PASSWORD.has(act)) await endAttempts(ctx.db, name)
    if (act === 'verify_code') await requireFresh(ctx, given, body, answer, wall.now())
    await leaveTrace(ctx, given, answer, wall.now())
    reply.header('set-cookie', response.headers.getSetCookie().map(forThisBrowsingOnly))
    return answer
  }
}

/** What we ask for before the library is asked. */
async function requireFit({ act, caller }: Given, body: Body): Promise<void> {
  const alone = act === 'sign_in' || act === 'verify_code' || act === 'verify_backup_code' || act === 'sign_out'
  if (caller === null && !alone) throw new Refused(SAY.signedOut)
  if (caller?.mustChangePassword === true && !alone && act !== 'change_password') {
    throw new Refused({ status: 403, code: 'password_change', text: { zh: '请先修改初始密码', en: 'change the first password before anything else' } })
  }
  if (act === 'change_password' && caller !== null) {
    const next = String(body['newPassword'])
    const problem = next === body['currentPassword'] ? { zh: '新密码不能与当前密码相同', en: 'the new password must differ from the present one' } : await chosenPasswordProblem({ password: next, username: caller.username, name: caller.actor.name })
    if (problem !== null) throw new Refused({ status: 400, code: 'weak_password', text: problem })
  }
}

/** Counts the attempt first; leaves a trace where it shuts the name. */
async function admit(ctx: Ctx, { request, caller }: Given, name: string, now: Date): Promise<void> {
  const attempt = await beginAttempt(ctx.db, name, now)
  if (attempt.allowed) return
  if (attempt.failures === LOCKOUT.failures + 1) {
    await ctx.db.orm.transaction(async (tx) => {
      const [known] = caller === null ? await tx.select({ id: person.id }).from(person).where(eq(person.username, name)) : [{ id: caller.actor.id }]
      await recordAudit(tx, { actor: SYSTEM, at: ctx.clock.now() }, [{ verb: 'session.lock', entity: 'user', ...(known === undefined ? {} : { entityId: known.id }), detail: { from: request.ip, failures: LOCKOUT.failures } }])
    })
  }
  throw new Refused(SAY.locked(LOCKOUT.minutes))
}

/** The library takes a right code as often as it is shown: a second time, the session it made is ended before anybody has its cookie. */
async function requireFresh(ctx: Ctx, { caller }: Given, body: Body, answer: Body, now: Date): Promise<void> {
  const id = (answer['user'] as { id?: unknown } | undefined)?.id
  if (typeof id !== 'string') throw new Refused(SAY.signedOut)
  const fresh = await takeCode(ctx.db, id, String(body['code']).trim(), now)
  // Whoever is signed in opens nothing by it: he shows that his new device works.
  if (fresh || caller !== null) return
  await ctx.db.orm.delete(session).where(and(eq(session.token, String(answer['token'])), eq(session.userId, id)))
  throw new Refused(SAY.usedCode)
}

const SYSTEM: Actor = { kind: 'system', name: 'sign-in' }

/** The request as the library takes it. Its origin was held against our own before (own-origin.ts). */
function asked(request: FastifyRequest, act: SignInAct, body: Body): Request {
  const headers = new Headers({ 'content-type': 'application/json', origin: BASE, 'x-forwarded-for': request.ip, 'user-agent': String(request.headers['user-agent'] ?? '').slice(0, 300) })
  if (request.headers.cookie !== undefined) headers.set('cookie', request.headers.cookie)
  return new Request(`${BASE}${ACTS[act]}`, { method: 'POST', headers, body: JSON.stringify(act === 'change_password' ? { ...body, revokeOtherSessions: true } : body) })
}

/** Without an age of its own a cookie goes when the browser is closed, as it should on an office's shared machine. */
function forThisBrowsingOnly(cookie: string): string {
  return /max-age=0\b/i.test(cookie) ? cookie : cookie.replace(/;\s*(max-age|expires)=[^;]*/gi, '')
}

async function leaveTrace(ctx: Ctx, { request, act, caller }: Given, answer: Body, now: Date): Promise<void> {
  const at = ctx.clock.now()
  const user = answer['user'] as { id?: string; name?: string } | undefined
  const signingIn = (act === 'sign_in' && answer['twoFactorRedirect'] !== true) || (act.startsWith('verify') && caller === null)
  await ctx.db.orm.transaction(async (tx) => {
    if (signingIn && user?.id !== undefined) {
      const [known] = await tx.update(person).set({ lastSignInAt: now }).where(eq(person.id, user.id)).returning()
      // Nothing else clears away sessions that nobody came back to.
      await tx.delete(session).where(lt(session.expiresAt, now))
      // Whoever signs in again leaves the session he came with: nobody else may go on with it.
      if (caller?.session != null) await tx.delete(session).where(and(eq(session.id, caller.session), eq(session.userId, caller.actor.id)))
      if (known !== undefined) await recordAudit(tx, { actor: { kind: 'user', id: known.id, name: known.name, role: known.role as Caller['actor']['role'], region: known.region }, at }, [{ verb: 'session.start', entity: 'user', entityId: known.id, detail: { from: request.ip } }])
      return
    }
    if (caller === null) return
    const { actor } = caller
    if (act === 'change_password') await tx.update(person).set({ mustChangePassword: false, updatedAt: at }).where(eq(person.id, actor.id))
    const verb = { sign_out: 'session.end', change_password: 'user.change_password', verify_code: 'second_factor.enable', disable_second_factor: 'second_factor.disable', new_backup_codes: 'second_factor.new_codes' }[act as string]
    if (verb !== undefined) await recordAudit(tx, { actor, at }, [{ verb, entity: 'user', entityId: actor.id }])
  })
}
