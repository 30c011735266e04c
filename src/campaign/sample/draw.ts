import { createHash } from 'node:crypto'
import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { inRegions, inScope } from '../../../db/scope.ts'
import { sample, sampleMember } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { KIND_IDS } from '../../domain/kinds.ts'
import { requireRole } from '../../domain/permit.ts'

const input = z.object({
  name: z.string().trim().min(1).max(100),
  seed: z.string().min(1).max(100),
  /** Percent of each stratum, at least; rounded up, so that no stratum with a channel goes unlooked at. */
  share: z.number().gt(0).max(100).multipleOf(0.1),
  regions: z.array(z.string().regex(/^[0-9Z]{6}(\d{3})?$/)).default([]),
  kinds: z.array(z.enum(KIND_IDS)).default([]),
})

export type SampleDrawn = { readonly id: number; readonly name: string; readonly population: number; readonly drawn: number; readonly strata: readonly Stratum[] }
export type Stratum = { readonly region: string | null; readonly kind: string; readonly population: number; readonly drawn: number }
type Member = { id: number; kind: string; identityKey: string; regionCode: string | null; city: string | null }

/**
 * Draws a sample of the running channels, stratified by city and kind. The same seed over the same register draws the
 * same channels: each is ranked by the SHA-256 of the seed and its identity, whatever its number in the database.
 * Throws `conflict` (name taken), `bad_input` (nothing in scope).
 */
export async function drawSample({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<SampleDrawn> {
  requireRole(ctx.actor, ['rectification', 'operations'])
  const { name, seed, share, regions, kinds } = input.parse(raw)
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const population = [...await tx.execute<Member>(q`
      with recursive up as (
        select code as leaf, code, level, parent_code from region
        union all select up.leaf, r.code, r.level, r.parent_code from up join region r on r.code = up.parent_code where up.level > 2),
      city as (select distinct on (leaf) leaf, code from up where level <= 2 order by leaf, level desc)
      select c.id::int, c.kind, c.identity_key as "identityKey", c.region_code as "regionCode", coalesce(city.code, c.region_code) as city
        from channel c left join city on city.leaf = c.region_code
       where c.state = 'active' and ${inRegions(q`c.region_code`, regions)} and ${inScope(q`c.region_code`, ctx.actor)}
         and (${kinds.length} = 0 or c.kind = any(${q.param(kinds)}::text[]))`)]
    if (population.length === 0) throw new HuoshuiError('bad_input', { zh: '所选范围内没有在运行的渠道', en: 'no running channel lies in this scope' })
    const { chosen, strata } = stratified(population, seed, share)
    const [made] = await tx.insert(sample)
      .values({ name, seed, share: Math.round(share * 10), scope: { regions, kinds }, drawnAt: now, drawnBy: ctx.actor, population: population.length })
      .onConflictDoNothing().returning({ id: sample.id })
    if (made === undefined) throw new HuoshuiError('conflict', { zh: `已有名为“${name}”的抽查`, en: `a sample named ${name} exists already` })
    for (let i = 0; i < chosen.length; i += 1000) {
      await tx.insert(sampleMember).values(chosen.slice(i, i + 1000).map((m) => ({ sampleId: made.id, channelId: m.id, kind: m.kind, regionCode: m.city })))
    }
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'sample.draw', entity: 'sample', entityId: made.id, detail: { name, seed, share, regions, kinds, population: population.length, drawn: chosen.length } }])
    return { id: made.id, name, population: population.length, drawn: chosen.length, strata }
  })
}

/** At least `share` percent of every stratum, in the order that the seed gives. Pure. */
export function stratified<M extends { kind: string; identityKey: string; city: string | null }>(population: readonly M[], seed: string, share: number): { chosen: M[]; strata: Stratum[] } {
  const strata = Map.groupBy(population, (m) => `${m.city ?? ''}\n${m.kind}`)
  const chosen: M[] = []
  const counts: Stratum[] = []
  for (const [, members] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ranked = members.map((m) => ({ m, rank: createHash('sha256').update(`${seed}\n${m.kind}\n${m.identityKey}`).digest('hex') })).sort((a, b) => (a.rank < b.rank ? -1 : 1))
    // In tenths of a percent and integers, so that 30 % of ten is three and not four.
    const n = Math.ceil((members.length * Math.round(share * 10)) / 1000)
    chosen.push(...ranked.slice(0, n).map((r) => r.m))
    counts.push({ region: members[0]?.city ?? null, kind: members[0]?.kind ?? '', population: members.length, drawn: n })
  }
  return { chosen, strata: counts }
}
