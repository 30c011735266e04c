import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HuoshuiError } from '../../domain/error.ts'

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

/** Without what was not given: an absent field and one that is undefined are not the same to a service. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** The bytes of a file sent as the body (application/octet-stream). */
export function bytesOf(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body
  throw new HuoshuiError('bad_input', { zh: '请以 application/octet-stream 上传文件内容', en: 'send the file’s bytes as application/octet-stream' })
}
