import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { PROBES } from '../../probes/index.ts'
import { selected, selection } from '../week/start.ts'
import type { ProbeChannelArgs, ProbeSummary } from './channel.ts'
import { holdOne, letGo } from './claim.ts'

const input = z.object({
  selection,
  /** `all`, or ids; without them those of each channel's policy. */
  probes: z.union([z.literal('all'), z.array(z.string()).min(1)]).optional(),
})

export type ProbeRunInput = z.input<typeof input>
export type ProbeRuns = {
  /** Websites of the selection; tried; in another's hands; failed by a fault of ours. */
  readonly websites: number
  readonly tried: number
  readonly busy: number
  readonly failed: number
  readonly interrupted: boolean
}

type Args = {
  readonly ctx: Ctx
  readonly input: ProbeRunInput
  probe(args: ProbeChannelArgs): Promise<ProbeSummary>
  readonly atOnce: number
  readonly signal: AbortSignal
  readonly log: { warn(message: string): void }
  onRun?(summary: ProbeSummary, done: number, total: number): Promise<void> | void
}

/** Tries the functions of a selection of active websites now, whether or not they are due. Throws `bad_input`, `not_found`, `forbidden`. */
export async function probeNow({ ctx, input: raw, probe, atOnce, signal, log, onRun }: Args): Promise<ProbeRuns> {
  requireRole(ctx.actor, ['operations'])
  const given = input.safeParse(raw)
  if (!given.success) throw new HuoshuiError('bad_input', { zh: `探测设置有误:${z.prettifyError(given.error)}`, en: `Wrong selection: ${z.prettifyError(given.error)}` })
  const { selection: which, probes } = given.data
  for (const id of probes === 'all' ? [] : probes ?? []) {
    if (!PROBES.some((p) => p.id === id)) throw new HuoshuiError('bad_input', { zh: `没有名为“${id}”的探测,可用:${PROBES.map((p) => p.id).join('、')}`, en: `no probe is called ${id}; there are: ${PROBES.map((p) => p.id).join(', ')}` })
  }
  const found = await ctx.db.orm.execute<{ id: number }>(sql`
    select c.id::int as id from channel c where c.kind = 'website' and c.state = 'active' and ${selected(which)} and ${inScope(sql`c.region_code`, ctx.actor)} order by c.id`)
  const queue = [...found].map((c) => c.id)
  const total = queue.length
  if (total === 0) throw new HuoshuiError('not_found', { zh: '所选范围内没有在册的正常网站', en: 'there is no active website in the selection' })
  const count = { tried: 0, busy: 0, failed: 0 }
  const hand = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
      if (!(await holdOne(ctx.db.sql, id, ctx.clock.now()))) {
        count.busy++
        continue
      }
      try {
        const summary = await probe({ channelId: id, reason: 'asked', signal, ...(probes === undefined ? {} : { which: probes }) })
        count.tried++
        await onRun?.(summary, count.tried + count.busy + count.failed, total)
      } catch (error) {
        await letGo(ctx.db.sql, id)
        if (signal.aborted) return
        count.failed++
        log.warn(`probes: channel ${id}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, total)) }, hand))
  return { websites: total, ...count, interrupted: signal.aborted }
}
