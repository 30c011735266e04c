/** An exact fraction; the denominator is positive. Scores are compared with 60 and 80 without rounding. */
export type Ratio = { readonly n: bigint; readonly d: bigint }

export const ratio = (n: bigint | number, d: bigint | number = 1): Ratio => {
  const [a, b] = [BigInt(n), BigInt(d)]
  if (b === 0n) throw new RangeError('a fraction cannot have the denominator 0')
  const g = gcd(a < 0n ? -a : a, b < 0n ? -b : b) * (b < 0n ? -1n : 1n)
  return { n: a / g, d: b / g }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a === 0n ? 1n : a) : gcd(b, a % b)
}

export const add = (x: Ratio, y: Ratio): Ratio => ratio(x.n * y.d + y.n * x.d, x.d * y.d)
export const times = (x: Ratio, y: Ratio): Ratio => ratio(x.n * y.n, x.d * y.d)

/** Negative, zero or positive as x is less than, equal to or greater than y. */
export const compare = (x: Ratio, y: Ratio): number => {
  const diff = x.n * y.d - y.n * x.d
  return diff < 0n ? -1 : diff > 0n ? 1 : 0
}

/** With two decimals, half up: 86.666… is `86.67`. */
export function show(x: Ratio): string {
  const minus = x.n < 0n
  const hundredths = ((minus ? -x.n : x.n) * 200n + x.d) / (2n * x.d)
  return `${minus && hundredths > 0n ? '-' : ''}${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
}

/** As `89` or `260/3`. */
export const exact = (x: Ratio): string => (x.d === 1n ? String(x.n) : `${x.n}/${x.d}`)
