import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { requireRole } from '../../domain/permit.ts'

const input = z.object({
  /** `due`: the unit is to act; `waiting`: the office is; `done`: settled. */
  view: z.enum(['due', 'waiting', 'done', 'all']).default('due'),
  page: z.number().int().min(1).default(1),
  size: z.number().int().min(1).max(200).default(50),
})

export type UnitMatter = {
  readonly id: number
  readonly state: string
  readonly proposal: string
  readonly rule: string
  readonly clause: { readonly zh: string; readonly en: string }
  readonly deadline: Day | null
  /** Days until the deadline; negative when it has passed. */
  readonly daysLeft: number | null
  readonly channel: { readonly id: number; readonly kind: string; readonly name: string; readonly organisation: string | null }
  readonly orders: readonly { readonly id: number; readonly number: string }[]
}

const DUE = ['ordered', 'to_merge', 'to_shut_down', 'escalated']
const WAITING = ['answered', 'contested']

/** What has been decided about the unit's channels, the nearest deadline first. What is still undecided is the office's own. */
export async function unitMatters({ ctx, input: raw = {} }: { ctx: Ctx; input?: z.input<typeof input> }): Promise<{ total: number; due: number; waiting: number; done: number; matters: UnitMatter[] }> {
  requireRole(ctx.actor, ['unit_contact'])
  const { view, page, size } = input.parse(raw)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  const told = sql`exists (select from candidate_step s where s.candidate_id = k.id)`
  const scope = sql`${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)} and ${told} and k.state <> 'open'`
  const views = { due: sql`k.state = any(${DUE})`, waiting: sql`k.state = any(${WAITING})`, done: sql`k.closed_at is not null`, all: sql`true` }
  const [[counts], matters] = await Promise.all([
    sql<{ due: number; waiting: number; done: number; all: number }[]>`
      select count(*) filter (where ${views.due})::int as due, count(*) filter (where ${views.waiting})::int as waiting, count(*) filter (where ${views.done})::int as done, count(*)::int as "all"
        from candidate k join channel c on c.id = k.channel_id where ${scope}`,
    sql<UnitMatter[]>`
      select k.id::int, k.state, k.proposal, k.rule, k.clause, k.deadline::text, case when k.state = any(${DUE}) then k.deadline - ${today}::date end as "daysLeft",
             jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'organisation', o.name) as channel,
             coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'number', d.content->>'number') order by d.id) from order_document d where d.candidate_id = k.id), '[]') as orders
        from candidate k join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id
       where ${scope} and ${views[view]} order by k.closed_at is not null, k.deadline nulls last, k.id desc limit ${size} offset ${(page - 1) * size}`,
  ])
  const n = counts ?? { due: 0, waiting: 0, done: 0, all: 0 }
  return { total: n[view], due: n.due, waiting: n.waiting, done: n.done, matters }
}
