import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import { diff } from '../standard/index.ts'
import type { CheckChange, CheckDiff } from '../standard/index.ts'
import { sheetOf } from './json.ts'
import { storedCheck } from './stored.ts'
import type { StoredCheck } from './stored.ts'

const input = z.strictObject({ before: z.number().int().positive(), after: z.number().int().positive() })

export type DiffedChecks = {
  readonly channel: { readonly id: number; readonly name: string }
  readonly before: { readonly check: number; readonly standard: string; readonly as_of: string }
  readonly after: { readonly check: number; readonly standard: string; readonly as_of: string }
  readonly changes: readonly ChangeJson[]
} & Omit<CheckDiff, 'changes'>
/** One indicator's change. Points are those of the sheet: never beyond the cap. */
export type ChangeJson = { readonly id: string; readonly what: CheckChange['what']; readonly before: Side; readonly after: Side }
type Side = { readonly answer: string; readonly points: number } | null

/** What changed between two stored checks of one channel. Throws `not_found`, and `bad_input` for two channels. */
export async function diffChecks({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<DiffedChecks> {
  const { before, after } = input.parse(given)
  const [a, b] = await Promise.all([storedCheck(ctx.db.sql, before), storedCheck(ctx.db.sql, after)])
  if (a.record.channelId !== b.record.channelId) {
    throw new HuoshuiError('bad_input', { zh: `检查 ${before} 与 ${after} 不是同一渠道的;比较两个批次请用 --runs`, en: `checks ${before} and ${after} are of different channels; to compare two runs, say --runs` })
  }
  const { changes, ...rest } = diff(a.record, b.record)
  const head = (s: typeof a) => ({ check: s.id, standard: s.edition, as_of: s.record.at.toISOString() })
  return {
    channel: { id: b.record.channelId, name: b.channel.name }, before: head(a), after: head(b),
    changes: changesOf(a, b, changes), ...rest,
  }
}

/** The indicators whose answers or points differ. Points are those of the sheet: never beyond the cap. */
export function changesOf(before: StoredCheck, after: StoredCheck, changes: readonly CheckChange[]): ChangeJson[] {
  const [a, b] = [before, after].map((s) => new Map(sheetOf(s).map((r) => [r.id, r.points ?? 0])))
  const side = (x: CheckChange['before'], points: number | undefined): Side => (x === null ? null : { answer: x.answer, points: points ?? 0 })
  return changes.map(({ id, what, before: x, after: y }) => ({ id, what, before: side(x, a?.get(id)), after: side(y, b?.get(id)) }))
    .filter((c) => c.what !== 'points' || c.before?.points !== c.after?.points)
}
