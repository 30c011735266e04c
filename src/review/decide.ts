import { sql as q } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { candidate, candidateStep, exemption } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { dayInChina, isDay } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { SETTLED, STEPS, advance, isState } from './life.ts'
import type { State, Step } from './life.ts'
import { requireInScope, requireOwnUnit } from '../../db/scope.ts'

const day = z.string().refine(isDay, 'YYYY-MM-DD')
const input = z.object({
  candidate: z.number().int().positive(),
  step: z.enum(Object.keys(STEPS) as [Step, ...Step[]]),
  /** Nobody decides without saying why. */
  reason: z.string().trim().min(1).max(4000),
  deadline: day.optional(),
  until: day.optional(),
  target: z.number().int().positive().optional(),
  /** The version the decider looked at: somebody else's step in between is told, not overwritten. */
  version: z.number().int().positive().optional(),
  files: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20).optional(),
})
export type Decision = z.input<typeof input>

export type Decided = { readonly candidate: number; readonly from: State; readonly to: State; readonly version: number }

const UNIT_STEPS: readonly Step[] = ['answer', 'contest']

/**
 * Takes one step in a candidate's life: by a named actor, with a reason, in one transaction with its trace. Throws
 * `bad_input` (what is missing), `not_found`, `forbidden` (role or region), `conflict` (illegal step, the legal ones
 * named; or somebody else was first).
 */
export async function decide({ ctx, input: raw }: { ctx: Ctx; input: Decision }): Promise<Decided> {
  const parsed = input.safeParse(raw)
  if (!parsed.success) {
    throw new HuoshuiError('bad_input', { zh: `处置参数有误:${z.prettifyError(parsed.error)}`, en: `the decision does not fit: ${z.prettifyError(parsed.error)}` })
  }
  const d = parsed.data
  requireRole(ctx.actor, UNIT_STEPS.includes(d.step) ? ['rectification', 'unit_contact'] : ['rectification'])
  return ctx.db.orm.transaction((tx) => takeStep(tx, ctx, d))
}

/** Many candidates, one reason: each is its own step with its own trace; all or none. */
export async function decideMany({ ctx, input: { candidates, ...rest } }: { ctx: Ctx; input: Omit<Decision, 'candidate' | 'version'> & { candidates: readonly number[] } }): Promise<Decided[]> {
  requireRole(ctx.actor, ['rectification'])
  return ctx.db.orm.transaction(async (tx) => {
    const done: Decided[] = []
    // In one order for everybody, so that two reviewers cannot lock each other out.
    for (const one of [...new Set(candidates)].sort((a, b) => a - b)) {
      const parsed = input.parse({ ...rest, candidate: one })
      done.push(await takeStep(tx, ctx, parsed))
    }
    return done
  })
}

async function takeStep(tx: Tx, ctx: Ctx, d: z.infer<typeof input>): Promise<Decided> {
  const now = ctx.clock.now()
  const [row] = await tx.execute<{ id: number; channelId: number; state: string; version: number; deadline: string | null; regionCode: string | null; organisation: number | null }>(q`
    select k.id::int, k.channel_id::int as "channelId", k.state, k.version, k.deadline, c.region_code as "regionCode", c.organisation_id::int as organisation
      from candidate k join channel c on c.id = k.channel_id where k.id = ${d.candidate} for update of k`)
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${d.candidate} 的候选`, en: `there is no candidate ${d.candidate}` })
  await requireInScope(tx, ctx.actor, row.regionCode)
  requireOwnUnit(ctx.actor, row.organisation)
  if (d.version !== undefined && d.version !== row.version) {
    throw new HuoshuiError('conflict', { zh: `候选 ${d.candidate} 已被他人处理,请刷新后再决定`, en: `somebody else acted on candidate ${d.candidate} in between: reload and decide again` })
  }
  const from: State = isState(row.state) ? row.state : 'open'
  const to = advance(from, d.step, from === 'contested' ? await contestedFrom(tx, row.id) : null)
  requireDetails(d, row.channelId, to, dayInChina(now))
  const settled = SETTLED.includes(to)
  const updated = await tx.update(candidate).set({
    state: to,
    version: row.version + 1,
    closedAt: settled ? now : null,
    ...(d.deadline === undefined ? {} : { deadline: d.deadline }),
    ...(d.target === undefined ? {} : { targetChannelId: d.target }),
    ...(d.until === undefined ? {} : { exemptUntil: d.until }),
    note: d.reason,
  }).where(q`${candidate.id} = ${row.id}`).returning({ id: candidate.id }).catch(reopenedTwice(d.candidate))
  if (updated.length === 0) throw new HuoshuiError('conflict', { zh: '候选已被他人处理', en: 'somebody else acted on it' })
  const detail = { ...(d.deadline === undefined ? {} : { deadline: d.deadline }), ...(d.until === undefined ? {} : { until: d.until }), ...(d.target === undefined ? {} : { target: d.target }), ...(d.files === undefined ? {} : { files: d.files }) }
  await tx.insert(candidateStep).values({ candidateId: row.id, at: now, actor: ctx.actor, step: d.step, fromState: from, toState: to, reason: d.reason, detail })
  if (to === 'merged' || to === 'shut_down') {
    await tx.execute(q`update channel set state = ${to === 'merged' ? 'merged' : 'closed'}, updated_at = ${now.toISOString()}::timestamptz where id = ${row.channelId}`)
  }
  // Reopening what was shut or merged means that it lives: it counts as remaining again.
  if (d.step === 'reopen' && (from === 'merged' || from === 'shut_down')) {
    await tx.execute(q`update channel set state = 'active', updated_at = ${now.toISOString()}::timestamptz where id = ${row.channelId} and state in ('closed', 'merged')`)
  }
  if (to === 'exempted' && d.until !== undefined) {
    await tx.insert(exemption).values({ channelId: row.channelId, from: dayInChina(now), until: d.until, reason: d.reason, grantedBy: ctx.actor, grantedAt: now })
  }
  await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: `candidate.${d.step}`, entity: 'candidate', entityId: row.id, reason: d.reason, detail: { from, to, ...detail } }])
  return { candidate: row.id, from, to, version: row.version + 1 }
}

function requireDetails(d: z.infer<typeof input>, channelId: number, to: State, today: string): void {
  const wrong = (zh: string, en: string): never => {
    throw new HuoshuiError('bad_input', { zh, en })
  }
  const needsDeadline = d.step === 'order' || d.step === 'fail' || d.step === 'extend' || d.step === 'plan_shut_down' || d.step === 'plan_merge'
  if (needsDeadline && d.deadline === undefined) wrong(`“${STEPS[d.step].zh}”须给出期限(deadline,YYYY-MM-DD)`, `the step “${STEPS[d.step].en}” takes a deadline (YYYY-MM-DD)`)
  if (d.deadline !== undefined && d.deadline < today) wrong(`期限 ${d.deadline} 已过`, `the deadline ${d.deadline} has passed already`)
  if (to === 'exempted' && (d.until === undefined || d.until < today)) wrong('豁免须给出今天或以后的截止日期(until)', 'an exemption takes its last day (until), today or later')
  if (d.step === 'plan_merge' && (d.target === undefined || d.target === channelId)) wrong('整合须指明并入的另一渠道(target)', 'merging takes another channel to merge into (target)')
}

/** One unsettled candidate a channel: the unique index says so, and this says it in words. */
function reopenedTwice(id: number) {
  return (error: unknown): never => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (cause instanceof Error && 'code' in cause && cause.code === '23505') {
      throw new HuoshuiError('conflict', { zh: `候选 ${id} 的渠道已有另一个未办结候选`, en: `the channel of candidate ${id} has another unsettled candidate` })
    }
    throw error
  }
}

/** Of `candidate_step s`: nobody has taken it back since. */
export const notUndone = q`not exists (select from candidate_step u where u.candidate_id = s.candidate_id and u.step = 'undo' and (u.detail->>'undoes')::bigint = s.id)`

async function contestedFrom(tx: Tx, candidateId: number): Promise<State | null> {
  const [row] = await tx.execute<{ from: string }>(q`
    select from_state as "from" from candidate_step s where candidate_id = ${candidateId} and step = 'contest' and ${notUndone} order by id desc limit 1`)
  return row !== undefined && isState(row.from) ? row.from : null
}
