import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { installationSecret } from '../../db/schema/index.ts'
import type { KeyPlace } from './key.ts'
import { seal, unseal } from './seal.ts'
import { installationPlace, sealingKey } from './sealed-rows.ts'

/**
 * A random secret of this installation, 32 bytes in base64url, made on first use and kept sealed with the installation's
 * key: every server process has the same, and a copy of the database alone opens nothing. Throws `unavailable` where the
 * key is not the one in use.
 */
export async function openInstallationSecret({ ctx, keys, name }: { ctx: Pick<Ctx, 'db'>; keys: KeyPlace; name: string }): Promise<string> {
  return ctx.db.orm.transaction(async (tx) => {
    const key = await sealingKey(tx, keys)
    const [row] = await tx.select().from(installationSecret).where(eq(installationSecret.name, name))
    if (row !== undefined) return unseal(key, installationPlace(row), row.sealed)
    const secret = randomBytes(32).toString('base64url')
    await tx.insert(installationSecret).values({ name, sealed: seal(key, installationPlace({ name }), secret), keyId: key.id })
    return secret
  })
}
