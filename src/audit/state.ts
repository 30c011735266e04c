import type { Ctx } from '../../db/context.ts'
import type { Text } from '../domain/text.ts'
import { VERIFIED, verifyTail } from './verify.ts'
import type { TrailProblem, Verified } from './verify.ts'

/** Links looked at each time somebody asks how the chain is. */
const TAIL = 200

export type ChainState = {
  /** ISO 8601; null while it was never verified. */
  readonly verifiedAt: string | null
  /** Link up to which it was verified; null where it was not, or there was none. */
  readonly verifiedTo: number | null
  /** What that verification found first; null where all held. */
  readonly broken: Text | null
  /** Links now. */
  readonly links: number
  /** What is wrong among the last links, looked at now; null where they hold. */
  readonly tail: TrailProblem | null
}

/** How the chain is, without walking it: the last verification's result (`huoshui audit verify`), and its last 200 links looked at now. */
export async function chainState({ ctx }: { ctx: Pick<Ctx, 'db'> }): Promise<ChainState> {
  const [[kept], [end], tail] = await Promise.all([
    ctx.db.sql<{ value: Verified; at: number }[]>`select value, (extract(epoch from updated_at) * 1000)::float8 as at from setting where key = ${VERIFIED}`,
    ctx.db.sql<{ links: number }[]>`select coalesce(max(seq), 0)::int as links from audit_chain`,
    verifyTail({ ctx, input: { links: TAIL } }),
  ])
  return {
    verifiedAt: kept === undefined ? null : new Date(kept.at).toISOString(),
    verifiedTo: kept?.value.head?.seq ?? null,
    broken: kept === undefined || kept.value.ok ? null : kept.value.first ?? { zh: `${kept.value.problems} 处不符`, en: `it fails in ${kept.value.problems} place(s)` },
    links: end?.links ?? 0,
    tail,
  }
}
