import { mean, quantile, round, slope, standardError } from '../load/figures.ts'
import type { Real, Sample } from './real.ts'

/** Seconds at the start that are left out of rates and of the leak's fit: the process warms up, caches fill. */
const WARM = 0.2
const NIGHT_HOURS = 10

type Spread = { readonly mean: number; readonly low: number; readonly high: number }
/** Mean and two standard errors either side. */
const spread = (of: readonly number[]): Spread => ({ mean: mean(of), low: mean(of) - 2 * standardError(of), high: mean(of) + 2 * standardError(of) })

function rates(samples: readonly Sample[], of: (s: Sample) => number): number[] {
  return samples.slice(1).map((s, i) => {
    const before = samples[i] ?? s
    return (of(s) - of(before)) / (s.at - before.at)
  })
}

export type Summary = ReturnType<typeof summarise>

/** What the measured minutes say, and what follows from them for the whole night. */
export function summarise(real: Real) {
  const { samples } = real
  const end = samples.at(-1)
  const steady = samples.filter((s) => s.at >= (end?.at ?? 0) * WARM)
  const visits = spread(rates(steady, (s) => s.visits))
  const sites = spread(rates(steady, (s) => s.sites))
  const pages = spread(rates(steady, (s) => s.pages))
  const heaps = steady.flatMap((s) => (s.heap === null ? [] : [[s.at / 3600, s.heap] as const]))
  const leak = slope(heaps)
  const hours = (rate: number): number => real.due / Math.max(rate, 1e-9) / 3600
  const total = samples.map((s) => s.huoshui.pss + s.postgres.pss)
  const done = end?.visits ?? 0
  return {
    measured_seconds: round(real.seconds, 0), due: real.due, visited: done, coverage_so_far: round(done / real.due, 4), twice: real.twice, outcomes: real.outcomes,
    visits_per_s: visits, sites_per_s: sites, pages_per_s: pages,
    whole_night_hours: { expected: hours(visits.mean), best: hours(visits.high), worst: hours(visits.low) },
    websites_hours: { expected: real.dueSites / sites.mean / 3600, worst: real.dueSites / Math.max(sites.low, 1e-9) / 3600 },
    coverage_by_six: Math.min(1, (visits.low * NIGHT_HOURS * 3600) / real.due),
    memory_mb: {
      huoshui_rss_peak: round(Math.max(...samples.map((s) => s.huoshui.rss)), 0), heap_end: round(end?.heap ?? Number.NaN),
      postgres_pss_peak: round(Math.max(...samples.map((s) => s.postgres.pss)), 0), total_peak: round(Math.max(...total), 0),
    },
    leak_mb_per_hour: { slope: round(leak.slope), two_standard_errors: round(2 * leak.error), after_8_hours_mb: round(leak.slope * 8, 0) },
    cpu_s: { huoshui: round(end?.huoshui.cpu ?? 0), postgres: round(end?.postgres.cpu ?? 0), served_sites: round(real.sitesCpu), per_1000_pages: round((((end?.huoshui.cpu ?? 0) + (end?.postgres.cpu ?? 0)) / Math.max(1, end?.pages ?? 0)) * 1000, 2) },
    cores_used: round(((end?.huoshui.cpu ?? 0) + (end?.postgres.cpu ?? 0)) / real.seconds, 2),
    database: { mb: real.databaseMb, mb_per_1000_visits: round((real.databaseMb / Math.max(1, done)) * 1000) },
    politeness: real.book, looks: real.looks, console_ms: real.consoleMs, probe_runs: real.probeRuns,
    site_visit_s: { p50: round(quantile(real.took.filter((t) => t.kind === 'website').map((t) => t.seconds), 0.5)), p95: round(quantile(real.took.filter((t) => t.kind === 'website').map((t) => t.seconds), 0.95)) },
  }
}

/** One line a figure, with its bar where it has one. */
export function lines(s: Summary): string[] {
  const of = (x: Spread, digits = 2): string => `${round(x.mean, digits)} (${round(x.low, digits)} to ${round(x.high, digits)})`
  return [
    `measured ${s.measured_seconds} s: ${s.visited} of ${s.due} due channels visited, ${s.twice} twice`,
    `outcomes: ${Object.entries(s.outcomes).sort((a, b) => b[1] - a[1]).map(([k, n]) => `${k} ${n}`).join(', ')}`,
    `visits a second ${of(s.visits_per_s)}, of websites ${of(s.sites_per_s)}; pages a second ${of(s.pages_per_s)} (mean and two standard errors)`,
    `a website's visit takes ${s.site_visit_s.p50} s (95 of 100 under ${s.site_visit_s.p95} s), pacing included`,
    `whole night: ${round(s.whole_night_hours.expected, 2)} h (${round(s.whole_night_hours.best, 2)} to ${round(s.whole_night_hours.worst, 2)} h); the window is ${NIGHT_HOURS} h`,
    `coverage by 06:00, by the lower rate: ${round(s.coverage_by_six * 100)} %`,
    `memory: Huoshui ${s.memory_mb.huoshui_rss_peak} MB resident, PostgreSQL ${s.memory_mb.postgres_pss_peak} MB, together at most ${s.memory_mb.total_peak} MB (bar 4,000)`,
    `heap after collection ${s.memory_mb.heap_end} MB; ${s.leak_mb_per_hour.slope} ± ${s.leak_mb_per_hour.two_standard_errors} MB an hour, ${s.leak_mb_per_hour.after_8_hours_mb} MB in 8 h`,
    `CPU: Huoshui ${s.cpu_s.huoshui} s, PostgreSQL ${s.cpu_s.postgres} s (${s.cores_used} cores; ${s.cpu_s.per_1000_pages} s a thousand pages); the served sites ${s.cpu_s.served_sites} s apart`,
    `database ${s.database.mb} MB`,
    `politeness, seen by ${s.politeness.hosts} hosts over ${s.politeness.requests} requests: at most ${s.politeness.atOnce} at once; gaps at least ${round(s.politeness.leastGap, 0)} ms, 99 of 100 above ${round(s.politeness.p1Gap, 0)} ms, 95 above ${round(s.politeness.p5Gap, 0)} ms; at most ${s.politeness.mostIn10s} in any 10 s`,
    `availability weeks: ${s.looks.looks} looks of ${s.looks.due} due; late by ${round(s.looks.lateP50)} s (median), ${round(s.looks.lateP95)} s (p95), ${round(s.looks.lateMax)} s at most`,
    `functions tried on ${s.probe_runs} websites`,
    `console: ${s.console_ms.asked} requests, p50 ${round(s.console_ms.p50, 0)} ms, p95 ${round(s.console_ms.p95, 0)} ms, at most ${round(s.console_ms.max, 0)} ms; ${s.console_ms.failed} failed`,
  ]
}
