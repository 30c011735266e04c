import { z } from 'zod'

/** A number in a path, such as a channel's. */
export const id = z.object({ id: z.coerce.number().int().positive() })

/** Several values in one query parameter, separated by commas. */
export function many<T extends z.ZodType<unknown, string>>(item: T) {
  return z.string().optional().transform((s) => (s === undefined || s === '' ? undefined : s.split(',') as z.input<T>[])).pipe(z.array(item).optional())
}

/** Which page of a list. */
export const paging = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
}

/** `true` or `false` in a query. */
export const flag = z.stringbool()

/** Words in both languages. */
export const text = z.object({ zh: z.string(), en: z.string() })
