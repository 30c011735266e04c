import { sql as q } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

/** What a filing needs, by the column of the register. */
export const FIELDS_NEEDED = [
  { column: 'organisation_id', zh: '主办单位', en: 'sponsor' },
  { column: 'region_code', zh: '地区', en: 'region' },
  { column: 'supervisor', zh: '主管单位', en: 'supervisor' },
  { column: 'contact', zh: '联系人', en: 'contact' },
  { column: 'phone', zh: '联系电话', en: 'phone' },
  { column: 'opened_on', zh: '开设时间', en: 'opened on' },
] as const

/** The columns that are empty, of `channel c`; the sponsor's own supervisor, contact and phone stand in. */
export const lackingSql: SQL = q`array_remove(array[${q.join(FIELDS_NEEDED.map(({ column }) => {
  const own = q.raw(`c.${column}::text`)
  const value = column === 'supervisor' || column === 'contact' || column === 'phone'
    ? q`coalesce(${own}, (select ${q.raw(`o.${column}`)} from organisation o where o.id = c.organisation_id))`
    : own
  return q`case when coalesce(${value}, '') = '' then ${q.raw(`'${column}'`)}::text end`
}), q`, `)}]::text[], null)`
