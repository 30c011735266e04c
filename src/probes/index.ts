import { attachments } from './attachments.ts'
import { availability } from './availability.ts'
import { forgedDatesProbe } from './forged-dates.ts'
import { hijack } from './hijack.ts'
import { identity } from './identity.ts'
import { interaction } from './interaction.ts'
import { interpretation } from './interpretation.ts'
import { ipv6 } from './ipv6.ts'
import { letters } from './letters.ts'
import { links } from './links.ts'
import { runProbes as runAll } from './run.ts'
import { search } from './search.ts'
import { services } from './services.ts'
import { tags } from './tags.ts'
import { tls } from './tls.ts'
import type { Fault, Probe, ProbeContext, ProbeRun } from './types.ts'

/** Every probe: one file and one line. */
export const PROBES: readonly Probe[] = [
  links,
  attachments,
  search,
  interaction,
  letters,
  services,
  interpretation,
  tags,
  identity,
  ipv6,
  tls,
  hijack,
  availability,
  forgedDatesProbe,
]

/** Tries the probes named, or all that can be tried with what was handed in. Never rejects but for an unknown id. */
export function runProbes(which: 'all' | readonly string[], context: ProbeContext): Promise<readonly ProbeRun[]> {
  return runAll(PROBES, which, context)
}

/** What a stored value says does not work; none where it was not understood. */
export function faultsOf(id: string, value: unknown): readonly Fault[] {
  const probe = PROBES.find((p) => p.id === id)
  const parsed = probe?.value.safeParse(value)
  return probe?.faults === undefined || parsed?.success !== true ? [] : probe.faults(parsed.data as never)
}

export { availabilityOf } from './availability.ts'
export type { Availability, CanaryFailure } from './availability.ts'
export { forgedDates } from './forged-dates.ts'
export { isKnownYear, isWorkday, workingDaysBetween } from './workdays.ts'
export { BUILTIN_RECIPES, recipeFor } from './recipes/builtin.ts'
export { recipeSchema } from './recipes/schema.ts'
export { testRecipe } from './recipes/test.ts'
export type { RecipeTest } from './recipes/test.ts'
export { isInternal as isInternalHost } from './links/collect.ts'
export { viewPage, wallOf } from './page.ts'
export type { Recipe } from './recipes/schema.ts'
export type { Ask, Fault, ItemRow, Probe, ProbeColumn, ProbeContext, ProbeNeed, ProbeReply, ProbeRequest, ProbeResult, ProbeRun, ProbeStep, RenderAsked, RenderedReply, SeriesVisit, Trial } from './types.ts'
