import type { Ctx } from '../../../db/context.ts'
import { dayInChina } from '../../domain/date.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { VIEWS, filterSql, queueFilter, viewSql } from './filter.ts'
import type { QueueFilter, View } from './filter.ts'

type Share = { readonly value: string; readonly count: number }

export type QueueCounts = {
  /** Of each view, under the rest of the filter. */
  readonly views: Readonly<Record<View, number>>
  /** What the view in force is made of, the most frequent first. */
  readonly kinds: readonly Share[]
  readonly proposals: readonly Share[]
  readonly rules: readonly Share[]
  readonly states: readonly Share[]
}

/** The numbers beside the queue's views and filters, in the actor's region. */
export async function queueCounts({ ctx, input }: { ctx: Ctx; input: QueueFilter }): Promise<QueueCounts> {
  requireRole(ctx.actor, READERS)
  const { view, ...filter } = queueFilter.parse(input)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  const from = sql`from candidate k join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id`
  const { kinds: _kinds, proposals: _proposals, rules: _rules, states: _states, ...rest } = filter
  const [[views], shares] = await Promise.all([
    sql<Record<View, number>[]>`
      select ${VIEWS.map((v) => sql`count(*) filter (where ${viewSql(sql, v, ctx.actor, today)})::int as ${sql(v)}`).reduce((all, one) => sql`${all}, ${one}`)}
      ${from} where ${filterSql(sql, filter, ctx.actor)}`,
    // A filter's own choices are not narrowed by itself, or nothing else could be chosen.
    sql<{ what: 'kinds' | 'proposals' | 'rules' | 'states'; value: string; count: number }[]>`
      with seen as materialized (select c.kind, k.proposal, k.rule, k.state ${from} where ${viewSql(sql, view, ctx.actor, today)} and ${filterSql(sql, rest, ctx.actor)})
      select 'kinds' as what, kind as value, count(*)::int as count from seen group by kind
      union all select 'proposals', proposal, count(*)::int from seen group by proposal
      union all select 'rules', rule, count(*)::int from seen group by rule
      union all select 'states', state, count(*)::int from seen group by state
      order by 3 desc, 2`,
  ])
  const of = (what: string): Share[] => shares.filter((s) => s.what === what).map(({ value, count }) => ({ value, count }))
  const none = Object.fromEntries(VIEWS.map((v) => [v, 0])) as Record<View, number>
  return { views: views ?? none, kinds: of('kinds'), proposals: of('proposals'), rules: of('rules'), states: of('states') }
}
