import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import type { AuditEntry } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { isGroupKind, isKind } from '../../domain/kinds.ts'
import { findById, findByKey } from '../ledger/existing.ts'
import type { ChannelFields } from '../ledger/existing.ts'
import { changesOf, isClosed } from '../ledger/fieldset.ts'
import { identityOf } from '../ledger/identity.ts'
import { createUnits, loadUnits, unitOf } from '../ledger/organisations.ts'
import { SAY } from '../ledger/say.ts'
import { newTally } from '../ledger/state.ts'
import { lockRegister } from '../ledger/store.ts'
import { updateChannels } from '../ledger/write.ts'
import { loadRegions } from '../region/seed.ts'
import { channelForm } from './form.ts'
import { regionOfForm } from './place.ts'

export const updateChannelInput = z.object({
  id: z.number().int(),
  changes: channelForm.omit({ kind: true }).partial(),
  reason: z.string().trim().max(500).optional(),
})

/**
 * Changes one channel; the fields that changed. What is left out stays; null empties a field. A running status of closed
 * or cancelled closes it, running reopens a closed one. Throws `not_found`, `bad_input`, `conflict` (another channel has
 * that address).
 */
export async function updateChannel({ ctx, input }: { ctx: Ctx; input: z.input<typeof updateChannelInput> }): Promise<{ changed: readonly string[] }> {
  requireRole(ctx.actor, ['operations'])
  const { id, changes: form, reason } = updateChannelInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    await lockRegister(tx)
    const old = await findById(tx, id)
    if (old === null || !isKind(old.kind)) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `There is no channel ${id}` })
    const was = old.fields
    await requireInScope(tx, ctx.actor, was.regionCode)
    const pick = <T>(given: T | undefined, kept: T): T => (given === undefined ? kept : given)
    const book = await loadRegions(tx)
    const regionCode = form.region === undefined ? was.regionCode : form.region === null ? null : regionOfForm(book, form.region)
    // Nobody moves a channel out of his own region.
    await requireInScope(tx, ctx.actor, regionCode)
    const name = form.name ?? was.name

    let unit = { id: was.organisationId, name: old.organisationName }
    const named = form.organisation === undefined ? old.organisationName : form.organisation
    if (named !== unit.name || regionCode !== was.regionCode) unit = { id: null, name: named }
    if (unit.id === null && named !== null) {
      const tally = newTally(book)
      const want = { name: named, regionCode, supervisor: null }
      await loadUnits(tx, tally, [named])
      await createUnits(tx, tally, [want])
      const found = unitOf(tally, want, was.organisationId)
      if (found === null || 'error' in found) throw new HuoshuiError('bad_input', found?.error ?? SAY.sponsor)
      unit = found
    }
    if (isGroupKind(old.kind) && unit.id === null) throw new HuoshuiError('bad_input', SAY.sponsor)

    const moved = form.address !== undefined || form.accountId !== undefined || (isGroupKind(old.kind) && unit.id !== was.organisationId)
    let key = old.identityKey
    let place = { address: was.address, addressRaw: was.addressRaw, accountId: was.accountId }
    if (moved) {
      const identity = identityOf(old.kind, { address: pick(form.address, was.addressRaw), accountId: pick(form.accountId, was.accountId), name })
      if ('problem' in identity) throw new HuoshuiError('bad_input', identity.problem)
      key = isGroupKind(old.kind) ? `${unit.id ?? 0}:${identity.key}` : identity.key
      place = { address: identity.address, addressRaw: identity.addressRaw, accountId: identity.accountId }
      const other = key === old.identityKey ? undefined : (await findByKey(tx, [{ kind: old.kind, key }])).get(`${old.kind}\n${key}`)
      if (other !== undefined) throw new HuoshuiError('conflict', { zh: `该地址已登记为渠道 ${other.id}`, en: `That address is registered as channel ${other.id}` })
    }
    const fields: ChannelFields = {
      ...was, ...place, name, regionCode, organisationId: unit.id,
      siteCode: pick(form.siteCode, was.siteCode), supervisor: pick(form.supervisor, was.supervisor),
      filingStatus: pick(form.filingStatus, was.filingStatus), filingNumber: pick(form.filingNumber, was.filingNumber),
      runningStatus: pick(form.runningStatus, was.runningStatus), functionType: pick(form.functionType, was.functionType),
      openedOn: pick(form.openedOn, was.openedOn), contact: pick(form.contact, was.contact), phone: pick(form.phone, was.phone),
      members: pick(form.members, was.members), note: pick(form.note, was.note),
    }
    const changes = changesOf(was, fields)
    if (key !== old.identityKey) changes.push({ field: 'identityKey', before: old.identityKey, after: key })
    const closing = form.runningStatus !== undefined && isClosed(form.runningStatus) && (old.state === 'active' || old.state === 'paused')
    const reopening = form.runningStatus === 'running' && old.state === 'closed'
    const state = closing ? 'closed' : reopening ? 'active' : old.state
    if (changes.length === 0 && state === old.state) return { changed: [] }
    const at = ctx.clock.now()
    await updateChannels(tx, [{ id, key, state, fields }], at)
    const why = reason === undefined ? {} : { reason }
    const entries: AuditEntry[] = [{ verb: 'channel.update', entity: 'channel', entityId: id, ...why, detail: { changes } }]
    if (closing) entries.push({ verb: 'channel.close', entity: 'channel', entityId: id, ...why, detail: { by: 'form', status: fields.runningStatus } })
    if (reopening) entries.push({ verb: 'channel.reopen', entity: 'channel', entityId: id, ...why, detail: { by: 'form' } })
    await recordAudit(tx, { actor: ctx.actor, at }, entries)
    return { changed: changes.map((c) => c.field) }
  })
}
