/** Small statistics for benches. */

export const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)
export const mean = (of: readonly number[]): number => (of.length === 0 ? Number.NaN : sum(of) / of.length)

export function quantile(of: readonly number[], share: number): number {
  const sorted = [...of].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Standard error of the mean. */
export function standardError(of: readonly number[]): number {
  const m = mean(of)
  return Math.sqrt(sum(of.map((x) => (x - m) ** 2)) / Math.max(1, of.length - 1) / Math.max(1, of.length))
}

/** Least squares: slope and its standard error, in units of y over units of x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): { slope: number; error: number } {
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])]
  const [mx, my] = [mean(xs), mean(ys)]
  const sxx = sum(xs.map((x) => (x - mx) ** 2))
  const b = sum(points.map(([x, y]) => (x - mx) * (y - my))) / sxx
  const rest = sum(points.map(([x, y]) => (y - my - b * (x - mx)) ** 2))
  return { slope: b, error: Math.sqrt(rest / Math.max(1, points.length - 2) / sxx) }
}

/** Jain's index of fairness: 1 when all have the same, 1/n when one has everything. */
export const jain = (of: readonly number[]): number => sum(of) ** 2 / (of.length * sum(of.map((x) => x * x)))

export function round(x: number, digits = 1): number {
  return Math.round(x * 10 ** digits) / 10 ** digits
}
