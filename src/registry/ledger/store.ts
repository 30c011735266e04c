import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import ipaddr from 'ipaddr.js'
import type { Ctx } from '../../../db/context.ts'
import type { Tx } from '../../../db/client.ts'
import { recordAudit } from '../../audit/record.ts'
import type { AuditEntry } from '../../audit/record.ts'
import { dayInChina } from '../../domain/date.ts'
import { isGroupKind } from '../../domain/kinds.ts'
import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import { insertRegion, newRegion } from '../region/create.ts'
import type { Draft } from './draft.ts'
import { findByKey } from './existing.ts'
import type { Registered } from './existing.ts'
import { changesOf, digestOf, isClosed, mergeFields } from './fieldset.ts'
import { createUnits, loadUnits, unitOf } from './organisations.ts'
import { SAY } from './say.ts'
import type { Place, Tally } from './state.ts'
import { closedByLedger, insertAttestations, insertChannels, updateChannels } from './write.ts'
import type { ChangedChannel, NewAttestation, NewChannel } from './write.ts'

export type Pending = { draft: Draft; readonly at: Place; readonly refuse: (expected: Text) => void }

/** What a batch is written for: kept in the audit rows. */
export type Origin = { readonly source: 'ledger' | 'command' | 'console'; readonly note: Readonly<Record<string, string>> }

/** The register is written by one at a time: two at once would each create what the other does. Held to the transaction's end. */
export async function lockRegister(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7240111)`)
}

/**
 * Writes one batch of drafts: regions and units that are new, channels created or changed by their identity, statements,
 * and the audit rows, all in the caller's transaction.
 */
export async function storeBatch(tx: Tx, ctx: Ctx, tally: Tally, pending: readonly Pending[], origin: Origin): Promise<number[]> {
  const at = ctx.clock.now()
  await createRegions(tx, ctx, tally, pending)
  const known = await findByKey(tx, pending.filter((p) => !isGroupKind(p.draft.kind)).flatMap((p) => keysOf(p.draft, '')))
  await loadUnits(tx, tally, pending.flatMap((p) => p.draft.organisation ?? []))
  const wanted = pending.flatMap(({ draft }) => {
    if (draft.organisation === null) return []
    const old = match(known, draft, '')
    // The unit that is registered stays while its name does and the region is not changed.
    if (old !== null && keepsUnit(old, draft)) return []
    return [{ name: draft.organisation, regionCode: draft.regionCode ?? old?.fields.regionCode ?? null, supervisor: draft.supervisor }]
  })
  await createUnits(tx, tally, wanted)

  const placed: { p: Pending; unit: number | null; prefix: string }[] = []
  for (const p of pending) {
    const { draft } = p
    const old = isGroupKind(draft.kind) ? null : match(known, draft, '')
    const unit = draft.organisation === null ? null
      : old !== null && keepsUnit(old, draft) ? { id: old.organisationId }
      : unitOf(tally, { name: draft.organisation, regionCode: draft.regionCode ?? old?.fields.regionCode ?? null, supervisor: null }, old?.organisationId ?? null)
    if (unit !== null && 'error' in unit) p.refuse(unit.error)
    else placed.push({ p, unit: unit?.id ?? null, prefix: isGroupKind(draft.kind) ? `${unit?.id ?? 0}:` : '' })
  }
  for (const [key, value] of await findByKey(tx, placed.filter((x) => x.prefix !== '').flatMap((x) => keysOf(x.p.draft, x.prefix)))) known.set(key, value)

  const fresh: NewChannel[] = []
  const changed: ChangedChannel[] = []
  const ids: number[] = []
  const statements: { p: Pending; id: () => number }[] = []
  const moves: { p: Pending; old: Registered; unit: number | null; prefix: string }[] = []
  for (const { p, unit, prefix } of placed) {
    const { draft } = p
    const key = prefix + draft.identity.key
    if (isRepeated(tally, p, `${draft.kind}\n${key}`)) continue
    noteInternal(tally, p)
    const old = match(known, draft, prefix)
    if (old === null) {
      const index = fresh.length
      fresh.push({ kind: draft.kind, key, state: isClosed(draft.runningStatus) ? 'closed' : 'active', fields: mergeFields(draft, unit, null, false) })
      statements.push({ p, id: () => ids[index] ?? 0 })
      continue
    }
    statements.push({ p, id: () => old.id })
    moves.push({ p, old, unit, prefix })
  }
  ids.push(...await insertChannels(tx, fresh, at))
  const reopenable = await closedByLedger(tx, moves.filter((m) => m.old.state === 'closed' && m.p.draft.runningStatus === 'running').map((m) => m.old.id))
  const audits: AuditEntry[] = fresh.flatMap((f, i) => [
    { verb: 'channel.create', entity: 'channel', entityId: ids[i] ?? 0, detail: origin.note },
    ...(f.state === 'closed' ? [closing(ids[i] ?? 0, f.fields.runningStatus, origin)] : []),
  ])
  tally.created += fresh.length
  tally.closed += fresh.filter((f) => f.state === 'closed').length

  for (const { p, old, unit, prefix } of moves) {
    const { draft } = p
    const byMain = old.identityKey === prefix + draft.identity.key
    // Entered by its name once, its id is known now: it is the same channel under a better key.
    const upgrade = !byMain && draft.identity.nameKey !== null && old.identityKey === prefix + draft.identity.nameKey
    const key = upgrade ? prefix + draft.identity.key : old.identityKey
    const fields = mergeFields(draft, unit, old, !byMain && !upgrade)
    const changes = changesOf(old.fields, fields)
    const state = nextState(old, draft, reopenable.has(old.id))
    if (old.state === 'closed' && draft.runningStatus === 'running' && state === 'closed') {
      tally.warnings.add({ ...p.at, column: '', value: draft.name, expected: SAY.closedElsewhere })
    }
    if (upgrade) changes.push({ field: 'identityKey', before: old.identityKey, after: key })
    if (changes.length === 0 && state === old.state) {
      tally.unchanged += 1
      continue
    }
    tally.updated += 1
    changed.push({ id: old.id, key, state, fields })
    if (changes.length > 0) audits.push({ verb: 'channel.update', entity: 'channel', entityId: old.id, detail: { ...origin.note, changes } })
    if (state === old.state) continue
    if (state === 'closed') {
      tally.closed += 1
      audits.push(closing(old.id, fields.runningStatus, origin))
    } else {
      tally.reopened += 1
      audits.push({ verb: 'channel.reopen', entity: 'channel', entityId: old.id, detail: { ...origin.note, by: origin.source } })
    }
  }
  await updateChannels(tx, changed, at)
  tally.attestations += await insertAttestations(tx, statementsOf(tally, statements, at), origin.source, at)
  for (let from = 0; from < audits.length; from += 2000) await recordAudit(tx, { actor: ctx.actor, at }, audits.slice(from, from + 2000))
  return statements.map((s) => s.id())
}

/** A channel is closed when its unit reports so, and reopened by a ledger only where a ledger had closed it. */
function nextState(old: Registered, draft: Draft, reopenable: boolean): string {
  if (isClosed(draft.runningStatus) && (old.state === 'active' || old.state === 'paused')) return 'closed'
  if (draft.runningStatus === 'running' && old.state === 'closed' && reopenable) return 'active'
  return old.state
}

function closing(id: number, status: string | null, origin: Origin): AuditEntry {
  return { verb: 'channel.close', entity: 'channel', entityId: id, reason: 'reported by the unit', detail: { ...origin.note, by: origin.source, status } }
}

function keysOf(draft: Draft, prefix: string): { kind: string; key: string }[] {
  const { key, nameKey, otherKeys } = draft.identity
  return [key, ...(nameKey === null ? [] : [nameKey]), ...otherKeys].map((k) => ({ kind: draft.kind, key: prefix + k }))
}

/** By its own key; else by its other texts; else by its name, where that alone had been known. */
function match(known: ReadonlyMap<string, Registered>, draft: Draft, prefix: string): Registered | null {
  const { key, nameKey, otherKeys } = draft.identity
  for (const k of [key, ...otherKeys]) {
    const found = known.get(`${draft.kind}\n${prefix}${k}`)
    if (found !== undefined) return found
  }
  const byName = nameKey === null ? undefined : known.get(`${draft.kind}\n${prefix}${nameKey}`)
  return byName !== undefined && byName.fields.name === draft.name ? byName : null
}

function keepsUnit(old: Registered, draft: Draft): boolean {
  return old.organisationName === draft.organisation && (draft.regionCode === null || draft.regionCode === old.fields.regionCode)
}

/** True when the row is left out: it says again what an earlier one said, or contradicts it (then it is refused). */
function isRepeated(tally: Tally, p: Pending, identity: string): boolean {
  const digest = createHash('sha1').update(digestOf(p.draft)).digest('base64')
  const earlier = tally.seen.get(identity)
  if (earlier === undefined) {
    tally.seen.set(identity, { ...p.at, digest })
    return false
  }
  const where = { sheet: earlier.sheet, row: earlier.row }
  if (earlier.digest === digest) {
    tally.repeated += 1
    tally.warnings.add({ ...p.at, column: '', value: p.draft.name, expected: fill(SAY.same, where) })
  } else {
    p.refuse(fill(SAY.twice, where))
  }
  return true
}

async function createRegions(tx: Tx, ctx: Ctx, tally: Tally, pending: readonly Pending[]): Promise<void> {
  for (const p of pending) {
    const want = p.draft.newRegion
    if (want === null) continue
    const again = tally.book.find(want.code ?? `${tally.book.path(want.above.code)}${want.name}`)
    let region = again.kind === 'one' ? again.region : null
    if (region === null) {
      region = newRegion(tally.book, want)
      if (region === null) {
        p.refuse(SAY.region)
        continue
      }
      await insertRegion(tx, ctx, region)
      tally.book.add(region)
      if (want.code === undefined) tally.warnings.add({ ...p.at, column: '', value: want.name, expected: fill(SAY.regionNew, { name: want.name, code: region.code }) })
    }
    p.draft = { ...p.draft, regionCode: region.code, newRegion: null }
  }
}

function statementsOf(tally: Tally, list: readonly { p: Pending; id: () => number }[], at: Date): NewAttestation[] {
  return list.flatMap(({ p, id }) => {
    const { stated } = p.draft
    if (stated === null) return []
    if (stated.statedOn === null) tally.undated ??= p.at
    return [{
      channelId: id(), newestOn: stated.newestOn, statedOn: stated.statedOn ?? dayInChina(at), assumed: stated.statedOn === null,
      statedBy: stated.statedBy ?? '台账', link: stated.link, note: stated.note,
    }]
  })
}

/** Counts websites on addresses that the guard will not open. */
function noteInternal(tally: Tally, p: Pending): void {
  if (p.draft.kind !== 'website' && p.draft.kind !== 'feed') return
  const host = URL.parse(p.draft.identity.address)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const internal = host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() !== 'unicast')
  if (!internal) return
  tally.internal ??= { count: 0, first: p.at }
  tally.internal.count += 1
}
