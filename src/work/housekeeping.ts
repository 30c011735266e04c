import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import type { EvidenceStore } from '../evidence/index.ts'
import { makeMonths, rollUp } from '../history/index.ts'
import { pruneOld } from './prune-old.ts'

const EVERY_MS = 3_600_000

export type HouseArgs = { readonly ctx: Ctx; readonly config: Pick<Config, 'keepMonths' | 'evidenceDays'>; readonly evidence: EvidenceStore }
export type Housekeeping = { close(): Promise<void> }

/**
 * Makes the coming months ahead and rolls up what is older than HUOSHUI_KEEP_MONTHS: at once and then hourly, one partition at a time, so that a
 * clock that is wrong for an hour costs little. Once a day it lets go of evidence that is old and cited by nothing (HUOSHUI_EVIDENCE_DAYS). What cannot be done now (a backup is being made, another process is at it) is done the next time.
 */
export function startHousekeeping({ ctx, config, evidence, log }: HouseArgs & { log: { warn(message: string): void } }): Housekeeping {
  const own: Ctx = { ...ctx, actor: { kind: 'system', name: 'housekeeping' } }
  const round = (): Promise<void> => keepHouse({ ctx: own, config, evidence }).catch((error: unknown) => log.warn(`housekeeping: ${error instanceof Error ? error.message : String(error)}`))
  let running: Promise<void> | null = null
  const start = (): void => { running ??= round().finally(() => { running = null }) }
  const timer = setInterval(start, EVERY_MS)
  start()
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}

/** One round of it. */
export async function keepHouse({ ctx, config, evidence }: HouseArgs): Promise<void> {
  await makeMonths({ ctx })
  await rollUp({ ctx, config, input: { most: 1 } })
  await pruneOld({ ctx, config, store: evidence, atMostDaily: true })
}
