import type { Policy } from '../schedule/index.ts'
import type { Terms } from './types.ts'

type Bound = { readonly organisationId: number | null; readonly ignoreRobots: boolean; readonly maxConcurrent: number | null }

/** What binds work on a registered channel: its organisation's terms and its policy. */
export function termsOf(subject: Bound, policy: Policy, now: Date, signal: AbortSignal): Terms {
  return {
    now, signal,
    ignoreRobots: subject.ignoreRobots || policy.ignoreRobots,
    pacing: {
      ...(policy.pace === undefined ? {} : { pace: policy.pace }),
      ...(policy.hostConcurrency === undefined ? {} : { atOnce: policy.hostConcurrency }),
      ...(subject.maxConcurrent === null ? {} : { organisationAtOnce: subject.maxConcurrent }),
    },
    ...(subject.organisationId === null ? {} : { organisation: subject.organisationId }),
  }
}
