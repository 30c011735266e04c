import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Text } from '../domain/text.ts'
import { diff, edition as editionById } from '../standard/index.ts'
import type { Score } from '../standard/index.ts'
import { changesOf, type ChangeJson } from './diff.ts'
import { showRun } from './list-runs.ts'
import type { RunFigures } from './list-runs.ts'
import { storedChecks } from './stored.ts'
import type { StoredCheck } from './stored.ts'

const input = z.strictObject({
  before: z.number().int().positive(),
  after: z.number().int().positive(),
  /** Changed channels listed one by one; the sums are always of all. */
  limit: z.number().int().min(0).max(100_000).default(1000),
})

export type ChangedChannel = {
  readonly channel: { readonly id: number; readonly name: string; readonly kind: string; readonly region: string | null }
  readonly before: Side
  readonly after: Side
  readonly changes: readonly ChangeJson[]
}
type Side = { readonly check: number; readonly verdict: Score['verdict']; readonly score: { readonly worst: number; readonly best: number } | null }

/** Of one indicator: channels in which it became violated, ceased to be, changed its points alone, or its answer in another way. */
export type ChangedRule = { readonly id: string; readonly item: Text; readonly new: number; readonly gone: number; readonly points: number; readonly other: number }

export type DiffedRuns = {
  readonly before: RunFigures
  readonly after: RunFigures
  /** Channels in both runs, how many of them changed, and those that are in one run only. */
  readonly channels: { readonly both: number; readonly changed: number; readonly only_before: number; readonly only_after: number }
  /** How many channels in both went from which verdict to which; unchanged ones too. */
  readonly verdicts: readonly { readonly before: Score['verdict']; readonly after: Score['verdict']; readonly channels: number }[]
  readonly rules: readonly ChangedRule[]
  /** The first `limit` of them, by number. */
  readonly changed: readonly ChangedChannel[]
  readonly left_out: number
}

const PAGE = 200

/**
 * What changed between two runs, by channel and by rule. Channels whose stored answers are the same are never read, so
 * that two runs over a whole register compare in bounded memory. Throws `not_found`.
 */
export async function diffRuns({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<DiffedRuns> {
  const { before, after, limit } = input.parse(given)
  const [a, b] = await Promise.all([showRun({ ctx, input: { run: before } }), showRun({ ctx, input: { run: after } })])
  const [count, verdicts] = await Promise.all([counts(ctx, before, after), verdictsOf(ctx, before, after)])
  const rules = new Map<string, { -readonly [k in keyof Omit<ChangedRule, 'id' | 'item'>]: number }>()
  const changed: ChangedChannel[] = []
  let total = 0
  for await (const [x, y] of changedPairs(ctx, before, after)) {
    const changes = changesOf(x, y, diff(x.record, y.record).changes)
    if (changes.length === 0 && x.record.score.verdict === y.record.score.verdict) continue
    total += 1
    for (const c of changes) {
      const row = rules.get(c.id) ?? { new: 0, gone: 0, points: 0, other: 0 }
      row[kindOf(c)] += 1
      rules.set(c.id, row)
    }
    if (changed.length < limit) changed.push(changedChannel(x, y, changes))
  }
  return {
    before: a, after: b, channels: { ...count, changed: total }, verdicts,
    rules: named(a.standard, b.standard).flatMap(([id, item]) => (rules.has(id) ? [{ id, item, ...(rules.get(id) ?? { new: 0, gone: 0, points: 0, other: 0 }) }] : [])),
    changed, left_out: total - changed.length,
  }
}

/** New is a fault that was none before; gone is one that was seen to be put right, not one that can no longer be seen. */
function kindOf({ what, before, after }: ChangeJson): 'new' | 'gone' | 'points' | 'other' {
  if (what === 'points') return 'points'
  if (after?.answer === 'violated') return 'new'
  return before?.answer === 'violated' && after?.answer === 'met' ? 'gone' : 'other'
}

/** Every indicator of both editions, in the later one's order. */
function named(before: string, after: string): [string, Text][] {
  return [...new Map([...editionById(after).rules, ...editionById(before).rules].map((r) => [r.id, r.item])).entries()]
}

function changedChannel(x: StoredCheck, y: StoredCheck, changes: readonly ChangeJson[]): ChangedChannel {
  const side = ({ id, record: { score } }: StoredCheck): Side => ({
    check: id, verdict: score.verdict, score: score.worst === null || score.best === null ? null : { worst: Number(score.worst.shown), best: Number(score.best.shown) },
  })
  return { channel: { id: y.channel.id, name: y.channel.name, kind: y.channel.kind, region: y.region }, before: side(x), after: side(y), changes }
}

async function counts({ db: { sql } }: Ctx, before: number, after: number): Promise<{ both: number; only_before: number; only_after: number }> {
  const [row] = await sql<{ both: number; a: number; b: number }[]>`
    select count(*) filter (where a is not null and b is not null)::int as both, count(*) filter (where b is null)::int as a, count(*) filter (where a is null)::int as b
      from (select channel_id, id as a from indicator_check where run_id = ${before}) x
      full join (select channel_id, id as b from indicator_check where run_id = ${after}) y using (channel_id)`
  return { both: row?.both ?? 0, only_before: row?.a ?? 0, only_after: row?.b ?? 0 }
}

async function verdictsOf({ db: { sql } }: Ctx, before: number, after: number): Promise<DiffedRuns['verdicts']> {
  return sql<DiffedRuns['verdicts'][number][]>`
    select a.verdict as before, b.verdict as after, count(*)::int as channels
      from indicator_check a join indicator_check b on b.channel_id = a.channel_id and b.run_id = ${after}
     where a.run_id = ${before} group by 1, 2 order by 1, 2`
}

/** The channels' two checks where their results or verdicts differ, page by page. */
async function* changedPairs({ db: { sql } }: Ctx, before: number, after: number): AsyncGenerator<[StoredCheck, StoredCheck]> {
  let from = 0
  for (;;) {
    const pairs = await sql<{ channel: number; a: number; b: number }[]>`
      select a.channel_id::int as channel, a.id::int as a, b.id::int as b
        from indicator_check a join indicator_check b on b.channel_id = a.channel_id and b.run_id = ${after}
       where a.run_id = ${before} and a.channel_id > ${from} and (a.results is distinct from b.results or a.verdict <> b.verdict)
       order by a.channel_id limit ${PAGE}`
    const checks = new Map((await storedChecks(sql, pairs.flatMap((p) => [p.a, p.b]))).map((c) => [c.id, c]))
    for (const { a, b } of pairs) {
      const [x, y] = [checks.get(a), checks.get(b)]
      if (x !== undefined && y !== undefined) yield [x, y]
    }
    const last = pairs.at(-1)
    if (last === undefined || pairs.length < PAGE) return
    from = last.channel
  }
}
