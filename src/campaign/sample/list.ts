import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

export type SampleRow = { readonly name: string; readonly seed: string; readonly drawnAt: string; readonly drawnBy: string; readonly population: number; readonly drawn: number; readonly checked: number; readonly failed: number }

/** Every spot check with members in the actor's region, the latest first. */
export async function listSamples({ ctx }: { ctx: Ctx }): Promise<SampleRow[]> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const { sql } = ctx.db
  const rows = await sql<(Omit<SampleRow, 'drawnAt'> & { drawnAt: Date })[]>`
    select s.name, s.seed, s.drawn_at as "drawnAt", coalesce(s.drawn_by->>'name', '') as "drawnBy", s.population, count(*)::int as drawn,
           count(m.result)::int as checked, count(*) filter (where m.result = 'failed')::int as failed
      from sample s join sample_member m on m.sample_id = s.id join channel c on c.id = m.channel_id
     where ${scopeOf(sql, 'c.region_code', ctx.actor)} group by s.id order by s.drawn_at desc, s.id desc limit 200`
  return rows.map((r) => ({ ...r, drawnAt: r.drawnAt.toISOString() }))
}

const input = z.object({ name: z.string().min(1), result: z.enum(['open', 'passed', 'failed']).optional(), page: z.number().int().min(1).default(1), size: z.number().int().min(1).max(200).default(50) })

export type Drawn = {
  readonly channel: number; readonly kind: string; readonly name: string; readonly address: string; readonly region: string | null; readonly newest: string | null; readonly outcome: string | null
  readonly result: string | null; readonly note: string | null; readonly enteredBy: string | null
}

/** One page of the channels drawn, those still to be looked at first. Throws `not_found`. */
export async function sampleMembers({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ total: number; members: Drawn[] }> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const { name, result, page, size } = input.parse(raw)
  const { sql } = ctx.db
  const [found] = await sql<{ id: number }[]>`select id::int from sample where name = ${name}`
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有名为“${name}”的抽查`, en: `there is no sample named ${name}` })
  const of = result === undefined ? sql`true` : result === 'open' ? sql`m.result is null` : sql`m.result = ${result}`
  const from = sql`from sample_member m join channel c on c.id = m.channel_id where m.sample_id = ${found.id} and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${of}`
  const [members, [count]] = await Promise.all([
    sql<Drawn[]>`
      select m.channel_id::int as channel, m.kind, c.name, c.address, (select r.name from region r where r.code = m.region_code) as region, c.newest_on::text as newest,
             c.last_outcome as outcome, m.result, m.note, m.entered_by->>'name' as "enteredBy"
      ${from} order by m.result is not null, m.region_code, m.kind, m.channel_id limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`select count(*)::int as n ${from}`,
  ])
  return { total: count?.n ?? 0, members }
}
