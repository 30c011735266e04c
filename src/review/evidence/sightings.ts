import type { Ctx } from '../../../db/context.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { PACK_ROWS } from '../../domain/look-back.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import { knownOutcome } from '../known-outcome.ts'
import type { CandidateFile } from '../show-candidate.ts'
import type { Mark } from './timeline.ts'

/** One observation as the pack's table shows it. */
export type Sighting = { readonly at: string; readonly about: string; readonly outcome: string; readonly newestOn: Day | null; readonly evidence: readonly string[] }

/** What was observed of the candidate's channel, the newest first, at most 300 rows. */
export async function sightingsOf({ ctx, input: { channel } }: { ctx: Pick<Ctx, 'db'>; input: { channel: number } }): Promise<Sighting[]> {
  const rows = await ctx.db.sql<(Omit<Sighting, 'at'> & { at: Date })[]>`
    select o.at, case when o.about = 'column' then '栏目 ' || coalesce(s.name, '') else o.about end as about, o.outcome, o.newest_on::text as "newestOn",
           coalesce(o.evidence, '{}') as evidence
      from observation o left join site_column s on s.id = o.column_id
     where o.channel_id = ${channel} order by o.at desc, o.id desc limit ${PACK_ROWS}`
  return rows.map((r) => ({ ...r, at: r.at.toISOString() }))
}

/** The marks of the time line: each day's sightings, the newest publication, the day the rule broke, every step. */
export function marksOf(file: CandidateFile, sightings: readonly Sighting[]): Mark[] {
  const day = (iso: string): Day => dayInChina(new Date(iso))
  const marks: Mark[] = sightings.map((s) => ({ on: day(s.at), what: OUTCOMES[knownOutcome(s.outcome)].group }))
  if (file.newest !== null) marks.push({ on: file.newest, what: 'newest' })
  if (file.since !== null) marks.push({ on: file.since, what: 'since' })
  marks.push(...file.steps.map((s): Mark => ({ on: day(s.at), what: 'step' })))
  const once = new Map(marks.map((m) => [`${m.on} ${m.what}`, m]))
  return [...once.values()]
}
