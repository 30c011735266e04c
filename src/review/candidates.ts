import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { scopeOf, unitOf } from '../../db/scope.ts'
import { HuoshuiError } from '../domain/error.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import type { Day } from '../domain/date.ts'
import type { Witness } from '../domain/witness.ts'
import type { Cited } from './cite.ts'

/** One open candidate as `candidates --json` prints it (a contract of the command line). */
export type CandidateRow = {
  readonly id: number
  readonly channel: {
    readonly id: number
    readonly kind: string
    readonly name: string
    readonly address: string
    readonly siteCode: string | null
    readonly organisation: string | null
    readonly supervisor: string | null
    readonly region: string | null
  }
  readonly proposal: 'rectify' | 'merge' | 'shut_down'
  readonly rule: string
  readonly clause: Text
  readonly threshold: unknown
  /** First day on which the rule was broken. */
  readonly since: Day | null
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly days_over: number | null
  readonly evidence: readonly Cited[]
}

const filter = z.object({
  proposal: z.enum(['rectify', 'merge', 'shut_down']).optional(),
  limit: z.number().int().min(1).optional(),
})

/**
 * Open candidates of the actor's region, the gravest and longest over first. Throws `bad_input` for an unknown proposal.
 */
export async function listCandidates({ ctx, input = {} }: { ctx: Ctx; input?: { proposal?: string | undefined; limit?: number } }): Promise<CandidateRow[]> {
  requireRole(ctx.actor, READERS)
  const parsed = filter.safeParse(input)
  if (!parsed.success) {
    throw new HuoshuiError('bad_input', {
      zh: `处置建议只能是 rectify、merge 或 shut_down,收到 ${JSON.stringify(input.proposal)}`,
      en: `the proposal is rectify, merge or shut_down, not ${JSON.stringify(input.proposal)}`,
    })
  }
  const { proposal = null, limit = null } = parsed.data
  return ctx.db.sql<CandidateRow[]>`
    select k.id::int, jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'address', c.address, 'siteCode', c.site_code,
             'organisation', o.name, 'supervisor', coalesce(c.supervisor, o.supervisor), 'region', r.name) as channel,
           k.proposal, k.rule, k.clause, k.threshold, to_char(k.since, 'YYYY-MM-DD') as since, to_char(k.newest, 'YYYY-MM-DD') as newest,
           k.witness, k.days_over, k.evidence
      from candidate k join channel c on c.id = k.channel_id
      left join organisation o on o.id = c.organisation_id
      left join region r on r.code = c.region_code
     where k.closed_at is null and (${proposal}::text is null or k.proposal = ${proposal}) and ${scopeOf(ctx.db.sql, 'c.region_code', ctx.actor)} and ${unitOf(ctx.db.sql, 'c.organisation_id', ctx.actor)}
     order by array_position(array['shut_down', 'merge', 'rectify'], k.proposal), k.days_over desc nulls last, k.id
     limit ${limit}`
}

/** How many candidates are open in the actor's region. */
export async function countCandidates({ ctx }: { ctx: Ctx }): Promise<number> {
  requireRole(ctx.actor, READERS)
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from candidate k join channel c on c.id = k.channel_id where k.closed_at is null and ${scopeOf(ctx.db.sql, 'c.region_code', ctx.actor)} and ${unitOf(ctx.db.sql, 'c.organisation_id', ctx.actor)}`
  return row?.n ?? 0
}
