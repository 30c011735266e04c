import { eq } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { requireWholeRegister } from '../../db/scope.ts'
import { bridge, credential, installationSecret } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { dropNext, keyFor, keyFrom, makeNextKey, promote } from './key.ts'
import type { KeyPlace } from './key.ts'
import { changed } from './revision.ts'
import { seal, unseal } from './seal.ts'
import { bridgePlace, credentialPlace, installationPlace, keyIds, lockKey } from './sealed-rows.ts'

/**
 * Seals everything anew with another key, all or nothing. A key file is replaced by a new one; where the key comes from
 * HUOSHUI_KEY, `newKey` (base64) is the next, to be set there afterwards. Throws `bad_input` (no or the same new key),
 * `unavailable` (the present key is not the one in use), `not_found` (nothing is sealed).
 */
export async function rotateKey({ ctx, keys, input }: { ctx: Ctx; keys: KeyPlace; input: { readonly newKey?: string } }): Promise<{ readonly sealed: number; readonly keyId: string; readonly from: 'environment' | 'file' }> {
  requireRole(ctx.actor, ['administrator'])
  requireWholeRegister(ctx.actor)
  if ((keys.key === undefined) !== (input.newKey === undefined)) {
    throw new HuoshuiError('bad_input', keys.key === undefined
      ? { zh: '密钥文件由程序更换,无需给出新密钥', en: 'the key file is replaced by the program: give no new key' }
      : { zh: '密钥来自 HUOSHUI_KEY:请用 --to - 从标准输入给出新密钥(openssl rand -base64 32)', en: 'the key comes from HUOSHUI_KEY: give the new one on standard input with --to - (openssl rand -base64 32)' })
  }
  try {
    const done = await ctx.db.orm.transaction(async (tx) => {
      await lockKey(tx)
      const old = await keyFor(keys, await keyIds(tx))
      if (old === null) throw new HuoshuiError('not_found', { zh: '尚无密钥可更换', en: 'there is no key to rotate yet' })
      const next = input.newKey === undefined ? await makeNextKey(keys) : keyFrom(input.newKey, 'environment', '--to')
      if (next.id === old.id) throw new HuoshuiError('bad_input', { zh: '新密钥与现用密钥相同', en: 'the new key is the one in use' })
      const credentials = await tx.select().from(credential)
      for (const row of credentials) {
        const place = credentialPlace(row)
        await tx.update(credential).set({ sealed: seal(next, place, unseal(old, place, row.sealed)), keyId: next.id }).where(eq(credential.id, row.id))
      }
      const bridges = (await tx.select().from(bridge)).flatMap((row) => (row.sealed === null ? [] : [{ ...row, sealed: row.sealed }]))
      for (const row of bridges) {
        const place = bridgePlace(row)
        await tx.update(bridge).set({ sealed: seal(next, place, unseal(old, place, row.sealed)), keyId: next.id }).where(eq(bridge.id, row.id))
      }
      const own = await tx.select().from(installationSecret)
      for (const row of own) {
        const place = installationPlace(row)
        await tx.update(installationSecret).set({ sealed: seal(next, place, unseal(old, place, row.sealed)), keyId: next.id }).where(eq(installationSecret.name, row.name))
      }
      const sealed = credentials.length + bridges.length + own.length
      await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'credential.rotate_key', entity: 'key', entityId: next.id, detail: { before: old.id, sealed } }])
      return { sealed, keyId: next.id, from: next.from }
    })
    // From here on the rows want the new key; should this be cut off, the next load finds it under its other name.
    if (done.from === 'file') await promote(keys)
    changed()
    return done
  } catch (error) {
    if (keys.key === undefined) await dropNextUnlessUsed(ctx, keys)
    throw error
  }
}

/** The new key file of a rotation that was rolled back; one that something is sealed with stays. */
async function dropNextUnlessUsed(ctx: Ctx, keys: KeyPlace): Promise<void> {
  const ids = await keyIds(ctx.db.orm).catch(() => null)
  if (ids === null) return
  const fits = await keyFor(keys, ids).then(() => true, () => false)
  if (fits) await dropNext(keys)
}
