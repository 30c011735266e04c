/**
 * Percent to two decimals. The report's own rule is half up; an issuer that cuts digits off asks for
 * that by name. Computed in integers, so that no float decides
 * a digit. Null where there is nothing to divide by.
 */
export function rate(part: number, whole: number, rule: 'half_up' | 'cut_off' = 'half_up'): number | null {
  if (whole <= 0) return null
  const scaled = BigInt(part) * 10_000n
  const n = BigInt(whole)
  const digits = rule === 'half_up' ? (2n * scaled + n) / (2n * n) : scaled / n
  return Number(digits) / 100
}
