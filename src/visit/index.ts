import { hostname } from 'node:os'
import { loadPolicies } from '../schedule/index.ts'
import type { Policy, PolicySubject } from '../schedule/index.ts'
import { createOwnNetwork } from './own-network.ts'
import { probeChannel } from './probing/channel.ts'
import type { ProbeChannelArgs, ProbeSummary } from './probing/channel.ts'
import { openTools } from './tools.ts'
import type { VisitorOptions, VisitSummary } from './types.ts'
import { visitChannel } from './visit.ts'
import type { VisitArgs } from './visit.ts'

export { visitAddress } from './address.ts'
export type { AddressSight, SourceSight } from './sight.ts'
export { createProber, runProber } from './probing/prober.ts'
export type { Prober, ProberOptions, Probing } from './probing/prober.ts'
export type { ProbeChannelArgs, ProbeSummary } from './probing/channel.ts'
export { probeNow } from './probing/run.ts'
export type { ProbeRunInput, ProbeRuns } from './probing/run.ts'
export { showProbes } from './probing/show.ts'
export type { ShownFault, ShownProbe, ShownProbes } from './probing/show.ts'
export type { VisitArgs } from './visit.ts'
export type { VisitorOptions, VisitSummary } from './types.ts'

export type Visitor = {
  /** One visit for one slot. A slot that has its visit already is left as it is (`written` false). Throws when aborted. */
  visit(args: VisitArgs): Promise<VisitSummary>
  /** Tries the functions of one website and writes what was seen. Throws when aborted; then nothing is written. */
  probe(args: ProbeChannelArgs): Promise<ProbeSummary>
  close(): Promise<void>
}

/** Milliseconds for which policies are taken as they were read: a change is seen within this time. */
const POLICIES_KEPT = 5000

/** Opens what visits need, once a process. Close it at the end. */
export async function createVisitor(options: VisitorOptions & { readonly patience?: number }): Promise<Visitor> {
  const { ctx, config } = options
  const tools = openTools(options)
  const network = createOwnNetwork({
    fetcher: tools.fetcher, canaries: config.canaries, register: { sql: ctx.db.sql, clock: ctx.clock },
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  })
  let policies: { at: number; of: ReturnType<typeof loadPolicies> } | null = null
  const policyOf = async (subject: PolicySubject): Promise<Policy> => {
    const now = performance.now()
    if (policies === null || now - policies.at > POLICIES_KEPT) {
      const fresh = { at: now, of: loadPolicies({ ctx }) }
      fresh.of.catch(() => { if (policies === fresh) policies = null })
      policies = fresh
    }
    return (await policies.of)(subject)
  }
  const room = { ctx, tools, network, worker: `${hostname()}:${process.pid}`, policyOf }
  return { visit: (args) => visitChannel(room, args), probe: (args) => probeChannel({ ...room, policyOf: async (subject) => (await loadPolicies({ ctx }))(subject) }, args), close: () => tools.close() }
}
