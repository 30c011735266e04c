import { sql as q } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { checkRun, drawnSample, indicatorCheck } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { dayInChina } from '../domain/date.ts'
import { requireRole } from '../domain/permit.ts'
import { canonical, check, edition as editionById } from '../standard/index.ts'
import { EVALUATORS, editionDigest } from '../standard/check.ts'
import type { ChannelFacts, CheckRecord, Edition } from '../standard/index.ts'
import { factsForCheck } from './facts.ts'
import { pack } from './pack.ts'
import { citedBy, problemsOf } from './problems.ts'
import { BATCH, batches, CHECKERS, chooseChannels, monitoringPoint, scopeInput } from './scope.ts'

const input = z.strictObject({
  ...scopeInput,
  /** What samples are drawn by; unless given, one of the edition and the day, so that anybody can draw the same again. */
  seed: z.string().trim().min(1).max(200).optional(),
})

export type RunCheckInput = z.input<typeof input>
export type RunSummary = {
  readonly run: number
  readonly standard: string
  readonly as_of: string
  readonly seed: string
  readonly checked: number
  readonly failed: number
  readonly passed: number
  readonly undecided: number
}

/** The seed of a check that names none. */
export const seedOf = (edition: string, asOf: Date): string => `${edition}:${dayInChina(asOf)}`

/**
 * Checks channels against an edition of the standard at a moment and stores each check with its facts, all in one
 * transaction: a run that fails half way leaves nothing. Works in batches; `progress` is told of each.
 */
export async function runCheck({ ctx, input: given, progress }: { ctx: Ctx; input: RunCheckInput; progress?: (done: number, of: number) => void }): Promise<RunSummary> {
  requireRole(ctx.actor, CHECKERS)
  const { channels, standard, ...rest } = input.parse(given)
  const edition = editionById(standard)
  const asOf = monitoringPoint(ctx, rest.asOf)
  const seed = rest.seed ?? seedOf(edition.id, asOf)
  const ids = await chooseChannels(ctx, channels)
  const madeAt = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const [run] = await tx.insert(checkRun).values({
      edition: edition.id, paramsDigest: editionDigest(edition), evaluators: EVALUATORS, params: paramsOf(edition), asOf, madeAt, actor: ctx.actor,
      seed, scope: channels === 'all' ? 'all' : 'chosen', channels: ids.length,
    }).returning({ id: checkRun.id })
    if (run === undefined) throw new Error('the run was not written')
    const count = { failed: 0, passed: 0, undecided: 0 }
    let checked = 0
    for (const batch of batches(ids, BATCH)) {
      const facts = await factsForCheck({ ctx, channelIds: batch, asOf, seed })
      const made = facts.map((f) => ({ facts: f, record: check(f, edition, asOf, seed) }))
      for (const { record } of made) count[record.score.verdict] += 1
      await store(tx, ctx, run.id, edition, made, madeAt)
      checked += made.length
      progress?.(checked, ids.length)
    }
    await recordAudit(tx, { actor: ctx.actor, at: madeAt }, [{
      verb: 'check.run', entity: 'check_run', entityId: run.id, detail: { standard: edition.id, asOf: asOf.toISOString(), seed, channels: channels === 'all' ? 'all' : ids.slice(0, 1000), checked, ...count },
    }])
    return { run: run.id, standard: edition.id, as_of: asOf.toISOString(), seed, checked, ...count }
  })
}

function paramsOf(edition: Edition): CheckRecord['params'] {
  return Object.fromEntries(edition.rules.map((r) => [r.id, Object.fromEntries(Object.entries(r.params).map(([k, p]) => [k, p.value]))]))
}

async function store(tx: Tx, ctx: Ctx, runId: number, edition: Edition, made: readonly { facts: ChannelFacts; record: CheckRecord }[], madeAt: Date): Promise<void> {
  if (made.length === 0) return
  const json = (value: unknown) => q`${canonical(value)}::jsonb`
  await tx.insert(indicatorCheck).values(made.map(({ facts: { samples: _, ...facts }, record }) => ({
    runId, channelId: record.channelId, edition: record.standard.id, paramsDigest: record.standard.digest, asOf: record.at, madeAt, actor: ctx.actor,
    facts: json(facts), factsDigest: record.factsDigest, samples: json(record.samples), results: json(pack(record.results)), score: json(record.score),
    problems: json(problemsOf(record, edition, facts)), evidence: citedBy(record), verdict: record.score.verdict,
    worst: record.score.worst?.shown ?? null, best: record.score.best?.shown ?? null,
  })))
  // An empty sample is not kept: there may be something to draw from later in the same day.
  const drawn = made.flatMap(({ record }) => Object.values(record.samples).filter((s) => s.drawn.length > 0).map((s) => ({
    channelId: record.channelId, name: s.of, seed: s.seed, size: s.size, population: [...s.population], drawn: [...s.drawn],
    replaced: s.replaced.map((r) => ({ ...r, at: r.at.toISOString() })), asOf: record.at, drawnAt: madeAt, drawnBy: ctx.actor,
  })))
  if (drawn.length > 0) await tx.insert(drawnSample).values(drawn).onConflictDoNothing()
}
