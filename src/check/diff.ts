import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import { diff } from '../standard/index.ts'
import type { CheckDiff } from '../standard/index.ts'
import { storedCheck } from './stored.ts'

const input = z.strictObject({ before: z.number().int().positive(), after: z.number().int().positive() })

export type DiffedChecks = {
  readonly channel: { readonly id: number; readonly name: string }
  readonly before: { readonly check: number; readonly standard: string; readonly as_of: string }
  readonly after: { readonly check: number; readonly standard: string; readonly as_of: string }
  /** Points, not tenths. */
  readonly changes: readonly { readonly id: string; readonly what: string; readonly before: Side; readonly after: Side }[]
} & Omit<CheckDiff, 'changes'>
type Side = { readonly answer: string; readonly points: number } | null

/** What changed between two stored checks of one channel. Throws `not_found`, and `bad_input` for two channels. */
export async function diffChecks({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<DiffedChecks> {
  const { before, after } = input.parse(given)
  const [a, b] = await Promise.all([storedCheck(ctx.db.sql, before), storedCheck(ctx.db.sql, after)])
  if (a.record.channelId !== b.record.channelId) {
    throw new HuoshuiError('bad_input', { zh: `检查 ${before} 与 ${after} 不是同一渠道的`, en: `checks ${before} and ${after} are of different channels` })
  }
  const { changes, ...rest } = diff(a.record, b.record)
  const side = (x: { answer: string; tenths: number } | null): Side => (x === null ? null : { answer: x.answer, points: x.tenths / 10 })
  const head = (s: typeof a) => ({ check: s.id, standard: s.edition, as_of: s.record.at.toISOString() })
  return {
    channel: { id: b.record.channelId, name: b.channel.name }, before: head(a), after: head(b),
    changes: changes.map((c) => ({ id: c.id, what: c.what, before: side(c.before), after: side(c.after) })), ...rest,
  }
}
