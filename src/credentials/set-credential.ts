import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { credential } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { isDay } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { credentialInfo } from './catalogue.ts'
import type { CredentialInfo } from './catalogue.ts'
import type { KeyPlace } from './key.ts'
import { changed } from './revision.ts'
import { seal } from './seal.ts'
import { credentialPlace, sealingKey } from './sealed-rows.ts'
import { settle, targetInput, targetOf } from './target.ts'
import type { Target } from './target.ts'

const input = z.object({
  id: z.string(),
  values: z.record(z.string(), z.string()),
  ...targetInput,
  /** The last day on which it holds, YYYY-MM-DD. */
  validUntil: z.string().refine(isDay, 'a day, YYYY-MM-DD').optional(),
})

/**
 * Puts a credential, in the stead of one of the same id and target; its health begins anew. No error, audit row or
 * return value holds a value. Throws `not_found` (unknown id: lists the known; no such target), `bad_input` (fields),
 * `unavailable` (wrong key), `forbidden`.
 */
export async function setCredential({ ctx, keys, input: raw }: { ctx: Ctx; keys: KeyPlace; input: z.input<typeof input> }): Promise<Target & { readonly id: string }> {
  requireRole(ctx.actor, ['operations'])
  const given = input.parse(raw)
  const info = credentialInfo(given.id)
  const values = fieldsOf(info, given.values)
  const wanted = targetOf(given)
  const done = await ctx.db.orm.transaction(async (tx) => {
    const target = await settle(tx, ctx.actor, wanted, info)
    const key = await sealingKey(tx, keys)
    const at = ctx.clock.now()
    const row = {
      credentialId: info.id, ...target,
      fields: [...info.fields],
      sealed: seal(key, credentialPlace({ credentialId: info.id, ...target }), JSON.stringify(values)), keyId: key.id,
      putBy: ctx.actor.name, putAt: at, validUntil: given.validUntil ?? null,
      lastSuccessAt: null, failures: 0, lastFailure: null, lastFailureAt: null, stoppedSince: null,
    }
    await tx.insert(credential).values(row).onConflictDoUpdate({ target: [credential.credentialId, credential.scope, credential.target], set: row })
    await recordAudit(tx, { actor: ctx.actor, at }, [{
      verb: 'credential.set', entity: 'credential', entityId: info.id, detail: { ...target, fields: info.fields, validUntil: given.validUntil ?? null },
    }])
    return { id: info.id, ...target }
  })
  changed()
  return done
}

/** Exactly the declared fields, none empty. Says which are wanted and repeats nothing of what was given: it may be a secret in the wrong place. */
function fieldsOf(info: CredentialInfo, values: Readonly<Record<string, string>>): Record<string, string> {
  const shape = z.strictObject(Object.fromEntries(info.fields.map((f) => [f, z.string().trim().min(1).max(20_000).refine((v) => !/[\r\n\0]/.test(v))])))
  const parsed = shape.safeParse(values)
  if (parsed.success) return parsed.data
  const bad = new Set(parsed.error.issues.map((i) => String(i.path[0] ?? '')))
  const wrong = info.fields.filter((f) => bad.has(f)).join(', ')
  throw new HuoshuiError('bad_input', {
    zh: `${info.id} 需要且只需要这些字段:${info.fields.join('、')}${wrong === '' ? '(多出了其他字段)' : `;缺少或有误:${wrong}`}`,
    en: `${info.id} takes these fields and no others: ${info.fields.join(', ')}${wrong === '' ? ' (another one was given)' : `; missing or wrong: ${wrong}`}`,
  })
}
