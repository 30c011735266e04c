import type { Draft } from './draft.ts'
import type { ChannelFields, Registered } from './existing.ts'

export type Change = { readonly field: string; readonly before: unknown; readonly after: unknown }

/** The fields that a draft gives, upon those that are registered: a blank keeps. */
export function mergeFields(draft: Draft, unitId: number | null, old: Registered | null, keepAddress: boolean): ChannelFields {
  const was = old?.fields
  const { identity } = draft
  const extra = { ...was?.extra, ...draft.extra }
  return {
    name: draft.name,
    address: keepAddress && was !== undefined ? was.address : identity.address,
    addressRaw: identity.addressRaw,
    accountId: identity.accountId ?? was?.accountId ?? null,
    siteCode: draft.siteCode ?? was?.siteCode ?? null,
    organisationId: unitId ?? was?.organisationId ?? null,
    supervisor: draft.supervisor ?? was?.supervisor ?? null,
    regionCode: draft.regionCode ?? was?.regionCode ?? null,
    filingStatus: draft.filingStatus ?? was?.filingStatus ?? null,
    filingNumber: draft.filingNumber ?? was?.filingNumber ?? null,
    runningStatus: draft.runningStatus ?? was?.runningStatus ?? null,
    functionType: draft.functionType ?? was?.functionType ?? null,
    openedOn: draft.openedOn ?? was?.openedOn ?? null,
    contact: draft.contact ?? was?.contact ?? null,
    phone: draft.phone ?? was?.phone ?? null,
    members: draft.members ?? was?.members ?? null,
    note: draft.note ?? was?.note ?? null,
    extra: Object.keys(extra).length === 0 ? null : extra,
  }
}

/** What differs, field by field; of the extra columns only those that do. */
export function changesOf(old: ChannelFields, now: ChannelFields): Change[] {
  const changes: Change[] = []
  for (const field of Object.keys(now) as (keyof ChannelFields)[]) {
    if (field === 'extra') continue
    if (old[field] !== now[field]) changes.push({ field, before: old[field], after: now[field] })
  }
  for (const [heading, after] of Object.entries(now.extra ?? {})) {
    const before = old.extra?.[heading] ?? null
    if (before !== after) changes.push({ field: heading, before, after })
  }
  return changes
}

/** Both are the end of a channel as its unit reports it. */
export function isClosed(status: string | null): boolean {
  return status === 'closed' || status === 'cancelled'
}

/** The row's meaning in a line, to tell a repeated row from a contradicting one. */
export function digestOf(draft: Draft): string {
  const { identity, ...rest } = draft
  return JSON.stringify([identity.key, identity.addressRaw, identity.accountId, rest])
}
