import type { Ctx } from '../../db/context.ts'
import type { Day } from '../domain/date.ts'
import type { Witness } from '../domain/witness.ts'
import { isKind, kindGroup } from '../domain/kinds.ts'
import type { ChannelFacts } from '../standard/index.ts'
import { knownOutcome as outcome } from './known-outcome.ts'
import { gatherRows } from './rows.ts'
import type { GatheredRows } from './rows.ts'

/**
 * Gathers what was stored about channels into the plain facts that a verdict is a function of. Set-based: a handful
 * of statements however many channels are asked for. Rows written after `asOf` are left out, so that a verdict can be
 * made for a past moment.
 */
export async function gatherFacts({ ctx, channelIds, asOf }: { ctx: Ctx; channelIds: readonly number[]; asOf: Date }): Promise<ChannelFacts[]> {
  const rows = await gatherRows(ctx.db.sql, channelIds, asOf)
  return rows.channels.map((c) => factsOf(c, rows, asOf))
}

function factsOf(c: GatheredRows['channels'][number], rows: GatheredRows, asOf: Date): ChannelFacts {
  const kind = isKind(c.kind) ? c.kind : 'other'
  const home = rows.homes.get(c.id)
  const consultation = rows.consultations.get(c.id)
  const posts = rows.accounts.get(c.id)
  const probes = rows.probes.get(c.id)
  return {
    channel: {
      id: c.id,
      kind,
      name: c.name,
      address: c.address,
      functionType: c.functionType === 'publishing' || c.functionType === 'service' ? c.functionType : null,
      openedOn: c.openedOn,
      runningStatus: c.runningStatus,
      filingStatus: c.filingStatus,
      organisationId: c.organisationId,
      regionCode: c.regionCode,
      siteCode: c.siteCode,
      exemptions: (rows.exemptions.get(c.id) ?? []).map(({ from, until, reason }) => ({ from, until, reason })),
    },
    asOf,
    visits: (rows.visits.get(c.id) ?? []).map((v) => ({
      at: v.at,
      outcome: outcome(v.outcome),
      ...(v.ms === null ? {} : { ms: v.ms }),
      ...(v.outcome === 'own_network' ? { ownNetwork: true } : {}),
    })),
    ...(home === undefined ? {} : {
      home: {
        at: home.at,
        outcome: outcome(home.outcome),
        newest: home.value.newest,
        witness: home.value.witness,
        evidence: home.evidence,
        navigationOnly: home.value.navigationOnly,
        everyRowDated: home.value.everyRowDated,
        ...(home.value.navigationRead === undefined ? {} : { navigationRead: home.value.navigationRead }),
      },
    }),
    columns: (rows.columns.get(c.id) ?? []).map((s) => ({
      id: s.id,
      url: s.url,
      name: s.name,
      class: s.class,
      level: s.level,
      newest: s.newest,
      witness: s.witness,
      outcome: outcome(s.outcome),
      observedAt: s.observedAt,
      empty: s.empty,
      ...(s.list === null ? {} : { list: s.list }),
      firstSeenOn: s.firstSeenOn,
      evidence: s.evidence,
      ...(s.thresholdDays === null ? {} : { thresholdDays: s.thresholdDays }),
    })),
    ...(posts === undefined ? {} : {
      posts: {
        newest: posts.value.newest,
        witness: posts.value.witness,
        source: posts.value.source,
        outcome: outcome(posts.outcome),
        ...publishedBefore(posts.outcome, rows.empty.get(c.id)),
        observedAt: posts.at,
        ...(posts.value.attestedOn === undefined ? {} : { attestedOn: posts.value.attestedOn }),
        ...(posts.value.of === undefined ? {} : { of: posts.value.of }),
        emptySince: rows.empty.get(c.id)?.since ?? null,
        evidence: posts.evidence,
      },
    }),
    gone: (rows.gone.get(c.id) ?? []).map((g) => ({ at: g.at, outcome: outcome(g.outcome), evidence: g.evidence })),
    duplicates: c.organisationId === null || kindGroup(kind) !== 'new_media' ? [] : (rows.siblings.get(`${c.organisationId}:${kind}`) ?? [])
      .filter((d) => d.channelId !== c.id)
      .map((d) => ({ channelId: d.channelId, name: d.name, newest: d.newest as Day | null, openedOn: d.openedOn as Day | null })),
    ...(consultation === undefined ? {} : {
      consultation: {
        at: consultation.at,
        outcome: outcome(consultation.outcome),
        entries: consultation.value.entries,
        wholeHomeRead: consultation.value.wholeHomeRead,
        evidence: consultation.evidence,
      },
    }),
    lateItems: rows.lateItems.get(c.id) ?? [],
    ...(probes === undefined ? {} : { probes }),
  }
}

/** What shows nothing now, but was seen to publish before, has not "never published": it is as old as its newest post that was known. */
function publishedBefore(now: string, empty: ReturnType<GatheredRows['empty']['get']>): { newest: Day; witness: Witness | null; outcome: 'ok' } | Record<string, never> {
  const before = now === 'ok_empty' ? empty?.before ?? null : null
  return before === null ? {} : { newest: before.newest, witness: before.witness, outcome: 'ok' }
}
