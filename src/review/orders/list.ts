import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { orderDocumentBytes } from './content.ts'
import type { OrderContent } from './content.ts'
import type { OrderKind } from './letterhead.ts'

export type OrderRow = {
  readonly id: number
  readonly kind: OrderKind
  readonly number: string
  readonly candidate: number
  readonly channel: { readonly id: number; readonly kind: string; readonly name: string }
  readonly organisation: string | null
  readonly region: string | null
  readonly issuedOn: Day
  readonly deadline: Day
  /** Of the candidate. */
  readonly state: string
  /** The deadline (as extended) has passed and the unit's answer or the re-check is still due. */
  readonly overdue: boolean
}

const input = z.object({ kind: z.enum(['rectification', 'shutdown']).optional(), overdue: z.boolean().optional(), candidate: z.number().int().optional() })

/** Every order of the actor's region, the nearest deadline first among those still open. */
export async function listOrders({ ctx, input: raw = {} }: { ctx: Ctx; input?: z.input<typeof input> }): Promise<OrderRow[]> {
  requireRole(ctx.actor, READERS)
  const { kind = null, overdue = null, candidate = null } = input.parse(raw)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  return sql<OrderRow[]>`
    select * from (
      select d.id::int, d.kind, d.content->>'number' as number, k.id::int as candidate,
             jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as channel, o.name as organisation, r.name as region,
             d.content->>'issuedOn' as "issuedOn", to_char(greatest(d.deadline, k.deadline), 'YYYY-MM-DD') as deadline, k.state,
             (greatest(d.deadline, k.deadline) < ${today}::date and k.state in ('ordered', 'to_merge', 'to_shut_down', 'escalated')) as overdue
        from order_document d join candidate k on k.id = d.candidate_id join channel c on c.id = k.channel_id
        left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
       where (${kind}::text is null or d.kind = ${kind}) and (${candidate}::bigint is null or k.id = ${candidate})
         and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}) x
     where (${overdue}::boolean is null or x.overdue = ${overdue})
     order by x.overdue desc, x.deadline, x.id`
}

/** An order's .docx, made from its content as issued. Throws `not_found` (another region's too). */
export async function orderFile({ ctx, input: { id } }: { ctx: Ctx; input: { id: number } }): Promise<Uint8Array> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const [row] = await sql<{ kind: OrderKind; content: OrderContent }[]>`
    select d.kind, d.content from order_document d join candidate k on k.id = d.candidate_id join channel c on c.id = k.channel_id
     where d.id = ${id} and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的文书`, en: `there is no order ${id}` })
  return orderDocumentBytes(row.kind, row.content)
}
