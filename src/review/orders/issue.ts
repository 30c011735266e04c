import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Ctx } from '../../../db/context.ts'
import { orderDocument } from '../../../db/schema/index.ts'
import { requireInScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { regionScope, requireRole } from '../../domain/permit.ts'
import type { Cited } from '../cite.ts'
import type { FailedRule } from '../show-candidate.ts'
import type { OrderContent } from './content.ts'
import { ORDER_KINDS, letterheadOf } from './letterhead.ts'
import type { OrderKind } from './letterhead.ts'

const input = z.object({
  candidate: z.number().int().positive(),
  /** 主送机关; the sponsor unless given. */
  addressee: z.string().trim().min(1).max(200).optional(),
  contact: z.string().trim().min(1).max(200).optional(),
})

export type Issued = { readonly id: number; readonly kind: OrderKind; readonly number: string; readonly candidate: number; readonly deadline: Day }

/** Series of the whole register's office, where neither the issuer nor the channel has a region. */
const NO_REGION = '000000'
const KIND_OF: Readonly<Record<string, OrderKind>> = { ordered: 'rectification', escalated: 'rectification', to_shut_down: 'shutdown' }

/**
 * Issues the 整改通知单 or 关停通知 for a candidate that was ordered to rectify or is to be shut down: numbered in its
 * region's series of the year, with its content kept as issued. The number is taken under a row lock in the same
 * transaction, so that a failure leaves no gap. Throws `conflict` (nothing was ordered; or issued already for that
 * deadline), `not_found`, `forbidden`.
 */
export async function issueOrder({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Issued> {
  requireRole(ctx.actor, ['rectification'])
  const parsed = input.parse(raw)
  const { already, ...issued } = await ctx.db.orm.transaction((tx) => issueIn(tx, ctx, parsed))
  if (already) throw new HuoshuiError('conflict', { zh: `该候选已发 ${issued.number},期限相同`, en: `${issued.number} was issued already for this candidate and deadline` })
  return issued
}

/** Issues one within a transaction; `already` where it was issued before for that deadline, and nothing was done now. */
export async function issueIn(tx: Tx, ctx: Ctx, parsed: z.output<typeof input>): Promise<Issued & { readonly already: boolean }> {
  const now = ctx.clock.now()
  const row = await lockCandidate(tx, parsed.candidate)
  await requireInScope(tx, ctx.actor, row.regionCode)
  const kind = KIND_OF[row.state]
  if (kind === undefined || row.deadline === null) {
    throw new HuoshuiError('conflict', { zh: `候选 ${row.id} 尚未责令整改或拟关停,不能发文`, en: `candidate ${row.id} is neither ordered to rectify nor to be shut down: there is nothing to issue` })
  }
  const [before] = await tx.execute<{ id: number; number: string }>(q`
    select id::int, content->>'number' as number from order_document where candidate_id = ${row.id} and kind = ${kind} and deadline = ${row.deadline}::date`)
  if (before !== undefined) return { ...before, kind, candidate: row.id, deadline: row.deadline, already: true }
  const region = regionScope(ctx.actor) ?? row.regionCode ?? NO_REGION
  const year = Number(dayInChina(now).slice(0, 4))
  const head = await letterheadOf(tx, region)
  const n = await nextNumber(tx, kind, region, year)
  const content: OrderContent = {
    number: `${head.prefix[kind]}〔${year}〕${n}号`,
    addressee: parsed.addressee ?? row.organisation ?? row.channelName,
    issuer: head.issuer,
    contact: parsed.contact ?? head.contact,
    issuedOn: dayInChina(now),
    deadline: row.deadline,
    channel: { id: row.channelId, kind: row.kind, name: row.channelName, address: row.address, siteCode: row.siteCode },
    reason: row.note,
    items: itemsOf(row),
    evidence: row.evidence,
  }
  const [made] = await tx.insert(orderDocument)
    .values({ kind, regionCode: region, year, number: n, candidateId: row.id, issuedAt: now, issuedBy: ctx.actor, deadline: row.deadline, content })
    .returning({ id: orderDocument.id })
  if (made === undefined) throw new HuoshuiError('conflict', { zh: '文号已被使用', en: 'the number is taken' })
  await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'order.issue', entity: 'candidate', entityId: row.id, detail: { order: made.id, kind: ORDER_KINDS[kind].zh, number: content.number, deadline: row.deadline } }])
  return { id: made.id, kind, number: content.number, candidate: row.id, deadline: row.deadline, already: false }
}

type Row = {
  id: number; state: string; deadline: Day | null; note: string | null; rule: string; clause: { zh: string; en: string }; since: Day | null; newest: Day | null; daysOver: number | null
  answers: FailedRule[]; evidence: Cited[]; channelId: number; kind: string; channelName: string; address: string; siteCode: string | null; regionCode: string | null; organisation: string | null
}

async function lockCandidate(tx: Tx, id: number): Promise<Row> {
  const [row] = await tx.execute<Row>(q`
    select k.id::int, k.state, k.deadline::text, k.note, k.rule, k.clause, k.since::text, k.newest::text, k.days_over as "daysOver", k.answers, k.evidence,
           c.id::int as "channelId", c.kind, c.name as "channelName", c.address, c.site_code as "siteCode", c.region_code as "regionCode", o.name as organisation
      from candidate k join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id
     where k.id = ${id} for update of k`)
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的候选`, en: `there is no candidate ${id}` })
  return row
}

/** The row stays locked until the transaction ends: whoever comes next waits, and a rollback gives the number back. */
async function nextNumber(tx: Tx, kind: OrderKind, region: string, year: number): Promise<number> {
  const [row] = await tx.execute<{ last: number }>(q`
    insert into document_number as d (kind, region_code, year, last) values (${kind}, ${region}, ${year}, 1)
    on conflict (kind, region_code, year) do update set last = d.last + 1 returning last`)
  return row?.last ?? 1
}

/** Every rule failed is an item, the leading one first. */
function itemsOf(row: Row): OrderContent['items'] {
  const leading = { rule: row.rule, clause: row.clause.zh, since: row.since, newest: row.newest, daysOver: row.daysOver }
  const others = row.answers.filter((a) => a.rule !== row.rule).map((a) => ({
    rule: a.rule, clause: a.clause?.zh ?? '', since: a.since ?? null, newest: a.newest ?? null, daysOver: a.daysOver ?? null,
  }))
  return [leading, ...others]
}
