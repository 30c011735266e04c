import { eq, sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { candidate } from '../../db/schema/index.ts'
import { dayInChina } from '../domain/date.ts'
import type { AuditEntry } from '../audit/record.ts'
import { recordAudit } from '../audit/record.ts'
import { CAMPAIGN_EDITION, judge } from '../standard/index.ts'
import type { Edition } from '../standard/index.ts'
import { evidenceFor } from './cite.ts'
import { gatherFacts } from './gather.ts'
import { settle } from './settle.ts'
import type { Change, Standing } from './settle.ts'

/** Channels judged in one transaction. */
const BATCH = 200

export type JudgeSummary = { judged: number; opened: number; updated: number; withdrawn: number }

/**
 * Judges every channel visited since its standing verdict was made, batch by batch, until none is left. Safe to run
 * from several processes at once: a batch is claimed by row locks, and its verdicts stand in the same transaction.
 */
export async function judgePending({ ctx, edition = CAMPAIGN_EDITION }: { ctx: Ctx; edition?: Edition }): Promise<JudgeSummary> {
  const sum: JudgeSummary = { judged: 0, opened: 0, updated: 0, withdrawn: 0 }
  for (;;) {
    const done = await judgeBatch(ctx, edition)
    sum.judged += done.judged
    sum.opened += done.opened
    sum.updated += done.updated
    sum.withdrawn += done.withdrawn
    if (done.judged < BATCH) break
  }
  sum.withdrawn += await withdrawReported(ctx)
  return sum
}

/** Where the unit itself reported the channel shut before anybody acted, the question has gone. */
function withdrawReported(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const note = `${dayInChina(now)} 撤回:渠道已按单位上报关停或整合 / withdrawn: reported shut or merged by its unit`
  return ctx.db.orm.transaction(async (tx) => {
    const gone = await tx.execute<{ id: number; channel: number }>(q`
      update candidate k set state = 'withdrawn', closed_at = ${now.toISOString()}::timestamptz, note = ${note}, version = k.version + 1
        from channel c where c.id = k.channel_id and k.state = 'open' and c.state in ('closed', 'merged')
      returning k.id::int, k.channel_id::int as channel`)
    await recordAudit(tx, { actor: { kind: 'system', name: 'judge' }, at: now }, gone.map((g) => ({ verb: 'candidate.withdrawn', entity: 'candidate', entityId: g.id, detail: { channel: g.channel, note } })))
    return gone.length
  })
}

function judgeBatch(ctx: Ctx, edition: Edition): Promise<JudgeSummary> {
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const claimed = await tx.execute<{ id: number; state: string }>(q`
      select id::int, state from channel where last_visit_at is distinct from judged_visit_at
       order by last_visit_at limit ${BATCH} for update skip locked`)
    const ids = claimed.map((c) => c.id)
    const summary: JudgeSummary = { judged: ids.length, opened: 0, updated: 0, withdrawn: 0 }
    if (ids.length === 0) return summary
    // What is shut or merged is watched, not judged: its return is a zombie's (src/review/watch.ts), its silence is no finding.
    const living = claimed.filter((c) => c.state !== 'closed' && c.state !== 'merged').map((c) => c.id)
    const [facts, standing, answered] = await Promise.all([gatherFacts({ ctx, channelIds: living, asOf: now }), standingOf(ctx, living), answeredOf(ctx, living, now)])
    const judged = facts.map((f) => ({ facts: f, judgement: judge(f, edition, now) }))
    const cited = await evidenceFor(ctx.db.sql, judged)
    const audits: AuditEntry[] = []
    for (const { facts: f, judgement } of judged) {
      const change = settle({ facts: f, judgement, standing: standing.get(f.channel.id) ?? null, evidence: cited.get(f.channel.id) ?? [], now })
      if (change === null) continue
      if (change.what === 'opened' && answered.has(questionOf(change.channelId, change.proposal))) continue
      const written = await write(tx, change, edition.id, now)
      if (written === null) continue
      summary[change.what] += 1
      audits.push({ verb: `candidate.${change.what}`, entity: 'candidate', entityId: written, detail: auditDetail(change) })
    }
    await recordAudit(tx, { actor: { kind: 'system', name: 'judge' }, at: now }, audits)
    await tx.execute(q`update channel set judged_visit_at = last_visit_at where id in ${ids}`)
    return summary
  })
}

async function standingOf(ctx: Ctx, ids: number[]): Promise<Map<number, Standing>> {
  const rows = await ctx.db.sql<Standing[]>`
    select id::int, channel_id::int as "channelId", proposal, rule, state, version from candidate
     where channel_id = any(${ids}) and closed_at is null`
  return new Map(rows.map((s) => [s.channelId, s]))
}

/** Days for which people's answer to a question stands, while what was seen is the same. */
const ANSWER_STANDS_DAYS = 90

/** The questions that people have answered lately (排除, 已整改, 保留备案): the same one on the same facts is not put again. */
async function answeredOf(ctx: Ctx, ids: number[], now: Date): Promise<Set<string>> {
  const rows = await ctx.db.sql<{ channelId: number; proposal: string; rule: string; newest: string | null }[]>`
    select channel_id::int as "channelId", proposal, rule, to_char(newest, 'YYYY-MM-DD') as newest from candidate
     where channel_id = any(${ids}) and state in ('dismissed', 'rectified', 'kept') and closed_at > ${now}::timestamptz - make_interval(days => ${ANSWER_STANDS_DAYS})`
  return new Set(rows.map((r) => questionOf(r.channelId, r)))
}

function questionOf(channelId: number, about: { proposal: string; rule: string; newest: string | null }): string {
  return `${channelId} ${about.proposal} ${about.rule} ${about.newest ?? ''}`
}

/** Returns the candidate's id; null where someone acted on it in between, which stands. */
async function write(tx: Tx, change: Change, edition: string, now: Date): Promise<number | null> {
  if (change.what === 'withdrawn') {
    const note = `${change.note.zh} / ${change.note.en}`
    const rows = await tx.update(candidate)
      .set({ state: 'withdrawn', closedAt: now, judgedAt: now, note, version: change.standing.version + 1 })
      .where(q`${candidate.id} = ${change.standing.id} and ${candidate.version} = ${change.standing.version}`)
      .returning({ id: candidate.id })
    return rows[0]?.id ?? null
  }
  const { proposal } = change
  const values = {
    proposal: proposal.proposal,
    rule: proposal.rule,
    clause: proposal.clause,
    edition,
    threshold: proposal.threshold,
    since: proposal.since,
    newest: proposal.newest,
    witness: proposal.witness,
    daysOver: proposal.daysOver,
    evidence: [...change.evidence],
    answers: [...change.answers],
    judgedAt: now,
  }
  if (change.what === 'updated') {
    const rows = await tx.update(candidate)
      .set({ ...values, version: change.standing.version + 1 })
      .where(q`${eq(candidate.id, change.standing.id)} and ${eq(candidate.version, change.standing.version)}`)
      .returning({ id: candidate.id })
    return rows[0]?.id ?? null
  }
  const rows = await tx.insert(candidate).values({ ...values, channelId: change.channelId, openedAt: now }).onConflictDoNothing().returning({ id: candidate.id })
  return rows[0]?.id ?? null
}

function auditDetail(change: Change): Record<string, unknown> {
  if (change.what === 'withdrawn') return { channel: change.channelId, rule: change.standing.rule, note: change.note }
  const { proposal, rule, newest, daysOver } = change.proposal
  return { channel: change.channelId, proposal, rule, newest, daysOver }
}
