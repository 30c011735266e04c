import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { requireInScope, requireOwnUnit } from '../../db/scope.ts'
import type { Actor } from '../domain/actor.ts'
import type { Day } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import type { Witness } from '../domain/witness.ts'
import type { Cited } from './cite.ts'
import { isState, legalSteps } from './life.ts'
import type { Step } from './life.ts'

export type StepTaken = { readonly at: string; readonly actor: Actor; readonly step: string; readonly from: string; readonly to: string; readonly reason: string; readonly detail: Readonly<Record<string, unknown>> | null }

/** A rule that the channel failed, as the verdict gave it. */
export type FailedRule = { readonly rule: string; readonly clause?: Text; readonly since?: Day | null; readonly newest?: Day | null; readonly daysOver?: number | null; readonly reason?: Text | null }

/** One candidate with both sides: what was found, and every step that the office and the unit took since. */
export type CandidateFile = {
  readonly id: number
  readonly state: string
  readonly version: number
  readonly proposal: string
  readonly rule: string
  readonly clause: Text
  readonly edition: string
  readonly threshold: unknown
  readonly since: Day | null
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly daysOver: number | null
  readonly evidence: readonly Cited[]
  readonly answers: readonly FailedRule[]
  readonly openedAt: string
  readonly closedAt: string | null
  readonly deadline: Day | null
  readonly exemptUntil: Day | null
  readonly target: { readonly id: number; readonly name: string } | null
  readonly channel: {
    readonly id: number; readonly kind: string; readonly name: string; readonly address: string; readonly siteCode: string | null; readonly state: string
    readonly organisation: string | null; readonly supervisor: string | null; readonly regionCode: string | null; readonly region: string | null; readonly organisationId: number | null
  }
  readonly steps: readonly StepTaken[]
  /** What may be done with it now. */
  readonly legal: readonly Step[]
}

const input = z.object({ id: z.number().int().positive() })

/** One candidate with its whole trail. Throws `not_found`, `forbidden` (another region's). */
export async function showCandidate({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<CandidateFile> {
  requireRole(ctx.actor, READERS)
  const { id } = input.parse(raw)
  const { sql } = ctx.db
  const [row] = await sql<Omit<CandidateFile, 'steps' | 'legal'>[]>`
    select k.id::int, k.state, k.version, k.proposal, k.rule, k.clause, k.edition, k.threshold, k.since::text, k.newest::text, k.witness,
           k.days_over as "daysOver", k.evidence, k.answers, to_json(k.opened_at)#>>'{}' as "openedAt", to_json(k.closed_at)#>>'{}' as "closedAt",
           k.deadline::text, k.exempt_until::text as "exemptUntil",
           (select jsonb_build_object('id', t.id, 'name', t.name) from channel t where t.id = k.target_channel_id) as target,
           jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'address', c.address, 'siteCode', c.site_code, 'state', c.state,
             'organisation', o.name, 'supervisor', coalesce(c.supervisor, o.supervisor), 'regionCode', c.region_code, 'region', r.name, 'organisationId', c.organisation_id) as channel
      from candidate k join channel c on c.id = k.channel_id
      left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
     where k.id = ${id}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的候选`, en: `there is no candidate ${id}` })
  await requireInScope(ctx.db.orm, ctx.actor, row.channel.regionCode)
  requireOwnUnit(ctx.actor, row.channel.organisationId)
  const steps = await sql<(Omit<StepTaken, 'at'> & { at: Date })[]>`
    select at, actor, step, from_state as "from", to_state as "to", reason, detail from candidate_step where candidate_id = ${id} order by id`
  return { ...row, steps: steps.map((s) => ({ ...s, at: s.at.toISOString() })), legal: isState(row.state) ? legalSteps(row.state) : [] }
}
