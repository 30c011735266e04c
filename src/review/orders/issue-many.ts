import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import type { Text } from '../../domain/text.ts'
import { issueIn } from './issue.ts'
import type { Issued } from './issue.ts'

const input = z.object({ candidates: z.array(z.number().int().positive()).min(1).max(200) })

export type IssuedRow = {
  readonly candidate: number
  /** The document; null where none could be issued. */
  readonly order: Omit<Issued, 'candidate'> | null
  /** It was issued before, for the same deadline: the number is that one's. */
  readonly already: boolean
  /** Why there is none. */
  readonly refused: Text | null
}

/**
 * Issues the documents of many candidates, each in a transaction of its own: one that cannot be issued is refused in words and holds
 * up none of the others. Asked again, it answers with the numbers given before. A row for each candidate, by its number; should the
 * database fail on the way, the rest says so and no number is lost.
 */
export async function issueOrders({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<IssuedRow[]> {
  requireRole(ctx.actor, ['rectification'])
  const { candidates } = input.parse(raw)
  const rows: IssuedRow[] = []
  let broken = false
  for (const candidate of [...new Set(candidates)].sort((a, b) => a - b)) {
    try {
      if (broken) throw new HuoshuiError('unavailable', NOT_REACHED)
      const { already, candidate: _, ...order } = await ctx.db.orm.transaction((tx) => issueIn(tx, ctx, { candidate }))
      rows.push({ candidate, order, already, refused: null })
    } catch (error) {
      if (!(error instanceof HuoshuiError)) broken = true
      rows.push({ candidate, order: null, already: false, refused: error instanceof HuoshuiError ? error.text : UNSURE })
    }
  }
  return rows
}

/** The connection may have gone after the commit: only asking again tells. */
const UNSURE: Text = { zh: '发文时数据库出错,结果不明:请重试,已编号的不会重复编号', en: 'the database failed while it was issued, and whether it was is not known: try again, none is numbered twice' }
const NOT_REACHED: Text = { zh: '未处理:前一件发文时数据库出错,请重试', en: 'not reached: the database failed at the one before; try again' }
