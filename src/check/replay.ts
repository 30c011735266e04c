import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'
import { digest, edition, replay } from '../standard/index.ts'
import type { ChannelFacts, Score } from '../standard/index.ts'
import { factsForCheck } from './facts.ts'
import { storedCheck, storedFacts } from './stored.ts'

const input = z.strictObject({ check: z.number().int().positive() })

export type Replayed = {
  readonly check: number
  readonly standard: string
  readonly as_of: string
  /** The stored facts give the stored results and score again. */
  readonly same: boolean
  readonly verdict: { readonly stored: Score['verdict']; readonly replayed: Score['verdict'] }
  /** Indicators that came out otherwise. */
  readonly differ: readonly string[]
  /**
   * Facts gathered anew for the same moment: are they those stored, and which parts are not? `same` is null, and `why` says so, where the
   * observations of that moment are rolled up: the result stands on the stored facts alone.
   */
  readonly facts: { readonly same: boolean | null; readonly changed: readonly string[]; readonly why?: Text }
}

/**
 * Runs a stored check again, for its own moment, from its stored facts; and gathers the facts of that moment anew to say
 * whether the register or late findings have changed them since. Throws `not_found`; `conflict` where the standard or the
 * evaluators are no longer those of the check.
 */
export async function replayCheck({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Replayed> {
  const { check: id } = input.parse(given)
  const [stored, facts] = await Promise.all([storedCheck(ctx.db.sql, id), storedFacts(ctx.db.sql, id)])
  const { record } = stored
  const again = replay(record, facts, edition(stored.edition))
  const before = new Map(record.results.map((r) => [r.id, digest(r.result)]))
  const differ = again.results.filter((r) => before.get(r.id) !== digest(r.result)).map((r) => r.id)
  return {
    check: id, standard: stored.edition, as_of: record.at.toISOString(),
    same: differ.length === 0 && again.results.length === record.results.length && digest(again.score) === digest(record.score),
    verdict: { stored: record.score.verdict, replayed: again.score.verdict },
    differ,
    facts: await compared(ctx, record.at, facts),
  }
}

async function compared(ctx: Ctx, asOf: Date, stored: ChannelFacts): Promise<Replayed['facts']> {
  try {
    const [now] = await factsForCheck({ ctx, channelIds: [stored.channel.id], asOf, seed: null })
    const changed = now === undefined ? ['channel'] : changedParts(stored, now)
    return { same: changed.length === 0, changed }
  } catch (error) {
    if (!(error instanceof HuoshuiError) || error.code !== 'conflict') throw error
    return { same: null, changed: [], why: error.text }
  }
}

/** Parts of the facts whose digests differ. */
function changedParts(a: ChannelFacts, b: ChannelFacts): string[] {
  const [left, right] = [parts(a), parts(b)]
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key)).sort()
}

function parts({ samples: _, ...facts }: ChannelFacts): Map<string, string> {
  return new Map(Object.entries(facts).filter(([, v]) => v !== undefined).map(([key, v]) => [key, digest(v)]))
}
