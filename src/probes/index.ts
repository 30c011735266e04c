import { attachments } from './attachments.ts'
import { interaction } from './interaction.ts'
import { letters } from './letters.ts'
import { links } from './links.ts'
import { runProbes as runAll } from './run.ts'
import { search } from './search.ts'
import type { Probe, ProbeContext, ProbeRun } from './types.ts'

/** Every probe: one file and one line. */
export const PROBES: readonly Probe[] = [
  links,
  attachments,
  search,
  interaction,
  letters,
]

/** Tries the probes named, or all that can be tried with what was handed in. Never rejects but for an unknown id. */
export function runProbes(which: 'all' | readonly string[], context: ProbeContext): Promise<readonly ProbeRun[]> {
  return runAll(PROBES, which, context)
}

export type { Ask, ItemRow, Probe, ProbeColumn, ProbeContext, ProbeNeed, ProbeReply, ProbeRequest, ProbeResult, ProbeRun, RenderAsked, RenderedReply, SeriesVisit, Trial } from './types.ts'
