/**
 * Percent to two decimals, or one. The report's own rule is half up; an issuer that cuts digits off asks for
 * that by name. Computed in integers, so that no float decides a digit. Null where there is nothing to divide by.
 */
export function rate(part: number, whole: number, rule: 'half_up' | 'cut_off' = 'half_up', digits: 1 | 2 = 2): number | null {
  if (whole <= 0) return null
  const units = digits === 2 ? 100 : 10
  const scaled = BigInt(part) * BigInt(100 * units)
  const n = BigInt(whole)
  const shown = rule === 'half_up' ? (2n * scaled + n) / (2n * n) : scaled / n
  return Number(shown) / units
}
