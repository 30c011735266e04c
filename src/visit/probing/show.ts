import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { PROBE_RUNS } from '../../domain/look-back.ts'
import { isObserved, OUTCOMES } from '../../domain/outcome.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { Text } from '../../domain/text.ts'
import { faultsOf, PROBES } from '../../probes/index.ts'

const input = z.object({ channel: z.coerce.number().int().positive() })

export type ShownFault = {
  readonly key: string
  readonly what: Text
  /** A lead for people, not a finding. */
  readonly suspicion: boolean
  /** First of the runs, without a break among those that saw it, in which it was so. */
  readonly since: string
}
export type ShownProbe = {
  readonly id: string
  /** Of the last run. */
  readonly at: string
  readonly outcome: string
  readonly note: string | null
  readonly cost: { readonly requests: number; readonly seconds: number } | null
  readonly value: unknown
  readonly evidence: readonly string[]
  /** What does not work, by the last run that saw it (`observedAt`; null where none did). */
  readonly observedAt: string | null
  readonly faults: readonly ShownFault[]
}
export type ShownProbes = {
  readonly channel: { readonly id: number; readonly name: string; readonly address: string }
  readonly last: { readonly at: string; readonly outcome: string; readonly detail: string | null; readonly requests: number; readonly seconds: number } | null
  readonly next: string | null
  readonly probes: readonly ShownProbe[]
}

type Seen = { id: string; at: Date; outcome: string; value: unknown; evidence: string[]; run: { id: string; note?: string; requests: number; seconds: number } | null }

/** What each probe last saw of a website, what does not work, since when, and by which evidence. Throws `bad_input`, `not_found`, `forbidden`. */
export async function showProbes({ ctx, input: raw }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof input> }): Promise<ShownProbes> {
  requireRole(ctx.actor, READERS)
  const given = input.safeParse(raw)
  if (!given.success) throw new HuoshuiError('bad_input', { zh: '渠道编号应为正整数', en: 'The channel is named by its number' })
  const { channel: id } = given.data
  const { sql } = ctx.db
  const [channel] = await sql<{ id: number; name: string; address: string; next: Date | null }[]>`
    select c.id::int as id, c.name, c.address, s.next_at as next from channel c left join probe_schedule s on s.channel_id = c.id where c.id = ${id} and ${scopeOf(sql, 'c.region_code', ctx.actor)}`
  if (channel === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `There is no channel ${id}` })
  const [[last], rows] = await Promise.all([
    sql<{ at: Date; outcome: string; detail: string | null; requests: number; seconds: number }[]>`
      select started_at as at, outcome, detail, requests, seconds::float8 as seconds from probe_run where channel_id = ${id} order by started_at desc, id desc limit 1`,
    sql<Seen[]>`
      select substr(o.about, 7) as id, o.at, o.outcome, o.value, coalesce(o.evidence, '{}') as evidence,
             (select p from jsonb_array_elements(r.probes) p where p->>'id' = substr(o.about, 7) limit 1) as run
        from (select id, probes, started_at from probe_run where channel_id = ${id} order by started_at desc, id desc limit ${PROBE_RUNS}) r join observation o on o.probe_run_id = r.id
       order by r.started_at desc, r.id desc`,
  ])
  const byProbe = Map.groupBy(rows, (r) => r.id)
  const shown = PROBES.flatMap((p) => {
    const of = byProbe.get(p.id)
    return of === undefined ? [] : [shownProbe(of)]
  })
  return {
    channel: { id: channel.id, name: channel.name, address: channel.address },
    last: last === undefined ? null : { ...last, at: last.at.toISOString() },
    next: channel.next?.toISOString() ?? null,
    probes: shown,
  }
}

/** `of`: the runs of one probe, the newest first. */
function shownProbe(of: readonly Seen[]): ShownProbe {
  const [newest] = of
  if (newest === undefined) throw new Error('a probe without a run')
  const observed = of.filter((o) => Object.hasOwn(OUTCOMES, o.outcome) && isObserved(o.outcome as Outcome)).map((o) => ({ at: o.at, faults: faultsOf(o.id, o.value) }))
  const [top] = observed
  return {
    id: newest.id, at: newest.at.toISOString(), outcome: newest.outcome, note: newest.run?.note ?? null,
    cost: newest.run === null ? null : { requests: newest.run.requests, seconds: newest.run.seconds },
    value: newest.value, evidence: newest.evidence, observedAt: top?.at.toISOString() ?? null,
    faults: (top?.faults ?? []).map((f) => {
      const end = observed.findIndex((o) => !o.faults.some((g) => g.key === f.key))
      const first = observed[(end === -1 ? observed.length : end) - 1] ?? top
      return { key: f.key, what: f.what, suspicion: f.suspicion === true, since: (first ?? newest).at.toISOString() }
    }),
  }
}
