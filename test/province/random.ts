/** FNV-1a over the parts: a number in [0, 2^32) that is the same on every run. */
export function hash(...parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5
  for (const ch of parts.join('\u0001')) {
    h ^= ch.codePointAt(0) ?? 0
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  return h >>> 0
}

/** One of `list`, chosen by `parts`. */
export function pick<T>(list: readonly T[], ...parts: readonly (string | number)[]): T {
  const value = list[hash(...parts) % list.length]
  if (value === undefined) throw new RangeError('pick from an empty list')
  return value
}

/** A whole number from `low` to `high`, both included. */
export function between(low: number, high: number, ...parts: readonly (string | number)[]): number {
  return low + (hash(...parts) % (high - low + 1))
}

/** `length` hexadecimal digits. */
export function hex(length: number, ...parts: readonly (string | number)[]): string {
  let out = ''
  for (let i = 0; out.length < length; i++) out += hash(...parts, i).toString(16).padStart(8, '0')
  return out.slice(0, length)
}

/** `length` decimal digits, the first of them not 0. */
export function digits(length: number, ...parts: readonly (string | number)[]): string {
  let out = String(between(1, 9, ...parts, 'd'))
  for (let i = 0; out.length < length; i++) out += String(hash(...parts, i) % 1_000_000).padStart(6, '0')
  return out.slice(0, length)
}
