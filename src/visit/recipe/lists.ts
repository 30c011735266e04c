import { dayInChina } from '../../domain/date.ts'
import type { ListItem, PageFacts } from '../../domain/page.ts'
import { decode } from '../../read/index.ts'
import { recipeFor, testRecipe, viewPage } from '../../probes/index.ts'
import type { Recipe } from '../../probes/index.ts'

/**
 * A list that reading found no dated row in, read once more as the operator's recipe for the site says. What reading found by
 * itself stands: a recipe only fills a gap.
 */
export function listByRecipe(facts: PageFacts, page: { readonly url: string; readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> }, recipes: readonly Recipe[], now: Date): PageFacts {
  if (recipes.length === 0 || facts.verdict !== null || facts.items.some((i) => i.date !== null && i.witness?.source !== 'url')) return facts
  const { text } = decode(page.bytes, { contentType: page.headers['content-type'] ?? null })
  const recipe = recipeFor(URL.parse(page.url)?.host ?? '', text, recipes)
  if (recipe === null || recipe.lists.length === 0) return facts
  const view = viewPage({ url: page.url, finalUrl: page.url, status: 200, outcome: 'ok', bytes: page.bytes, headers: page.headers, sha256: null, facts }, now)
  const today = dayInChina(now)
  const items = testRecipe(recipe, view, now).lists.flatMap((l) => l.items).flatMap(({ title, url, date }): ListItem[] => (
    date === null || date > today ? [] : [{ title, url, date, witness: { source: 'list_row', day: date, raw: date, where: `recipe ${recipe.id}` } }]
  )).sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1))
  const newest = items[0]
  if (newest === undefined) return facts
  return { ...facts, date: newest.date, confidence: 'single', witnesses: newest.witness === null ? [] : [newest.witness], items, listState: 'listed' }
}
