import { sql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Tx } from '../../db/client.ts'
import { addMonths, dayInChina, startOfDay } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'

/** Runs a statement without parameters in the caller's transaction, whichever of the two clients holds it. */
export type Run = <T extends Record<string, unknown>>(statement: string) => Promise<readonly T[]>

export const runOn = (tx: Tx): Run => async <T>(statement: string) => (await tx.execute(sql.raw(statement))) as unknown as readonly T[]
export const runIn = (tx: TransactionSql): Run => async <T>(statement: string) => (await tx.unsafe(statement)) as unknown as readonly T[]

/** What came before the first month, and what survives of months rolled up. */
export const KEPT = 'observation_kept'
/** What comes after the last month made. */
export const LATER = 'observation_later'

/** One partition of `observation`: from `from` (null: the beginning) until before `to` (null: the end). */
export type Partition = { readonly name: string; readonly from: Date | null; readonly to: Date | null }
/** All of them in order of time. */
export type Layout = { readonly keptTo: Date; readonly laterFrom: Date; readonly months: readonly { readonly name: string; readonly from: Date; readonly to: Date }[] }

export async function layoutOf(run: Run): Promise<Layout> {
  const rows = await run<{ name: string; from: number | null; to: number | null }>(`
    select name, (extract(epoch from (regexp_match(bound, 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz) * 1000)::float8 as from,
           (extract(epoch from (regexp_match(bound, 'TO \\(''([^'']+)''\\)'))[1]::timestamptz) * 1000)::float8 as to
      from (select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
              from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass) p
     order by 2 nulls first`)
  const months = rows.flatMap(({ name, from, to }) => (from === null || to === null ? [] : [{ name, from: new Date(from), to: new Date(to) }]))
  const kept = rows.find((r) => r.name === KEPT)?.to ?? null
  const later = rows.find((r) => r.name === LATER)?.from ?? null
  if (kept === null || later === null) throw new Error(`observation is not partitioned as it should be: ${rows.map((r) => r.name).join(', ')}`)
  return { keptTo: new Date(kept), laterFrom: new Date(later), months }
}

/** The first day of the month in China that an instant lies in. */
export const monthOf = (at: Date): Day => `${dayInChina(at).slice(0, 7)}-01`
/** When that month begins, or one so many months later. */
export const monthStart = (at: Date, later = 0): Date => startOfDay(addMonths(monthOf(at), later))
export const partitionName = (from: Date): string => `observation_${monthOf(from).slice(0, 7).replace('-', '_')}`
/** An instant as a literal of SQL. */
export const literal = (at: Date): string => `'${at.toISOString()}'::timestamptz`
/** As the bound of a partition, which takes no expression but a literal. */
export const bound = (at: Date): string => `'${at.toISOString()}'`
