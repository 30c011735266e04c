import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { requireRole } from '../domain/permit.ts'
import { HuoshuiError } from '../domain/error.ts'
import { makeResolver } from './resolve.ts'
import type { PolicyRow } from './resolve.ts'
import { policySettings, SCOPES } from './settings.ts'
import type { Policy, Window } from './settings.ts'
import { isForbidden } from './windows.ts'

const input = z.object({
  scope: z.enum(SCOPES),
  target: z.string().max(40).default(''),
  settings: z.record(z.string(), z.unknown()),
  /** Visits at once over all workers, for the time that a day's visits take. */
  concurrency: z.number().int().min(1).max(10_000),
})

/** What a policy would mean. Visits are a day's mean; times are HH:MM in China. */
export type PolicyPreview = {
  /** Channels that are visited and that the scope takes in. */
  readonly channels: number
  readonly visitsPerDay: number
  /** The same under the policies as they stand. */
  readonly visitsPerDayNow: number
  /** Mean seconds of a recent visit; null while none was made. */
  readonly visitSeconds: number | null
  /** When the day's crawling may begin: the end of the longest forbidden window, else midnight. */
  readonly opensAt: string
  /** When the day's visits are through, begun then; null where that is not known or takes longer than a day. */
  readonly doneBy: string | null
}

type Group = { kind: string; regionCode: string | null; organisationId: number | null; id: number; pressing: boolean; n: number }

/** Counts what a policy would mean before it is set. Nothing is written. Throws `bad_input`, `forbidden`. */
export async function previewPolicy({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<PolicyPreview> {
  requireRole(ctx.actor, ['operations'])
  const { scope, target, settings, concurrency } = input.parse(raw)
  const checked = policySettings.safeParse(Object.fromEntries(Object.entries(settings).filter(([, v]) => v !== null)))
  if (!checked.success) {
    const why = z.prettifyError(checked.error)
    throw new HuoshuiError('bad_input', { zh: `策略设置有误:${why}`, en: `Wrong policy: ${why}` })
  }
  const { sql } = ctx.db
  const stored = await sql<PolicyRow[]>`select scope, target, settings from policy`
  const rows = stored.map((r) => ({ ...r, settings: policySettings.parse(r.settings) }))
  const next = [...rows.filter((r) => r.scope !== scope || r.target !== target), { scope, target, settings: checked.data }]
  const named = (of: PolicyRow['scope']): number[] => next.filter((r) => r.scope === of).map((r) => Number(r.target))
  const [groups, parents, recent] = await Promise.all([
    groupsOf(ctx, scope, target, { channels: named('channel'), organisations: named('organisation') }), parentsOf(ctx),
    sql<{ seconds: number | null }[]>`
      select avg(extract(epoch from ended_at - started_at))::float8 as seconds from (select started_at, ended_at from visit order by started_at desc limit 2000) v`,
  ])
  const load = (policies: readonly PolicyRow[]): number => {
    const resolve = makeResolver(policies, parents)
    return groups.reduce((sum, g) => sum + g.n * rate(resolve(g), g.pressing), 0)
  }
  const visitsPerDay = load(next)
  const windows = checked.data.windows ?? []
  const visitSeconds = recent[0]?.seconds ?? null
  const opens = opening(windows)
  return {
    channels: groups.reduce((sum, g) => sum + g.n, 0),
    visitsPerDay: Math.round(visitsPerDay), visitsPerDayNow: Math.round(load(rows)), visitSeconds,
    opensAt: clock(opens), doneBy: visitSeconds === null ? null : end(windows, opens, (visitsPerDay * visitSeconds) / concurrency / 60),
  }
}

/** Visits a day of one channel: daily while it is pressing (near or past a limit, or to be looked at again), else now and then. */
function rate(p: Policy, pressing: boolean): number {
  if (p.paused) return 0
  if (p.visitsPerDay !== undefined) return p.visitsPerDay
  const often = 1 / Math.min(p.intervalDays ?? p.maxIntervalDays, p.maxIntervalDays)
  return pressing ? Math.max(1, often) : Math.max(often, Math.min(1, 1 / p.maxIntervalDays + p.auditShare))
}

/** Channels of the scope by what decides their policy; those with a policy of their own stand alone, and so do units that have one. */
async function groupsOf(ctx: Ctx, scope: string, target: string, own: { readonly channels: readonly number[]; readonly organisations: readonly number[] }): Promise<Group[]> {
  const { sql } = ctx.db
  const within = scope === 'all' ? sql`true`
    : scope === 'kind' ? sql`kind = ${target}`
    : scope === 'region' ? sql`region_code in (with recursive below(code) as (select ${target}::text union select r.code from region r join below b on r.parent_code = b.code) select code from below)`
    : scope === 'organisation' ? sql`organisation_id = ${Number(target)}`
    : sql`id = ${Number(target)}`
  return sql<Group[]>`
    select kind, region_code as "regionCode", case when organisation_id = any(${[...own.organisations]}::bigint[]) then organisation_id::int end as "organisationId",
      case when id = any(${[...own.channels]}::bigint[]) then id::int else 0 end as id,
      coalesce(due_reason in ('overdue', 'confirm', 'retry', 'first'), true) as pressing, count(*)::int as n
    from channel where state = 'active' and ${within} and ${scopeOf(sql, 'region_code', ctx.actor)} group by 1, 2, 3, 4, 5`
}

async function parentsOf(ctx: Ctx): Promise<Map<string, string | null>> {
  const rows = await ctx.db.sql<{ code: string; parent: string | null }[]>`select code, parent_code as parent from region where parent_code is not null`
  return new Map(rows.map((r) => [r.code, r.parent]))
}

const CHINA = 8 * 60
const at = (minute: number): Date => new Date((minute - CHINA) * 60_000)
const closed = (windows: readonly Window[], minute: number): boolean => isForbidden(windows, at(minute))
const clock = (minute: number): string => `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The minute of the day at which the longest forbidden stretch ends. */
function opening(windows: readonly Window[]): number {
  let best = { length: 0, end: 0 }
  for (let start = 0; start < 1440; start++) {
    if (closed(windows, start) && !closed(windows, start - 1)) {
      let length = 0
      while (length < 1440 && closed(windows, start + length)) length++
      if (length > best.length) best = { length, end: (start + length) % 1440 }
    }
  }
  return best.end
}

/** `minutes` of work from `start`, forbidden minutes left out. */
function end(windows: readonly Window[], start: number, minutes: number): string | null {
  let left = Math.ceil(minutes)
  let minute = start
  for (; left > 0; minute++) {
    if (minute - start >= 1440) return null
    if (!closed(windows, minute)) left--
  }
  return clock(minute)
}
