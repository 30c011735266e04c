import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { requireWholeRegister } from '../../db/scope.ts'
import { confirmedSignal } from '../../db/schema/index.ts'
import { CHANNELS } from '../channels/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { GUESSES } from './catalogue.ts'
import { changed } from './revision.ts'

export type SignalRow = {
  readonly id: string
  readonly kind: string
  readonly outcome: string
  readonly about: string
  /** `seen` in a public source or saved page, `memory`: a guess until confirmed. */
  readonly sure: 'seen' | 'memory'
  readonly texts: readonly string[]
  readonly codes: readonly (number | string)[]
  readonly note: string | null
  readonly confirmed: { readonly by: string; readonly at: string; readonly reason: string } | null
}

/** Every text and code of the platforms, what it means, how sure we are, and who confirmed it. */
export async function listSignals({ ctx, input = {} }: { ctx: Pick<Ctx, 'db' | 'actor'>; input?: { readonly guesses?: boolean } }): Promise<SignalRow[]> {
  requireRole(ctx.actor, READERS)
  const confirmed = new Map((await ctx.db.orm.select().from(confirmedSignal)).map((c) => [c.signalId, c]))
  return Object.values(CHANNELS).flatMap(({ kind, manifest }) => manifest.signals
    .filter((s) => input.guesses !== true || s.sure === 'memory')
    .map((s) => {
      const c = confirmed.get(s.id)
      return {
        id: s.id, kind, outcome: s.outcome, about: s.about, sure: s.sure,
        texts: (s.texts ?? []).map((t) => t.source), codes: s.codes ?? [], note: s.note ?? null,
        confirmed: c === undefined ? null : { by: c.by, at: c.at.toISOString(), reason: c.reason },
      }
    }))
}

const confirmInput = z.object({
  id: z.string(),
  /** What was seen, and where: it is what a shutdown may later rest on. */
  reason: z.string().trim().min(4).max(1000),
  /** Takes a confirmation back. */
  withdraw: z.boolean().default(false),
})

/**
 * Confirms a guess at a platform's words, so that from the next visit on it may decide that a channel is gone; or takes
 * that back. Throws `not_found` (lists the guesses), `conflict` (not a guess; nothing to take back), `forbidden`.
 */
export async function confirmSignal({ ctx, input }: { ctx: Ctx; input: z.input<typeof confirmInput> }): Promise<{ readonly id: string; readonly confirmed: boolean }> {
  requireRole(ctx.actor, ['operations'])
  requireWholeRegister(ctx.actor)
  const { id, reason, withdraw } = confirmInput.parse(input)
  if (!withdraw) requireGuess(id)
  await ctx.db.orm.transaction(async (tx) => {
    const at = ctx.clock.now()
    if (withdraw) {
      const gone = await tx.delete(confirmedSignal).where(eq(confirmedSignal.signalId, id)).returning({ id: confirmedSignal.signalId })
      if (gone.length === 0) throw new HuoshuiError('conflict', { zh: '该提示未曾确认', en: 'that signal has not been confirmed' })
    } else {
      const row = { signalId: id, by: ctx.actor.name, at, reason }
      await tx.insert(confirmedSignal).values(row).onConflictDoUpdate({ target: confirmedSignal.signalId, set: row })
    }
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: withdraw ? 'signal.withdraw' : 'signal.confirm', entity: 'signal', entityId: id, reason }])
  })
  changed()
  return { id, confirmed: !withdraw }
}

function requireGuess(id: string): void {
  if (GUESSES.has(id)) return
  const sure = Object.values(CHANNELS).some((k) => k.manifest.signals.some((s) => s.id === id))
  if (sure) throw new HuoshuiError('conflict', { zh: `${id} 已有出处,无需确认`, en: `${id} was seen in a source: it needs no confirming` })
  const known = [...GUESSES.keys()].join(', ')
  throw new HuoshuiError('not_found', { zh: `没有这个待确认的提示;待确认的有:${known}`, en: `there is no such guess; those to be confirmed are: ${known}` })
}
