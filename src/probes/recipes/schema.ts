import { z } from 'zod'

const selector = z.string().min(1).max(300)
/** Where a field of a row stands: a selector within the row (or the row itself), and the attribute read instead of its text. */
const field = z.strictObject({ select: selector.nullable().default(null), attribute: z.string().max(60).optional(), match: z.string().max(200).optional() })

/** Lists of a column: its rows and what is in them. */
const list = z.strictObject({ rows: selector, title: field, link: field, date: field.nullable().default(null) })

/** 站内搜索: the address asked with `{word}` in it, and the results' rows and titles. */
const search = z.strictObject({
  url: z.string().max(500).refine((s) => s.includes('{word}'), 'needs {word}'),
  results: selector,
  title: field,
  link: field.nullable().default(null),
  date: field.nullable().default(null),
})

/** 留言公开: where the list is, and what is in its rows. */
const mailbox = z.strictObject({
  url: z.string().max(500).nullable().default(null),
  /** Clicked one after the other before the list is read, where only a browser gets to it. */
  clicks: z.array(selector).max(5).default([]),
  rows: selector,
  title: field,
  link: field.nullable().default(null),
  askedOn: field.nullable().default(null),
  answeredOn: field.nullable().default(null),
  unit: field.nullable().default(null),
  status: field.nullable().default(null),
  /** Of the letter's own page: the part that holds the answer. */
  answer: selector.nullable().default(null),
})

/**
 * What an operator records of one site, or of a platform, that the finders cannot find by themselves. Selectors only:
 * a recipe is data, it runs nothing. Addresses may be relative to the site.
 */
export const recipeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,60}$/),
  name: z.string().min(1).max(100),
  /** Which sites it fits: by host, or by a mark that stands in their pages. */
  fits: z.strictObject({ hosts: z.array(z.string().max(200)).default([]), marks: z.array(z.string().max(200)).default([]) }),
  lists: z.array(list).max(10).default([]),
  search: search.nullable().default(null),
  mailbox: mailbox.nullable().default(null),
})

export type Recipe = z.infer<typeof recipeSchema>
export type RecipeField = z.infer<typeof field>
export type RecipeList = z.infer<typeof list>
export type RecipeSearch = z.infer<typeof search>
export type RecipeMailbox = z.infer<typeof mailbox>
