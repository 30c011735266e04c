import { isKind, kindGroup, KINDS } from '../domain/kinds.ts'
import type { Text } from '../domain/text.ts'
import { renaming } from './names.ts'

export type RegisteredChannel = {
  readonly id: number | string
  readonly kind: string
  readonly name: string
  readonly identityKey: string
  /** The unit, by anything that is equal for equal units; null when unknown. */
  readonly organisation: number | string | null
  /** The account that a visit found behind the registered address (`identity.key`, or the account's id). */
  readonly resolvedKey?: string | null
  /** The name that the platform shows. */
  readonly shownName?: string | null
  /** Where the platform says that it has moved to; empty where it does not say where to. */
  readonly movedTo?: string | null
}

export type Duplicate = {
  readonly rule: 'one_per_unit' | 'same_account' | 'name_mismatch' | 'moved'
  readonly kind: string
  readonly channels: readonly (number | string)[]
  readonly text: Text
}

/** Kinds of which a unit may well have several: feeds, and what is not known. */
const MANY_ALLOWED = new Set(['feed', 'other'])

/**
 * What the register should not hold: several accounts of one unit on one platform (the rule is one), one account
 * registered under two forms of its address, an account whose name is no longer the registered one, or that has moved.
 * Pure; a report, never a merge.
 */
export function findDuplicates(channels: readonly RegisteredChannel[]): Duplicate[] {
  const found: Duplicate[] = []
  for (const rows of grouped(channels, (c) => `${c.kind}\n${c.resolvedKey ?? c.identityKey}`)) {
    const [first] = rows
    if (first === undefined || rows.length < 2) continue
    found.push({
      rule: 'same_account', kind: first.kind, channels: rows.map((c) => c.id),
      text: { zh: `同一账号登记了 ${rows.length} 次（${names(rows)}）`, en: `one account is registered ${rows.length} times (${names(rows)})` },
    })
  }
  const perUnit = channels.filter((c) => c.organisation !== null && isKind(c.kind) && kindGroup(c.kind) === 'new_media' && !MANY_ALLOWED.has(c.kind))
  for (const rows of grouped(perUnit, (c) => `${c.kind}\n${c.organisation}`)) {
    const distinct = new Map(rows.map((c) => [c.resolvedKey ?? c.identityKey, c]))
    const [first] = rows
    if (first === undefined || distinct.size < 2) continue
    const kind = isKind(first.kind) ? KINDS[first.kind].name : { zh: first.kind, en: first.kind }
    found.push({
      rule: 'one_per_unit', kind: first.kind, channels: [...distinct.values()].map((c) => c.id),
      text: { zh: `同一单位在${kind.zh}有 ${distinct.size} 个账号（${names([...distinct.values()])}），原则上只开设一个`, en: `one unit has ${distinct.size} accounts on ${kind.en} (${names([...distinct.values()])}); the rule is one` },
    })
  }
  for (const c of channels) {
    if (c.movedTo != null) {
      found.push({
        rule: 'moved', kind: c.kind, channels: [c.id],
        text: c.movedTo === ''
          ? { zh: `平台提示“${c.name}”已迁移，未说明新账号，请核实并更新台账`, en: `the platform says that “${c.name}” has moved, and not where to: find out and correct the ledger` }
          : { zh: `平台提示“${c.name}”已迁移至 ${c.movedTo}，请更新台账`, en: `the platform says that “${c.name}” has moved to ${c.movedTo}: correct the ledger` },
      })
    }
    const changed = renaming(c.name, c.shownName ?? null)
    if (changed === null) continue
    found.push({
      rule: 'name_mismatch', kind: c.kind, channels: [c.id],
      text: { zh: `登记名称“${changed.from}”与平台显示的“${changed.to}”不符`, en: `registered as “${changed.from}”, shown by the platform as “${changed.to}”` },
    })
  }
  return found
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const k = key(row)
    const group = groups.get(k)
    if (group === undefined) groups.set(k, [row])
    else group.push(row)
  }
  return [...groups.values()]
}

const names = (rows: readonly RegisteredChannel[]): string => rows.slice(0, 5).map((c) => c.name).join('、') + (rows.length > 5 ? '…' : '')
