import type { Ctx } from '../../db/context.ts'
import { gatherFacts } from '../review/gather.ts'
import type { ChannelFacts, PersonFinding } from '../standard/index.ts'
import { findingsOf } from './findings/read.ts'
import { registeredAs, withIdentity } from './identity.ts'
import { samplesOf } from './samples/read.ts'

/**
 * Facts as a check needs them: what was observed until `asOf`, what the register says, what people signed for that moment,
 * and the samples already drawn by `seed`.
 */
export async function factsForCheck({ ctx, channelIds, asOf, seed }: { ctx: Ctx; channelIds: readonly number[]; asOf: Date; seed: string | null }): Promise<ChannelFacts[]> {
  const { sql } = ctx.db
  const [observed, registered, findings, samples] = await Promise.all([
    gatherFacts({ ctx, channelIds, asOf }),
    registeredAs(sql, channelIds),
    findingsOf(sql, channelIds, asOf),
    seed === null ? new Map<number, ChannelFacts['samples']>() : samplesOf(sql, channelIds, seed),
  ])
  return observed.map((f) => {
    const { id } = f.channel
    const signed: readonly PersonFinding[] | undefined = findings.get(id)
    const drawn = samples.get(id)
    return {
      ...withIdentity(f, registered.get(id)),
      ...(signed === undefined ? {} : { findings: signed }),
      ...(drawn === undefined ? {} : { samples: drawn }),
    }
  })
}
