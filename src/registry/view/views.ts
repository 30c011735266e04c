import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { savedView } from '../../../db/schema/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'

export const VIEW_PAGES = ['channels', 'review', 'campaign'] as const
const page = z.enum(VIEW_PAGES)
/** A person keeps at most so many for a page. */
const MOST = 50

export type SavedView = { readonly id: number; readonly name: string; readonly query: string }

function whose(ctx: Pick<Ctx, 'actor'>): string {
  requireRole(ctx.actor, READERS)
  return ctx.actor.kind === 'user' ? ctx.actor.id : ''
}

/** The actor's own views of a page, by name. */
export async function listViews({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: { page: z.infer<typeof page> } }): Promise<SavedView[]> {
  const userId = whose(ctx)
  return ctx.db.orm.select({ id: savedView.id, name: savedView.name, query: savedView.query }).from(savedView)
    .where(and(eq(savedView.userId, userId), eq(savedView.page, page.parse(input.page)))).orderBy(asc(savedView.name)).limit(MOST)
}

export const saveViewInput = z.object({ page, name: z.string().trim().min(1).max(60), query: z.string().max(4000) })

/** Keeps a view under a name; one of that name is replaced. Not an act on the register: it leaves no audit row. Throws `conflict` beyond 50. */
export async function saveView({ ctx, input }: { ctx: Ctx; input: z.input<typeof saveViewInput> }): Promise<SavedView> {
  const userId = whose(ctx)
  const { page: of, name, query } = saveViewInput.parse(input)
  const have = await listViews({ ctx, input: { page: of } })
  if (have.length >= MOST && !have.some((v) => v.name === name)) {
    throw new HuoshuiError('conflict', { zh: `最多保存 ${MOST} 个视图,请先删除不用的`, en: `at most ${MOST} views are kept: delete one first` })
  }
  const [made] = await ctx.db.orm.insert(savedView).values({ userId, page: of, name, query, createdAt: ctx.clock.now() })
    .onConflictDoUpdate({ target: [savedView.userId, savedView.page, savedView.name], set: { query } }).returning({ id: savedView.id, name: savedView.name, query: savedView.query })
  if (made === undefined) throw new HuoshuiError('unavailable', { zh: '视图没有保存,请重试', en: 'the view was not saved; try again' })
  return made
}

/** Drops one of the actor's own views. Throws `not_found`. */
export async function removeView({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: { id: number } }): Promise<{ id: number }> {
  const [gone] = await ctx.db.orm.delete(savedView).where(and(eq(savedView.id, input.id), eq(savedView.userId, whose(ctx)))).returning({ id: savedView.id })
  if (gone === undefined) throw new HuoshuiError('not_found', { zh: '没有这个视图', en: 'there is no such view' })
  return gone
}
