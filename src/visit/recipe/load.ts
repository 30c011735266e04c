import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { HuoshuiError } from '../../domain/error.ts'
import { recipeSchema } from '../../probes/index.ts'
import type { Recipe } from '../../probes/index.ts'

const LARGEST = 200_000

/** The operator's recipes: every *.json of a folder, one recipe each, in the order of their names. None where no folder is set. Throws `bad_input` that names the file and what is wrong with it. */
export function loadRecipes(folder: string | undefined): readonly Recipe[] {
  if (folder === undefined) return []
  let names: string[]
  try {
    names = readdirSync(folder).filter((n) => n.endsWith('.json')).sort()
  } catch (error) {
    throw wrong(folder, error instanceof Error ? error.message : String(error))
  }
  const recipes = names.map((name) => readRecipe(join(folder, name)))
  for (const [i, r] of recipes.entries()) {
    const first = recipes.findIndex((other) => other.id === r.id)
    if (first !== i) throw wrong(join(folder, names[i] ?? ''), `the id ${r.id} is already that of ${names[first] ?? ''}`)
  }
  return recipes
}

/** One recipe from its file. Throws `bad_input`. */
export function readRecipe(file: string): Recipe {
  let raw: unknown
  try {
    const bytes = readFileSync(file)
    if (bytes.length > LARGEST) throw new Error(`${bytes.length} bytes are too many for a recipe`)
    raw = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error))
  }
  const parsed = recipeSchema.safeParse(raw)
  if (!parsed.success) throw wrong(file, z.prettifyError(parsed.error))
  return parsed.data
}

function wrong(file: string, why: string): HuoshuiError {
  return new HuoshuiError('bad_input', { zh: `配方 ${file} 有误:${why}`, en: `Wrong recipe ${file}: ${why}` })
}
