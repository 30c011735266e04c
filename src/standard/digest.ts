import { createHash } from 'node:crypto'

/** JSON with sorted keys and instants as `{"$at": ISO}`: one spelling for one value, so that it can be digested and read back. */
export function canonical(value: unknown): string {
  return JSON.stringify(plain(value))
}

/** Reads `canonical`'s text back, instants included. Throws SyntaxError. */
export function parseCanonical(text: string): unknown {
  return JSON.parse(text, (_, v: unknown) => (isInstant(v) ? new Date(v.$at) : v))
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 of a value's one spelling. */
export const digest = (value: unknown): string => sha256(canonical(value))

const isInstant = (v: unknown): v is { $at: string } =>
  typeof v === 'object' && v !== null && '$at' in v && typeof v.$at === 'string' && Object.keys(v).length === 1

function plain(value: unknown): unknown {
  if (value instanceof Date) return { $at: value.toISOString() }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([k, v]) => [k, plain(v)]))
  }
  return value
}
