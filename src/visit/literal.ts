const SPECIAL = /["\\]/
const EACH = /["\\]/g

/**
 * A column of rows as PostgreSQL's array literal, for `${…}::text[]` and the like. Handed over as one text: the driver would take each of a
 * visit's some two thousand values through its own types, at half as much again.
 */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  let out = '{'
  for (const value of values) {
    if (out.length > 1) out += ','
    if (value === null) out += 'NULL'
    else if (typeof value === 'number') out += String(value)
    else out += `"${SPECIAL.test(value) ? value.replace(EACH, '\\$&') : value}"`
  }
  return `${out}}`
}
