import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import type { RegionBook } from './book.ts'
import type { Region } from './data.ts'
import { loadRegions } from './seed.ts'

export const findRegionInput = z.object({ text: z.string().max(200), home: z.string().optional() })

/** The one region that a code, name or path means. Throws `not_found`, or `bad_input` that lists those it could be. */
export async function findRegion({ ctx, input }: { ctx: Pick<Ctx, 'db'>; input: z.input<typeof findRegionInput> }): Promise<Region & { path: string }> {
  const { text, home } = findRegionInput.parse(input)
  const book = await loadRegions(ctx.db.orm)
  const found = book.find(text, home)
  if (found.kind === 'one') return { ...found.region, path: book.path(found.region.code) }
  if (found.kind === 'many') {
    throw new HuoshuiError('bad_input', {
      zh: `“${text}”可能是:${paths(book, found.regions)};请写明上级`,
      en: `“${text}” could be ${paths(book, found.regions)}: name the region above it too`,
    }, { details: found.regions })
  }
  throw new HuoshuiError('not_found', { zh: `没有找到地区“${text}”`, en: `No region “${text}”` })
}

/** At most six paths, for a message. */
export function paths(book: RegionBook, regions: readonly Region[]): string {
  const shown = regions.slice(0, 6).map((r) => `${book.path(r.code)}(${r.code})`)
  return shown.join('、') + (regions.length > 6 ? ' …' : '')
}
