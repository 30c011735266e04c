import { addDays, dayInChina, startOfDay } from '../../src/domain/date.ts'
import { createFetcher } from '../../src/fetch/index.ts'
import { availabilityOf } from '../../src/probes/index.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

/** Opens the home page twenty times on each of the seven days before today, and stores the series. */
export async function watchWeek(t: TestDatabase, sites: readonly { readonly address: string; readonly id: number }[]): Promise<void> {
  const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'] })
  const today = dayInChina(t.ctx.clock.now())
  try {
    for (const { address, id } of sites) {
      const visits = []
      for (let i = 0; i < 140; i += 1) {
        const { outcome, ms } = await fetcher.fetch({ url: address })
        const at = new Date(startOfDay(addDays(today, -1 - Math.floor(i / 20))).getTime() + (i % 20) * 3_600_000)
        visits.push({ at, outcome, ...(outcome === 'ok' ? { ms } : {}) })
      }
      const { sql } = t.db
      await sql`insert into observation (channel_id, visit_id, at, about, outcome, value, evidence)
        select ${id}, max(id), ${t.ctx.clock.now()}, 'probe:availability', 'ok', ${sql.json(availabilityOf(visits) as never)}, '{}' from visit where channel_id = ${id}`
    }
  } finally {
    await fetcher.close()
  }
}
