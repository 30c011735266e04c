import { daysOver } from '../domain/date.ts'
import type { Day, Span } from '../domain/date.ts'
import { isGroupKind } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import type { ColumnClass } from '../domain/page.ts'

/** When something published must be followed by the next (检查指标 W3, W4a; N2a; groups: three months). Null: no limit of its own. */
export const HOME_LIMIT: Span = { days: 14 }
const BY_CLASS: Partial<Record<ColumnClass, Span>> = { news: { days: 14 }, notice: { months: 6 }, policy: { months: 6 } }

export function columnLimit(column: { readonly class: ColumnClass; readonly thresholdDays: number | null }): Span | null {
  return column.thresholdDays !== null ? { days: column.thresholdDays } : (BY_CLASS[column.class] ?? null)
}

export function accountLimit(kind: Kind): Span {
  return isGroupKind(kind) ? { months: 3 } : { days: 14 }
}

/** Pages of these classes state something; they need not be lists. */
export const STANDING: ReadonlySet<ColumnClass> = new Set(['overview', 'organisation', 'leaders', 'interaction', 'service'])

export function isFresh(newest: Day, limit: Span | null, today: Day): boolean {
  return daysOver(newest, limit ?? HOME_LIMIT, today) <= 0
}
