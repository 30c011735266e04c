/**
 * npm run test:chaos [-- --seed N --engine embedded|grown --minutes N --sites N --keep]: crawls of known truth under random
 * disturbance, on both engines. Exit 1, with the seed and what was disturbed when, where something was lost, doubled or left behind.
 */
import { parseArgs } from 'node:util'
import { embeddedStores, grownStores } from './engines.ts'
import type { Size } from './engines.ts'
import { chaosHome, chaosRun } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: process.env['HUOSHUI_CHAOS_SEED'] ?? String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: process.env['HUOSHUI_CHAOS_MINUTES'] ?? '5' },
    engine: { type: 'string' },
    sites: { type: 'string', default: '40' },
    plain: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const sizes = (['embedded', 'grown'] as const).filter((s: Size) => values.engine === undefined || values.engine === s)
if (!Number.isInteger(seed) || sizes.length === 0) throw new Error('--seed takes a whole number, --engine embedded or grown')
/** Settling and the calm after take a share of the time. */
const minutes = (Number(values.minutes) / (values.engine === undefined ? 2 : 1)) * 0.8
let failed = 0
for (const size of sizes) {
  const { home, remove } = await chaosHome()
  const lines: string[] = []
  const say = (line: string): void => {
    lines.push(line)
    console.log(line)
  }
  console.log(`\n== ${size === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL and Redis'}, seed ${seed}, disturbed for ${minutes.toFixed(1)} minutes`)
  const stores = size === 'embedded' ? embeddedStores(`${home}/data`) : await grownStores(home, process.env['REDIS_URL'])
  if (stores === null) {
    console.log('SKIPPED: PostgreSQL and Redis, as there is no redis-server here; set REDIS_URL or install it')
    if (process.env['CI'] === 'true') failed++
    await remove()
    continue
  }
  try {
    const found = await chaosRun(home, stores, { seed, minutes, sites: Number(values.sites), browser: !values.plain, say })
    if (found.length > 0) {
      failed++
      console.log(`\nFAILED on ${size} with seed ${seed} (again: npm run test:chaos -- --engine ${size} --seed ${seed}):\n${found.map((f) => `- ${f}`).join('\n')}\n\nDisturbed:\n${lines.join('\n')}`)
    } else console.log('well: every claimed slot has its one visit, nothing false, nothing lost, nothing left running')
  } catch (error) {
    failed++
    console.log(`\nFAILED on ${size} with seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\nDisturbed:\n${lines.join('\n')}`)
  } finally {
    await stores.close()
    if (!values.keep) await remove()
    else console.log(`kept: ${home}`)
  }
}
process.exitCode = failed > 0 ? 1 : 0
