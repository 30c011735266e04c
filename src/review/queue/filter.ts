import type { PendingQuery, Row, Sql } from 'postgres'
import { z } from 'zod'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import type { Actor } from '../../domain/actor.ts'
import { SETTLED, STATES } from '../../domain/candidate.ts'
import type { State } from '../../domain/candidate.ts'
import type { Day } from '../../domain/date.ts'
import { KIND_IDS } from '../../domain/kinds.ts'

/** What people do with the queue, one after another; each view is a list and the number beside its name. */
export const VIEWS = ['open', 'mine', 'answered', 'contested', 'overdue', 'week', 'confirm', 'escalated', 'settled', 'all'] as const
export type View = (typeof VIEWS)[number]

export const queueFilter = z.object({
  view: z.enum(VIEWS).default('open'),
  /** Part of a name, address, site code or organisation; or a candidate's number. */
  text: z.string().trim().max(200).optional(),
  region: z.string().max(12).optional(),
  kinds: z.array(z.enum(KIND_IDS)).optional(),
  proposals: z.array(z.enum(['rectify', 'merge', 'shut_down'])).optional(),
  rules: z.array(z.string().max(40)).optional(),
  states: z.array(z.enum(Object.keys(STATES) as [State, ...State[]])).optional(),
  /** An account's id; `none` for nobody's. */
  assignee: z.string().max(100).optional(),
  organisation: z.number().int().positive().optional(),
  /** Deadlines up to this day, past ones too. */
  dueBy: z.iso.date().optional(),
})
export type QueueFilter = z.input<typeof queueFilter>

type Piece = PendingQuery<Row[]>

/** States in which a deadline runs. */
const DUE = ['ordered', 'to_merge', 'to_shut_down', 'escalated']

/** What each view holds, as a condition on `candidate k`: the list and its number are made from the same words. */
export function viewSql(sql: Sql, view: View, actor: Actor, today: Day): Piece {
  const me = actor.kind === 'user' ? actor.id : actor.name
  switch (view) {
    case 'open': return sql`k.state = 'open'`
    case 'mine': return sql`k.assignee = ${me} and k.closed_at is null`
    case 'answered': return sql`k.state = 'answered'`
    case 'contested': return sql`k.state = 'contested'`
    case 'overdue': return sql`(k.state = any(${DUE}) and k.deadline < ${today}::date)`
    case 'week': return sql`(k.state = any(${DUE}) and k.deadline between ${today}::date and ${today}::date + 7)`
    case 'confirm': return sql`k.state in ('to_merge', 'to_shut_down')`
    case 'escalated': return sql`k.state = 'escalated'`
    case 'settled': return sql`k.state = any(${[...SETTLED]})`
    case 'all': return sql`true`
  }
}

/** Every condition of the filter but its view, on `candidate k` joined with `channel c` and `organisation o`, cut to what the actor may see. */
export function filterSql(sql: Sql, f: Omit<z.output<typeof queueFilter>, 'view'>, actor: Actor): Piece {
  const like = f.text === undefined || f.text === '' ? null : `%${f.text.replace(/[\\%_]/g, '\\$&')}%`
  const number = f.text !== undefined && /^#?\d{1,15}$/.test(f.text) ? Number(f.text.replace('#', '')) : null
  const parts: Piece[] = [scopeOf(sql, 'c.region_code', actor), unitOf(sql, 'c.organisation_id', actor)]
  if (like !== null) parts.push(sql`(c.name ilike ${like} or c.address ilike ${like} or c.site_code ilike ${like} or o.name ilike ${like} or k.id = ${number}::bigint)`)
  if (f.region !== undefined) {
    parts.push(sql`c.region_code in (with recursive sub as (select code from region where code = ${f.region} union select r.code from region r join sub on r.parent_code = sub.code) select code from sub)`)
  }
  if (f.kinds !== undefined) parts.push(sql`c.kind = any(${f.kinds})`)
  if (f.proposals !== undefined) parts.push(sql`k.proposal = any(${f.proposals})`)
  if (f.rules !== undefined) parts.push(sql`k.rule = any(${f.rules})`)
  if (f.states !== undefined) parts.push(sql`k.state = any(${f.states})`)
  if (f.assignee !== undefined) parts.push(f.assignee === 'none' ? sql`k.assignee is null` : sql`k.assignee = ${f.assignee}`)
  if (f.organisation !== undefined) parts.push(sql`c.organisation_id = ${f.organisation}`)
  if (f.dueBy !== undefined) parts.push(sql`(k.deadline <= ${f.dueBy}::date and k.state = any(${DUE}))`)
  return parts.reduce((all, one) => sql`${all} and ${one}`)
}
