import type { Ctx } from '../../db/context.ts'

/** Grows with what changes: new candidates and steps taken on them; visits made. The ends of two indexes each, however much there is. */
export type Marks = { readonly candidates: string; readonly visits: string }

/** Says that something has changed somewhere, and nothing of what or where: whoever wants to know asks, within their own region. */
export async function changeMarks({ ctx }: { ctx: Ctx }): Promise<Marks> {
  const [row] = await ctx.db.sql<Marks[]>`
    select concat_ws('.', (select max(id) from candidate), (select max(id) from candidate_step)) as candidates, concat((select max(id) from visit)) as visits`
  return row ?? { candidates: '', visits: '' }
}
