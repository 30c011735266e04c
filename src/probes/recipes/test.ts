import type { Day } from '../../domain/date.ts'
import { parseDay } from '../../read/index.ts'
import { readLetters } from '../letters/list.ts'
import type { Row } from '../letters/list.ts'
import type { PageView } from '../page.ts'
import { fieldOf, linkOf, rowsOf } from './apply.ts'
import type { Recipe } from './schema.ts'

export type RecipeTest = {
  readonly id: string
  readonly lists: readonly { readonly rows: number; readonly items: readonly { readonly title: string; readonly url: string | null; readonly date: Day | null }[] }[]
  readonly results: readonly { readonly title: string; readonly url: string | null }[] | null
  readonly letters: readonly Row[] | null
  /** Does any part of it find anything on this page? */
  readonly finds: boolean
}

/** What a recipe finds on a page, for whoever writes it. Pure; a selector that is none finds nothing. */
export function testRecipe(recipe: Recipe, page: PageView, now: Date): RecipeTest {
  const { dom, finalUrl } = page
  const lists = recipe.lists.map((list) => {
    const rows = rowsOf(dom, list.rows)
    return {
      rows: rows.length,
      items: rows.flatMap((r) => {
        const title = fieldOf(dom, r, list.title)
        const date = fieldOf(dom, r, list.date)
        return title === null ? [] : [{ title, url: linkOf(dom, r, list.link, finalUrl), date: date === null ? null : parseDay(date, now) }]
      }),
    }
  })
  const { search, mailbox } = recipe
  const results = search === null ? null : rowsOf(dom, search.results).flatMap((r) => {
    const title = fieldOf(dom, r, search.title)
    return title === null ? [] : [{ title, url: linkOf(dom, r, search.link, finalUrl) }]
  })
  const letters = mailbox === null ? null : readLetters(page, now, mailbox)
  return { id: recipe.id, lists, results, letters, finds: lists.some((l) => l.items.length > 0) || (results?.length ?? 0) > 0 || (letters?.length ?? 0) > 0 }
}
