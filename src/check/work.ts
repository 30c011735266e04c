import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Text } from '../domain/text.ts'
import { check, edition as editionById, workList } from '../standard/index.ts'
import type { Question } from '../standard/index.ts'
import { factsForCheck } from './facts.ts'
import { seedOf } from './run.ts'
import { BATCH, batches, chooseChannels, monitoringPoint, scopeInput } from './scope.ts'

const input = z.strictObject({ ...scopeInput, seed: z.string().trim().min(1).optional(), limit: z.number().int().min(1).max(20_000).default(500) })

/** One thing to look at: the indicator's form for one channel, with the sample drawn and the leads at hand. */
export type WorkItem = {
  readonly channel: { readonly id: number; readonly name: string; readonly address: string | null }
  readonly indicator: string
  readonly item: Text
  readonly clause: Text
  readonly ask: Text
  readonly questions: readonly Question[]
  /** What was drawn to look at; empty where the rule draws nothing. */
  readonly sample: readonly { readonly name: string; readonly drawn: readonly string[] }[]
  /** Suspicions of the crawler; never part of a verdict. */
  readonly leads: readonly Text[]
}

/**
 * What waits for a person's eye: for each channel every form that observations and signed findings leave open at the
 * moment. At most `limit` items; `more` says whether there were others.
 */
export async function listWork({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ items: WorkItem[]; more: boolean }> {
  const { channels, standard, limit, ...rest } = input.parse(given)
  const edition = editionById(standard)
  const asOf = monitoringPoint(ctx, rest.asOf)
  const seed = rest.seed ?? seedOf(edition.id, asOf)
  const items: WorkItem[] = []
  for (const batch of batches(await chooseChannels(ctx, channels), BATCH)) {
    for (const facts of await factsForCheck({ ctx, channelIds: batch, asOf, seed })) {
      const { id, name, address } = facts.channel
      for (const { indicator, leads, samples } of workList(check(facts, edition, asOf, seed), edition)) {
        if (items.length === limit) return { items, more: true }
        items.push({
          channel: { id, name, address: address ?? null }, indicator: indicator.id, item: indicator.item, clause: indicator.clause,
          ask: indicator.form?.ask ?? indicator.clause, questions: indicator.form?.questions ?? [],
          sample: samples.map((s) => ({ name: s.of, drawn: s.drawn })), leads,
        })
      }
    }
  }
  return { items, more: false }
}
