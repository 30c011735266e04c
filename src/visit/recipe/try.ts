import type { Clock } from '../../domain/clock.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import type { Config } from '../../config/schema.ts'
import { BUILTIN_RECIPES, recipeFor, testRecipe, viewPage } from '../../probes/index.ts'
import type { Recipe, RecipeTest } from '../../probes/index.ts'
import { decode } from '../../read/index.ts'
import { openTools } from '../tools.ts'
import type { Log } from '../types.ts'
import { readRecipe } from './load.ts'

export type RecipeTrial = RecipeTest & {
  readonly name: string
  readonly url: string
  /** Would this recipe be taken for that page by itself, by host or mark? */
  readonly fits: boolean
  /** The page was rendered (the recipe clicks). */
  readonly rendered: boolean
}

export type TryRecipeArgs = {
  /** A file, or the id of a recipe that is built in or stands in the folder of recipes. */
  readonly recipe: string
  readonly address: string
  /** Characters put in the place of {word}: then the page of results is tried, not the address. */
  readonly word?: string
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
}

/**
 * What a recipe finds on one page, fetched under the terms of every visit. Registers and keeps nothing. Throws `bad_input` for a wrong
 * recipe or address, `unavailable` where the page could not be had.
 */
export async function tryRecipe({ recipe: which, address, word, config, clock, log }: TryRecipeArgs): Promise<RecipeTrial> {
  const tools = openTools({ ctx: null, config, log })
  try {
    const recipe = find(which, tools.recipes)
    const base = URL.parse(address)
    if (base === null) throw new HuoshuiError('bad_input', { zh: `${address} 不是网址`, en: `${address} is no address` })
    const url = word === undefined ? base.href : searchAddress(recipe, base.href, word)
    const robots = await tools.robots.check(url)
    const barred = (outcome: keyof typeof OUTCOMES, why: string): HuoshuiError => new HuoshuiError('unavailable', { zh: `${url} 未能读取:${OUTCOMES[outcome].name.zh}`, en: `${url} could not be read: ${OUTCOMES[outcome].name.en}${why}` })
    if (!robots.allowed) throw barred(robots.outcome, '')
    const clicks = word === undefined ? (recipe.mailbox?.clicks ?? []) : []
    const rendered = clicks.length > 0 && tools.browser !== null
    const got = rendered && tools.browser !== null
      ? await tools.browser.render({ url, clicks, timeout: config.pageTimeout })
      : await tools.fetcher.fetch({ url, maxBytes: config.maxBytes })
    const bytes = 'html' in got ? Buffer.from(got.html) : got.bytes
    if (got.outcome !== 'ok') throw barred(got.outcome, got.error === undefined ? '' : ` (${got.error})`)
    const headers = 'html' in got ? { 'content-type': 'text/html; charset=utf-8' } : got.headers
    const page = viewPage({ url, finalUrl: got.url, status: got.status, outcome: 'ok', bytes, headers, sha256: null }, clock.now())
    const source = decode(bytes, { contentType: headers['content-type'] ?? null }).text
    return { ...testRecipe(recipe, page, clock.now()), name: recipe.name, url: got.url, fits: recipeFor(new URL(got.url).host, source, [recipe]) !== null, rendered }
  } finally {
    await tools.close()
  }
}

/** Every recipe there is, the operator's first: the first that fits a site is taken. */
export function allRecipes(own: readonly Recipe[]): readonly Recipe[] {
  return [...own, ...BUILTIN_RECIPES]
}

function find(which: string, own: readonly Recipe[]): Recipe {
  const known = allRecipes(own).find((r) => r.id === which)
  return known ?? readRecipe(which)
}

function searchAddress(recipe: Recipe, base: string, word: string): string {
  if (recipe.search === null) throw new HuoshuiError('bad_input', { zh: `配方 ${recipe.id} 没有 search 部分`, en: `the recipe ${recipe.id} says nothing of a search` })
  return new URL(recipe.search.url.replaceAll('{word}', encodeURIComponent(word)), base).href
}
