import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { personFinding } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina, isDay } from '../../domain/date.ts'
import { requireInScope } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { applies } from '../../standard/function-type.ts'
import { canonical, digest, edition, parseFinding } from '../../standard/index.ts'
import type { PersonFinding } from '../../standard/index.ts'
import { factsForCheck } from '../facts.ts'
import { CHECKERS } from '../scope.ts'

const SHA256 = z.string().regex(/^[0-9a-fA-F]{64}$/, 'a SHA-256, 64 hex digits').transform((s) => s.toLowerCase())
const input = z.strictObject({
  channel: z.number().int().positive(),
  indicator: z.string().trim().min(1),
  standard: z.string().default('gov-2019'),
  /** Who looked: a person, by name. */
  by: z.string().trim().min(1, 'who looked must be named'),
  answers: z.record(z.string(), z.union([z.boolean(), z.number()])),
  evidence: z.array(SHA256).default([]),
  places: z.array(z.strictObject({ question: z.string(), url: z.string().optional(), note: z.string().min(1) })).optional(),
  note: z.string().trim().min(1).optional(),
  /** When the person looked; now, to the minute, unless given. */
  at: z.date().optional(),
  /** The day for which it holds; the day of looking unless given. */
  on: z.string().refine(isDay, 'a day YYYY-MM-DD').optional(),
})

export type RecordFindingInput = z.input<typeof input>
export type RecordedFinding = PersonFinding & {
  readonly id: number
  readonly channel: number
  readonly digest: string
  /** Cited hashes of which this installation keeps no bytes: whoever cites them must keep them. */
  readonly unknown_evidence: readonly string[]
}

/**
 * Records what a named person found for one indicator of one channel, with answers to the very questions of its form.
 * Throws `not_found` for an unknown channel or indicator, `bad_input` where the answers do not fit or lie in the future.
 */
export async function recordFinding({ ctx, input: given }: { ctx: Ctx; input: RecordFindingInput }): Promise<RecordedFinding> {
  requireRole(ctx.actor, CHECKERS)
  if (given.by.trim() === '') throw bad('请写明核查人姓名', 'who looked must be named')
  const odd = given.evidence?.find((e) => !/^[0-9a-fA-F]{64}$/.test(e))
  if (odd !== undefined) throw bad(`证据应以 SHA-256(64 位十六进制)指明,收到“${odd}”`, `evidence is named by its SHA-256, 64 hex digits, not ${odd}`)
  const { channel, indicator, standard, by, answers, evidence, places, note, ...when } = input.parse(given)
  const now = ctx.clock.now()
  const at = when.at ?? new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const on = when.on ?? dayInChina(at)
  const rule = edition(standard).rules.find((r) => r.id.toLowerCase() === indicator.toLowerCase())
  if (rule === undefined) throw new HuoshuiError('not_found', { zh: `标准“${standard}”中没有指标“${indicator}”`, en: `standard ${standard} has no indicator ${indicator}` })
  if (at.getTime() > now.getTime() || on > dayInChina(now)) throw bad('核查时间不能在将来', 'nobody has looked yet at a time to come')
  const finding = parseFinding(rule, { by, at, on, value: answers, evidence, ...(places === undefined ? {} : { places }), ...(note === undefined ? {} : { note }) })
  if (canonical(finding).includes('\\u0000')) throw bad('填报内容含有无法保存的字符', 'the finding holds a character that cannot be kept')

  const [facts] = await factsForCheck({ ctx, channelIds: [channel], asOf: now, seed: null })
  if (facts === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${channel} 的渠道`, en: `there is no channel ${channel}` })
  const [place] = await ctx.db.sql<{ region: string | null }[]>`select region_code as region from channel where id = ${channel}`
  await requireInScope(ctx.db.orm, ctx.actor, place?.region ?? null)
  if (!applies(facts.channel, rule.appliesTo)) throw bad(`指标 ${rule.id} 不适用于渠道“${facts.channel.name}”`, `indicator ${rule.id} does not apply to ${facts.channel.name}`)

  const kept = await ctx.db.sql<{ sha256: string }[]>`select sha256 from evidence where sha256 = any(${[...finding.evidence]})`
  const known = new Set(kept.map((k) => k.sha256))
  const mark = digest({ channel, standard, ...finding })
  return ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.insert(personFinding).values({
      channelId: channel, edition: standard, indicator: rule.id, by: finding.by, at, on, answers: { ...finding.value },
      places: finding.places === undefined ? null : [...finding.places], evidence: [...finding.evidence], note: finding.note ?? null,
      digest: mark, recordedAt: now, recordedBy: ctx.actor,
    }).returning({ id: personFinding.id })
    if (row === undefined) throw new Error('the finding was not written')
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{
      verb: 'finding.record', entity: 'channel', entityId: channel,
      detail: { finding: row.id, indicator: rule.id, standard, by: finding.by, on, answers: finding.value, evidence: finding.evidence, digest: mark },
    }])
    return { id: row.id, channel, ...finding, digest: mark, unknown_evidence: finding.evidence.filter((e) => !known.has(e)) }
  })
}

const bad = (zh: string, en: string): HuoshuiError => new HuoshuiError('bad_input', { zh, en })
