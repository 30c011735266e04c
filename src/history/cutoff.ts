import type { Sql } from 'postgres'
import { dayInChina } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import { ROLLED_UP } from '../domain/kept.ts'

/** The moment before which observations are rolled up; null where none are. */
export async function rolledUpBefore(sql: Sql): Promise<Date | null> {
  const [row] = await sql<{ before: string | null }[]>`select value ->> 'before' as before from setting where key = ${ROLLED_UP}`
  return row?.before == null ? null : new Date(row.before)
}

/**
 * Refuses a question about a moment whose observations are rolled up: what is left would answer it from holes. To be asked after the rows were
 * read, so that a roll-up in between is noticed. Throws `conflict`.
 */
export async function requireWhole(sql: Sql, asOf: Date): Promise<void> {
  const before = await rolledUpBefore(sql)
  if (before !== null && asOf < before) throw rolledUp(asOf, before)
}

function rolledUp(asOf: Date, before: Date): HuoshuiError {
  const [asked, from] = [dayInChina(asOf), dayInChina(before)]
  return new HuoshuiError('conflict', {
    zh: `${from} 之前的观测记录已按保留期限归并为月度汇总,无法再按 ${asked} 当时的情况作出判断;请选择 ${from} 或之后的时点,或恢复归并之前的备份后查询`,
    en: `observations before ${from} have been rolled up into months, so that nothing can be judged any more as it stood on ${asked}: choose a moment from ${from} on, or ask a backup made before`,
  })
}
