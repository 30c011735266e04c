/** Columns a terminal takes for a character: two for the wide ones of Chinese, Japanese and Korean. */
export function cells(text: string): number {
  let n = 0
  for (const c of text) {
    const p = c.codePointAt(0) ?? 0
    n += (p >= 0x1100 && p <= 0x115f) || (p >= 0x2e80 && p <= 0xa4cf) || (p >= 0xac00 && p <= 0xd7a3) || (p >= 0xf900 && p <= 0xfaff) || (p >= 0xfe30 && p <= 0xfe4f) || (p >= 0xff00 && p <= 0xff60) || (p >= 0xffe0 && p <= 0xffe6) || p >= 0x1f300 ? 2 : 1
  }
  return n
}

/** A plain table for a terminal, aligned by what characters really take; the last column is left ragged. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = (s: string): string => s.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
  const lines = [heads, ...rows].map((r) => r.map(clean))
  const widths = heads.map((_, i) => Math.max(...lines.map((r) => cells(r[i] ?? ''))))
  return lines
    .map((r) => r.map((c, i) => (i === r.length - 1 ? c : c + ' '.repeat((widths[i] ?? 0) - cells(c)))).join('  '))
    .join('\n')
}
