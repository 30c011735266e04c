import { sql as q } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { requireInScope, requireOwnUnit } from '../../db/scope.ts'
import { candidate, candidateStep } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { GRACE_MINUTES, SETTLED, isState, stepName } from '../domain/candidate.ts'
import type { State } from '../domain/candidate.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { notUndone } from './decide.ts'
import type { Decided } from './decide.ts'

const input = z.object({ candidates: z.array(z.number().int().positive()).min(1).max(1000) })

type Last = {
  id: number; state: string; version: number; channelId: number; channelState: string; regionCode: string | null; organisation: number | null
  stepId: number; step: string; from: string; mine: boolean; fresh: boolean; ordered: boolean
}

/**
 * Takes back the last step of each candidate: by whoever took it, within ten minutes, and not once a document has gone
 * out for it. It is a step of its own in the trail; nothing is erased. All or none. Throws `conflict` with the reason.
 */
export async function undoSteps({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Decided[]> {
  requireRole(ctx.actor, ['rectification', 'unit_contact'])
  const ids = [...new Set(input.parse(raw).candidates)].sort((a, b) => a - b)
  return ctx.db.orm.transaction(async (tx) => {
    const done: Decided[] = []
    for (const id of ids) done.push(await undoOne(tx, ctx, id))
    return done
  })
}

async function undoOne(tx: Tx, ctx: Ctx, id: number): Promise<Decided> {
  const now = ctx.clock.now()
  const last = await lastStep(tx, ctx, id)
  await requireInScope(tx, ctx.actor, last.regionCode)
  requireOwnUnit(ctx.actor, last.organisation)
  const refuse = (zh: string, en: string): never => { throw new HuoshuiError('conflict', { zh: `候选 ${id}:${zh}`, en: `candidate ${id}: ${en}` }) }
  if (last.step === 'undo' || !last.mine) refuse('最后一步不是您的操作,不能撤销', 'the last step was not yours to take back')
  if (!last.fresh) refuse(`超过${GRACE_MINUTES}分钟,不能撤销;如需更正请另作处理`, `it is more than ${GRACE_MINUTES} minutes ago; correct it by a step of its own`)
  if (last.ordered) refuse('已据此发文,不能撤销', 'a document has been issued on it')
  const to: State = isState(last.from) ? last.from : 'open'
  const [kept] = await tx.execute<{ deadline: string | null; until: string | null; target: string | null; note: string | null; settledAt: string | null }>(q`
    select (select s.detail->>'deadline' from candidate_step s where ${before(last)} and s.detail ? 'deadline' order by s.id desc limit 1) as deadline,
           (select s.detail->>'until' from candidate_step s where ${before(last)} and s.detail ? 'until' order by s.id desc limit 1) as until,
           (select s.detail->>'target' from candidate_step s where ${before(last)} and s.detail ? 'target' order by s.id desc limit 1) as target,
           (select s.reason from candidate_step s where ${before(last)} order by s.id desc limit 1) as note,
           (select to_json(s.at)#>>'{}' from candidate_step s where ${before(last)} order by s.id desc limit 1) as "settledAt"`)
  await tx.update(candidate).set({
    state: to, version: last.version + 1, closedAt: SETTLED.includes(to) ? new Date(kept?.settledAt ?? now) : null, deadline: kept?.deadline ?? null,
    exemptUntil: kept?.until ?? null, targetChannelId: kept?.target == null ? null : Number(kept.target), note: kept?.note ?? null,
  }).where(q`${candidate.id} = ${id}`)
  const reason = `撤销:${stepName(last.step).zh} / taken back: ${stepName(last.step).en}`
  await tx.insert(candidateStep).values({ candidateId: id, at: now, actor: ctx.actor, step: 'undo', fromState: last.state, toState: to, reason, detail: { undoes: last.stepId } })
  await mendChannel(tx, last, to, now)
  if (last.state === 'exempted') {
    // It held on none of its days.
    await tx.execute(q`update exemption set until_on = from_on - 1 where id = (select max(id) from exemption where channel_id = ${last.channelId})`)
  }
  await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'candidate.undo', entity: 'candidate', entityId: id, reason, detail: { from: last.state, to, undoes: last.stepId } }])
  return { candidate: id, from: isState(last.state) ? last.state : 'open', to, version: last.version + 1 }
}

const before = (last: Last) => q`s.candidate_id = ${last.id} and s.id < ${last.stepId} and s.step <> 'undo' and ${notUndone}`

async function lastStep(tx: Tx, ctx: Ctx, id: number): Promise<Last> {
  const oldest = new Date(ctx.clock.now().getTime() - GRACE_MINUTES * 60_000).toISOString()
  const [row] = await tx.execute<Last>(q`
    select k.id::int, k.state, k.version, k.channel_id::int as "channelId", c.state as "channelState", c.region_code as "regionCode", c.organisation_id::int as organisation,
           s.id::int as "stepId", s.step, s.from_state as "from", s.at >= ${oldest}::timestamptz as fresh,
           s.actor->>'kind' = ${ctx.actor.kind} and coalesce(s.actor->>'id', s.actor->>'name') = ${ctx.actor.kind === 'user' ? ctx.actor.id : ctx.actor.name} as mine,
           s.step not in ('answer', 'contest') and exists (select from order_document d where d.candidate_id = k.id and d.issued_at >= s.at) as ordered
      from candidate k join channel c on c.id = k.channel_id join lateral (select * from candidate_step s where s.candidate_id = k.id order by s.id desc limit 1) s on true
     where k.id = ${id} for update of k`)
  if (row === undefined) throw new HuoshuiError('conflict', { zh: `候选 ${id} 没有可撤销的步骤`, en: `candidate ${id} has no step to take back` })
  return row
}

/** What the step did to the channel itself: shutting and merging end it, reopening such a one revives it. */
async function mendChannel(tx: Tx, last: Last, to: State, now: Date): Promise<void> {
  const set = (state: string) => tx.execute(q`update channel set state = ${state}, updated_at = ${now.toISOString()}::timestamptz where id = ${last.channelId}`)
  if ((last.state === 'shut_down' || last.state === 'merged') && (last.channelState === 'closed' || last.channelState === 'merged')) {
    const [life] = await tx.execute<{ before: string }>(q`select from_state as before from channel_life where channel_id = ${last.channelId} order by id desc limit 1`)
    await set(life?.before ?? 'active')
  }
  if (last.step === 'reopen' && (to === 'shut_down' || to === 'merged') && last.channelState === 'active') await set(to === 'merged' ? 'merged' : 'closed')
}
