import { z } from 'zod'
import { PROBES } from '../probes/index.ts'

const isProbe = (id: string): boolean => PROBES.some((p) => p.id === id)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day as HH:MM')
const minutes = (t: string): number => Number(t.slice(0, 2)) * 60 + Number(t.slice(3, 5))

/** Minutes of the day (China's time) in which crawling is allowed, over all windows; 0 means never. */
function allowedMinutes(windows: readonly Window[]): number {
  let free = 0
  for (let m = 0; m < 1440; m++) if (!windows.some((w) => inWindow(w, m))) free++
  return free
}

export type Window = { readonly from: string; readonly to: string }

/** Is that minute of the day (0-1439) inside? A window may run over midnight; its end is outside. */
export function inWindow(window: Window, minute: number): boolean {
  const from = minutes(window.from)
  const to = minutes(window.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}

/** What one policy row may say. Each setting is taken from the most particular scope that gives it. */
export const policySettings = z.strictObject({
  intervalDays: z.number().min(0.04).max(90).optional().describe('Visit at least every so many days'),
  marginDays: z.number().int().min(0).max(30).optional().describe('Begin to look so many days before the limit is reached'),
  auditShare: z.number().min(0).max(1).optional().describe('Share of channels looked at on any day though nothing is due'),
  windows: z.array(z.strictObject({ from: clock, to: clock })).max(10).optional().describe('Times of day (China) when not to crawl'),
  visitsPerDay: z.number().int().min(1).max(96).optional().describe('Visits a day, evenly spread: for the site-down rule'),
  maxIntervalDays: z.number().int().min(1).max(90).optional().describe('Never unvisited for longer, whatever else says'),
  paused: z.boolean().optional().describe('No visits at all, but those asked for by run'),
  ignoreRobots: z.boolean().optional().describe('Own sites: robots.txt may be passed over'),
  pace: z.number().int().min(0).max(600_000).optional().describe('Milliseconds between two requests to one host'),
  hostConcurrency: z.number().int().min(1).max(64).optional().describe('Requests at once to one host'),
  probes: z.union([z.enum(['all', 'none']), z.array(z.string().refine(isProbe, 'no such probe')).min(1).max(50)]).optional().describe('Functions of a website that are tried: all, none, or the ids of probes'),
  probeIntervalDays: z.number().min(0.04).max(90).optional().describe('Functions are tried every so many days'),
  probePosts: z.boolean().optional().describe('Own sites: a probe may send the POST that its manifest says it sends (a search that takes nothing else)'),
}).check((ctx) => {
  if (ctx.value.windows !== undefined && allowedMinutes(ctx.value.windows) < 60) {
    ctx.issues.push({ code: 'custom', input: ctx.value.windows, path: ['windows'], message: 'the windows leave less than an hour a day for crawling' })
  }
})

export type PolicySettings = z.infer<typeof policySettings>

/** A policy with nothing left open but what has no default. */
export type Policy = PolicySettings & Required<Pick<PolicySettings, 'marginDays' | 'auditShare' | 'windows' | 'maxIntervalDays' | 'paused' | 'ignoreRobots' | 'probes' | 'probeIntervalDays' | 'probePosts'>>

export const DEFAULT_POLICY: Policy = { marginDays: 1, auditShare: 0.02, windows: [], maxIntervalDays: 14, paused: false, ignoreRobots: false, probes: 'all', probeIntervalDays: 7, probePosts: false }

export const SCOPES = ['all', 'kind', 'region', 'organisation', 'channel'] as const
export type Scope = (typeof SCOPES)[number]
