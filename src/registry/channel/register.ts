import type { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { isGroupKind } from '../../domain/kinds.ts'
import type { Text } from '../../domain/text.ts'
import { identityOf } from '../ledger/identity.ts'
import { newTally } from '../ledger/state.ts'
import { lockRegister, storeBatch } from '../ledger/store.ts'
import { SAY } from '../ledger/say.ts'
import { loadRegions } from '../region/seed.ts'
import { channelForm } from './form.ts'
import { regionOfForm } from './place.ts'

/**
 * Registers one channel; its id. Throws `bad_input` for an address that is not the kind's, `conflict` where the channel is
 * registered already.
 */
export async function registerChannel({ ctx, input }: { ctx: Ctx; input: z.input<typeof channelForm> }): Promise<{ id: number; warnings: readonly Text[] }> {
  requireRole(ctx.actor, ['operations'])
  const form = channelForm.parse(input)
  const identity = identityOf(form.kind, { address: form.address ?? null, accountId: form.accountId ?? null, name: form.name })
  if ('problem' in identity) throw new HuoshuiError('bad_input', identity.problem)
  if (isGroupKind(form.kind) && !form.organisation) throw new HuoshuiError('bad_input', SAY.sponsor)
  return ctx.db.orm.transaction(async (tx) => {
    await lockRegister(tx)
    const book = await loadRegions(tx)
    const regionCode = form.region ? regionOfForm(book, form.region) : null
    await requireInScope(tx, ctx.actor, regionCode)
    const tally = newTally(book)
    let refused: Text | null = null
    const [id] = await storeBatch(tx, ctx, tally, [{
      draft: {
        kind: form.kind, name: form.name, identity, siteCode: form.siteCode ?? null, organisation: form.organisation ?? null,
        supervisor: form.supervisor ?? null, regionCode, newRegion: null,
        filingStatus: form.filingStatus ?? null, filingNumber: form.filingNumber ?? null, runningStatus: form.runningStatus ?? null,
        functionType: form.functionType ?? null, openedOn: form.openedOn ?? null, contact: form.contact ?? null, phone: form.phone ?? null,
        members: form.members ?? null, note: form.note ?? null, extra: {}, stated: null,
      },
      at: { sheet: '', row: 0 },
      refuse: (why) => void (refused = why),
    }], { source: ctx.actor.kind === 'user' ? 'console' : 'command', note: {} })
    if (refused !== null) throw new HuoshuiError('bad_input', refused)
    if (id === undefined || tally.created === 0) {
      // Rolled back: what is registered is not changed by registering it again.
      throw new HuoshuiError('conflict', { zh: `该渠道已登记(编号 ${id ?? ''})`, en: `This channel is registered already (id ${id ?? ''})` }, { details: [{ id }] })
    }
    return { id, warnings: identity.warnings }
  })
}
