import type { CheerioAPI } from 'cheerio'
import type { AnyNode } from 'domhandler'
import { absolute, squeeze } from '../text.ts'
import type { RecipeField } from './schema.ts'

const MOST_ROWS = 500

/** The rows that a recipe names; none where its selector is not one. */
export function rowsOf(dom: CheerioAPI, selector: string): readonly AnyNode[] {
  try {
    return dom(selector).toArray().slice(0, MOST_ROWS)
  } catch {
    return []
  }
}

/** A field of a row, as text; null where it is not there. `match` takes its first group. */
export function fieldOf(dom: CheerioAPI, row: AnyNode, field: RecipeField | null): string | null {
  if (field === null) return null
  try {
    const at = field.select === null ? dom(row) : dom(row).find(field.select).first()
    if (at.length === 0) return null
    const raw = squeeze(field.attribute === undefined ? at.text() : (at.attr(field.attribute) ?? ''))
    if (field.match === undefined) return raw === '' ? null : raw
    return new RegExp(field.match).exec(raw.slice(0, 2000))?.[1] ?? null
  } catch {
    return null
  }
}

export function linkOf(dom: CheerioAPI, row: AnyNode, field: RecipeField | null, base: string): string | null {
  const raw = field === null ? null : fieldOf(dom, row, { ...field, attribute: field.attribute ?? 'href' })
  return raw === null ? null : absolute(raw, base)
}
