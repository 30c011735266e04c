import { KINDS, KIND_IDS } from '../../domain/kinds.ts'
import type { Column } from '../../export/table.ts'
import { COLUMN_FIELD_IDS, COLUMN_FIELDS, FIELDS } from './fields.ts'
import type { ColumnField, Field } from './fields.ts'
import { CLASSES, FILING, FUNCTIONS, RUNNING } from './values.ts'

/** The columns of our own ledgers, in order. The region stands in one column, as a path. */
export const LEDGER_FIELDS = [
  'kind', 'name', 'address', 'accountId', 'siteCode', 'organisation', 'supervisor', 'region', 'filingStatus', 'filingNumber', 'runningStatus',
  'functionType', 'openedOn', 'contact', 'phone', 'members', 'newestOn', 'statedOn', 'statedBy', 'newestTitle', 'newestLink', 'note',
] as const satisfies readonly Field[]

export type LedgerField = (typeof LEDGER_FIELDS)[number]
export const LEDGER_SHEET = '台账'
export const COLUMN_SHEET = '栏目'

const CHOICES: Partial<Record<Field, readonly string[]>> = {
  kind: KIND_IDS.map((id) => KINDS[id].name.zh),
  filingStatus: FILING.map((v) => v.zh),
  runningStatus: RUNNING.map((v) => v.zh),
  functionType: FUNCTIONS.map((v) => v.zh),
}

/** Days are written as text so that what is exported is read again exactly; only counts are numbers. */
export function ledgerColumns(): Column[] {
  return LEDGER_FIELDS.map((field) => ({
    key: field,
    title: FIELDS[field].name.zh,
    width: FIELDS[field].width,
    type: field === 'members' ? 'number' : 'text',
    ...(CHOICES[field] === undefined ? {} : { choices: CHOICES[field] }),
  }))
}

export function siteColumnColumns(): Column[] {
  return COLUMN_FIELD_IDS.map((field: ColumnField) => ({
    key: field,
    title: COLUMN_FIELDS[field].name.zh,
    width: COLUMN_FIELDS[field].width,
    type: field === 'threshold' ? 'number' : 'text',
    ...(field === 'class' ? { choices: CLASSES.map((c) => c.zh) } : field === 'status' ? { choices: ['正常', '停用'] } : {}),
  }))
}
