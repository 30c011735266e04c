import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import type { Role } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'

/** Who may run checks and sign findings. */
export const CHECKERS: readonly Role[] = ['operations', 'rectification']

/** Channels checked at once: bounds memory, however many there are. */
export const BATCH = 100

export const scopeInput = {
  /** Channel numbers, or `all`: every channel of the register that is active or paused. */
  channels: z.union([z.literal('all'), z.array(z.number().int().positive()).min(1).max(100_000)]),
  standard: z.string().default('gov-2019'),
  /** 监测时间点; now unless given. */
  asOf: z.date().optional(),
}

/** The channels asked for in the actor's region, each once, in order of region and number. Throws `not_found` naming those that are not there. */
export async function chooseChannels(ctx: Ctx, channels: 'all' | readonly number[]): Promise<number[]> {
  const { sql } = ctx.db
  const own = scopeOf(sql, 'region_code', ctx.actor)
  const rows = channels === 'all'
    ? await sql<{ id: number }[]>`select id::int from channel where state in ('active', 'paused') and ${own} order by region_code nulls last, id`
    : await sql<{ id: number }[]>`select id::int from channel where id = any(${[...channels]}) and ${own} order by region_code nulls last, id`
  const found = new Set(rows.map((r) => r.id))
  const missing = channels === 'all' ? [] : [...new Set(channels)].filter((id) => !found.has(id))
  if (missing.length > 0) {
    const shown = missing.slice(0, 20).join('、')
    throw new HuoshuiError('not_found', { zh: `台账中没有编号为 ${shown} 的渠道`, en: `the register has no channel ${missing.slice(0, 20).join(', ')}` }, { details: missing })
  }
  return [...found]
}

/** The monitoring point: not in the future, because nothing has been seen there. */
export function monitoringPoint(ctx: Ctx, asOf: Date | undefined): Date {
  const now = ctx.clock.now()
  if (asOf === undefined) return now
  if (Number.isNaN(asOf.getTime())) throw new HuoshuiError('bad_input', { zh: '监测时间点无效', en: 'the monitoring point is not a moment' })
  if (asOf.getTime() > now.getTime()) throw new HuoshuiError('bad_input', { zh: '监测时间点不能在将来', en: 'the monitoring point cannot lie in the future' })
  return asOf
}

export function* batches<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size)
}
