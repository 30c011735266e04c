import { provinceMeans } from '../../../test/province/index.ts'
import type { Province, Served } from '../../../test/province/index.ts'
import type { Ctx } from '../../../db/context.ts'
import type { Config } from '../../config/schema.ts'
import { setBridge, setCredential } from '../../credentials/index.ts'

/** Lends the sample province what an operator would have set up: a feed bridge for official accounts, and the keys of those that gave theirs. */
export async function lendMeans({ ctx, config, province, served }: { ctx: Ctx; config: Config; province: Province; served: Served }): Promise<void> {
  const means = provinceMeans(province, served.bases)
  await setBridge({ ctx, keys: config, input: { kind: 'wechat_official', type: 'wewe', url: means.wewe } })
  for (const { name, values } of means.keys) {
    const [row] = await ctx.db.sql<{ id: number }[]>`select id::int from channel where kind = 'wechat_official' and name = ${name}`
    if (row !== undefined) await setCredential({ ctx, keys: config, input: { id: 'wechat_official.api', values, channel: row.id } })
  }
}
