import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import type { Tx } from '../../../db/client.ts'
import { region } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { nextOwnCode } from './book.ts'
import type { RegionBook } from './book.ts'
import type { Region } from './data.ts'
import { loadRegions } from './seed.ts'

export const createRegionInput = z.object({
  name: z.string().trim().min(2).max(60),
  parent: z.string().describe('Code of the region above'),
  code: z.string().regex(/^\d{9}$/).optional().describe('Nine digits for a township; without it a code of our own is given'),
})

/**
 * Enters a township under its county, or a zone without a GB/T 2260 code under a province or city.
 * Throws `not_found` for an unknown parent, `conflict` where the code is taken or none is left, `bad_input` for a wrong one.
 */
export async function createRegion({ ctx, input }: { ctx: Ctx; input: z.input<typeof createRegionInput> }): Promise<Region> {
  requireRole(ctx.actor, ['operations'])
  const { name, parent, code } = createRegionInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    const book = await loadRegions(tx)
    const above = book.get(parent)
    if (above === undefined) {
      throw new HuoshuiError('not_found', { zh: `没有代码为 ${parent} 的地区`, en: `There is no region with code ${parent}` })
    }
    await requireInScope(tx, ctx.actor, above.code)
    if (code !== undefined && !code.startsWith(above.code)) {
      throw new HuoshuiError('bad_input', {
        zh: `乡镇代码 ${code} 的前六位应为所在县区的代码 ${above.code}`,
        en: `The first six digits of township code ${code} should be its county's, ${above.code}`,
      })
    }
    const made = newRegion(book, { name, above, code })
    if (made === null || book.has(made.code)) {
      throw new HuoshuiError('conflict', { zh: `代码 ${code ?? ''} 已被使用`, en: `Code ${code ?? ''} is taken` })
    }
    await insertRegion(tx, ctx, made)
    return made
  })
}

/** The region to be entered: a township with the code given, else a zone with the next code of our own. */
export function newRegion(book: RegionBook, want: { name: string; above: Region; code?: string | undefined }): Region | null {
  if (want.code !== undefined) return { code: want.code, name: want.name, level: 4, parent: want.above.code }
  // Zones hang under a city or a province; one of a county's goes under the county's city.
  const above = want.above.level <= 2 ? want.above : (want.above.parent === null ? undefined : book.get(want.above.parent))
  if (above === undefined || above.level > 2) return null
  const code = nextOwnCode(above, book)
  return code === null ? null : { code, name: want.name, level: above.level === 1 ? 2 : 3, parent: above.code }
}

export async function insertRegion(tx: Tx, ctx: Pick<Ctx, 'actor' | 'clock'>, made: Region): Promise<void> {
  await tx.insert(region).values({ code: made.code, name: made.name, level: made.level, parentCode: made.parent })
  await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{
    verb: 'region.create', entity: 'region', entityId: made.code, detail: { name: made.name, parent: made.parent },
  }])
}
