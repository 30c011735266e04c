import { sql as q } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PendingQuery, Row, Sql } from 'postgres'
import type { Actor } from '../src/domain/actor.ts'
import { HuoshuiError } from '../src/domain/error.ts'
import { regionScope, unitScope } from '../src/domain/permit.ts'
import type { Tx } from './client.ts'

/** A condition: the region is one of `codes` or lies below one of them. No codes means everywhere. */
export function inRegions(region: SQL, codes: readonly string[]): SQL {
  if (codes.length === 0) return q`true`
  return q`${region} in (
    with recursive sub as (
      select code from region where code in ${[...codes]}
      union select r.code from region r join sub on r.parent_code = sub.code)
    select code from sub)`
}

/** The same for what the actor may see, in services' statements. */
export function inScope(region: SQL, actor: Actor): SQL {
  const own = regionScope(actor)
  return inRegions(region, own === null ? [] : [own])
}

/** The same in the statements of postgres.js; `column` is a column's name as the statement knows it, e.g. `c.region_code`. */
export function scopeOf(sql: Sql, column: string, actor: Actor): PendingQuery<Row[]> {
  const own = regionScope(actor)
  if (own === null) return sql`true`
  return sql`${sql(column)} in (
    with recursive sub as (
      select code from region where code = ${own}
      union select r.code from region r join sub on r.parent_code = sub.code)
    select code from sub)`
}

/** The same for the unit that a unit contact is held to; `column` holds an organisation, e.g. `c.organisation_id`. */
export function unitOf(sql: Sql, column: string, actor: Actor): PendingQuery<Row[]> {
  const own = unitScope(actor)
  return own === null ? sql`true` : sql`${sql(column)} = ${own}`
}

/** Throws `forbidden` where a unit contact touches another unit's channel. */
export function requireOwnUnit(actor: Actor, organisation: number | null): void {
  const own = unitScope(actor)
  if (own === null || own === organisation) return
  throw new HuoshuiError('forbidden', { zh: '该渠道不属于您的单位', en: 'the channel is not your unit’s' })
}

/** Throws `forbidden` unless the region lies in the actor's own region or below it. */
export async function requireInScope(tx: Pick<Tx, 'execute'>, actor: Actor, region: string | null): Promise<void> {
  const own = regionScope(actor)
  if (own === null) return
  const [row] = await tx.execute<{ ok: boolean }>(q`
    with recursive up as (
      select code, parent_code from region where code = ${region}
      union select r.code, r.parent_code from region r join up on r.code = up.parent_code)
    select exists (select from up where code = ${own}) as ok`)
  if (row?.ok !== true) {
    throw new HuoshuiError('forbidden', { zh: '该渠道不在您的管辖地区内', en: 'the channel lies outside your region' })
  }
}

/** For acts that touch the whole register: throws `forbidden` for an actor held to one region. */
export function requireWholeRegister(actor: Actor): void {
  if (regionScope(actor) === null) return
  throw new HuoshuiError('forbidden', { zh: '此操作涉及全部台账,您的账号只管辖一个地区', en: 'this touches the whole register, and your account covers one region' })
}
