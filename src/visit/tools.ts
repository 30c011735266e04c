import { join } from 'node:path'
import { openVault } from '../credentials/index.ts'
import { openEvidence } from '../evidence/index.ts'
import { createBrowserPool, createFetcher, createGuard, createRobots, postgresPacer } from '../fetch/index.ts'
import type { PacingPolicy } from '../fetch/index.ts'
import { loadRecipes } from './recipe/load.ts'
import type { Tools, VisitorOptions } from './types.ts'

/** Opens what every visit shares: fetcher, pacer, robots.txt, browser, evidence. What was given is used, and not closed. */
export function openTools(options: Omit<VisitorOptions, 'ctx'> & { readonly ctx: VisitorOptions['ctx'] | null }): Tools & { close(): Promise<void> } {
  const { config, log, ctx } = options
  const recipes = loadRecipes(config.recipes)
  const guard = createGuard({ allowNets: config.allowNets })
  const pacing: PacingPolicy = { pace: config.pace, atOnce: config.hostConcurrency, organisationAtOnce: config.organisationConcurrency }
  const pacer = ctx === null ? undefined : postgresPacer({ sql: ctx.db.sql, onError: (error) => log.warn(`pacing: ${String(error)}`) })
  const shared = { contact: config.contact, userAgent: config.userAgent, pacing, ...(pacer === undefined ? {} : { pacer }) }
  const fetcher = options.fetcher ?? createFetcher({
    ...shared, guard, maxBytes: config.maxBytes, timeouts: { total: config.pageTimeout, headers: config.pageTimeout, connect: Math.min(10_000, config.pageTimeout) },
  })
  const browser = options.browser !== undefined ? options.browser : config.browser ? createBrowserPool({ ...shared, guard, chromium: config.chromium, folder: join(config.data, 'chromium'), pages: config.browserPages }) : null
  const evidence = options.evidence ?? openEvidence(config)
  const vault = ctx === null ? null : openVault({ ctx, keys: config, log })
  return {
    config, log, guard, fetcher, browser, evidence, vault, recipes,
    robots: createRobots({ fetcher }),
    bases: options.bases ?? config.bases,
    close: async () => {
      await vault?.close()
      if (options.browser === undefined) await browser?.close()
      if (options.fetcher === undefined) await fetcher.close()
      if (options.evidence === undefined) evidence.close()
    },
  }
}
