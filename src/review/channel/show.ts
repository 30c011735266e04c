import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { Text } from '../../domain/text.ts'
import type { Witness } from '../../domain/witness.ts'
import { seenBy } from '../../registry/index.ts'
import { loadPolicies } from '../../schedule/index.ts'
import type { Policy } from '../../schedule/index.ts'
import { CAMPAIGN_EDITION, judge } from '../../standard/index.ts'
import { gatherFacts } from '../gather.ts'
import { columnDeadlines } from './columns.ts'
import type { ColumnDeadline } from './columns.ts'
import { evidenceOf, latestObservations, timelineOf } from './seen.ts'
import type { EvidenceRow, ObservationRow, TimelineDay } from './seen.ts'
import { verdictOf } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** A channel as registered and as it stands. Instants are ISO 8601. */
export type ChannelIdentity = {
  readonly id: number; readonly kind: string; readonly name: string; readonly address: string; readonly addressRaw: string; readonly accountId: string | null; readonly siteCode: string | null
  readonly organisationId: number | null; readonly organisation: string | null; readonly supervisor: string | null; readonly regionCode: string | null; readonly region: string | null
  readonly filingStatus: string | null; readonly filingNumber: string | null; readonly runningStatus: string | null; readonly functionType: string | null; readonly openedOn: Day | null
  readonly contact: string | null; readonly phone: string | null; readonly members: number | null; readonly note: string | null; readonly extra: Readonly<Record<string, string>> | null
  readonly state: string; readonly createdAt: string; readonly updatedAt: string; readonly nextDueAt: string | null; readonly dueReason: string | null; readonly inHand: boolean
  readonly lastVisitAt: string | null; readonly lastOutcome: string | null; readonly lastSeenAt: string | null; readonly newestOn: Day | null; readonly witness: Witness | null
}

export type ChannelCandidate = {
  readonly id: number; readonly proposal: string; readonly rule: string; readonly clause: Text; readonly state: string; readonly openedAt: string; readonly closedAt: string | null; readonly daysOver: number | null; readonly deadline: Day | null
  readonly steps: readonly { readonly at: string; readonly by: string; readonly step: string; readonly to: string; readonly reason: string }[]
}

export type ChannelFile = {
  readonly channel: ChannelIdentity
  readonly verdict: Verdict
  readonly columns: readonly ColumnDeadline[]
  readonly observations: readonly ObservationRow[]
  readonly timeline: readonly TimelineDay[]
  readonly evidence: readonly EvidenceRow[]
  readonly candidates: readonly ChannelCandidate[]
  readonly attestations: readonly { readonly newestOn: Day; readonly statedOn: Day; readonly statedBy: string; readonly link: string | null; readonly note: string | null; readonly source: string }[]
  readonly policy: Policy
}

const input = z.object({ id: z.number().int().positive() })
const TIMELINE_DAYS = 183

/** The channel, when the actor may see it. Throws `not_found`. */
export async function identityOf(ctx: Pick<Ctx, 'db' | 'actor'>, id: number): Promise<ChannelIdentity> {
  requireRole(ctx.actor, READERS)
  const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)
  const [row] = await ctx.db.orm.execute<ChannelIdentity>(sql`
    select c.id::int, c.kind, c.name, c.address, c.address_raw as "addressRaw", c.account_id as "accountId", c.site_code as "siteCode", c.organisation_id::int as "organisationId", o.name as organisation,
           coalesce(c.supervisor, o.supervisor) as supervisor, c.region_code as "regionCode", r.name as region, c.filing_status as "filingStatus", c.filing_number as "filingNumber", c.running_status as "runningStatus",
           c.function_type as "functionType", c.opened_on::text as "openedOn", c.contact, c.phone, c.members, c.note, c.extra, c.state, ${iso('c.created_at')} as "createdAt", ${iso('c.updated_at')} as "updatedAt",
           ${iso('c.next_due_at')} as "nextDueAt", c.due_reason as "dueReason", c.claimed_slot is not null as "inHand", ${iso('c.last_visit_at')} as "lastVisitAt", c.last_outcome as "lastOutcome",
           ${iso('c.last_seen_at')} as "lastSeenAt", c.newest_on::text as "newestOn", c.newest_witness as witness
      from channel c left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code where c.id = ${id} and ${seenBy(ctx.actor)}`)
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道,或不在您的管辖范围内`, en: `there is no channel ${id}, or it lies outside what you may see` })
  return row
}

/** All that is known of one channel: itself, the verdict of this moment with its reasons, what was seen, candidates, policy. Throws `not_found`. */
export async function channelFile({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<ChannelFile> {
  const { id } = input.parse(raw)
  const channel = await identityOf(ctx, id)
  const now = ctx.clock.now()
  const today = dayInChina(now)
  const of = { ctx, input: { channel: id } }
  const [[facts], observations, timeline, evidence, candidates, attestations, policies] = await Promise.all([
    gatherFacts({ ctx, channelIds: [id], asOf: now }),
    latestObservations(of),
    timelineOf({ ctx, input: { channel: id, days: TIMELINE_DAYS, today } }),
    evidenceOf(of),
    candidatesOf(ctx, id),
    ctx.db.sql<ChannelFile['attestations'][number][]>`
      select newest_on::text as "newestOn", stated_on::text as "statedOn", stated_by as "statedBy", link, note, source from attestation where channel_id = ${id} order by stated_on desc, id desc limit 20`,
    loadPolicies({ ctx }),
  ])
  if (facts === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `there is no channel ${id}` })
  const judgement = judge(facts, CAMPAIGN_EDITION, now)
  const columns = await columnDeadlines({ ctx, input: { channel: id, answers: judgement.answers, today } })
  return { channel, verdict: verdictOf(channel, judgement, today), columns, observations, timeline, evidence, candidates, attestations: [...attestations], policy: policies(channel) }
}

async function candidatesOf(ctx: Ctx, channel: number): Promise<ChannelCandidate[]> {
  return ctx.db.sql<ChannelCandidate[]>`
    select k.id::int, k.proposal, k.rule, k.clause, k.state, to_json(k.opened_at)#>>'{}' as "openedAt", to_json(k.closed_at)#>>'{}' as "closedAt", k.days_over as "daysOver", k.deadline::text,
           coalesce((select jsonb_agg(jsonb_build_object('at', to_json(s.at), 'by', s.actor->>'name', 'step', s.step, 'to', s.to_state, 'reason', s.reason) order by s.id) from candidate_step s where s.candidate_id = k.id), '[]') as steps
      from candidate k where k.channel_id = ${channel} order by k.id desc limit 50`
}
