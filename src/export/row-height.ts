/** Points of a line of 10 point text, and the most that a row may have. */
const LINE = 13.5
const TALLEST = 409
/** Widths of characters, in the unit of column widths: Chinese ones are twice as wide. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/**
 * The height of a row whose texts wrap within their columns, in points; undefined where one line does. Excel measures rows
 * by itself when it opens a file; other readers leave them one line high and cut the text off.
 */
export function rowHeight(texts: readonly (string | null)[], widths: readonly number[]): number | undefined {
  const lines = texts.reduce((most, text, i) => Math.max(most, text === null ? 1 : linesOf(text, widths[i] ?? 10)), 1)
  return lines === 1 ? undefined : Math.min(TALLEST, lines * LINE + 2)
}

/** Lines that a text takes in a column: a word longer than the column is broken, as spreadsheets do. */
function linesOf(text: string, width: number): number {
  if (text.length * 2 < width - 1 && !text.includes('\n')) return 1
  return text.split('\n').reduce((n, line) => {
    let sum = 0
    for (const c of line) sum += WIDE.test(c) ? 2 : 1.1
    return n + Math.max(1, Math.ceil(sum / (width - 1)))
  }, 0)
}
