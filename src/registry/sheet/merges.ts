import type { Cell, Merge, SheetRow } from './types.ts'

/**
 * Gives merged cells their value in every row (and, with `all`, column) that they span: a sponsor merged over the rows of
 * its accounts is the sponsor of each. Rows must come in order.
 */
export class MergeFill {
  readonly #waiting: Merge[]
  readonly #whole: boolean
  #open: { readonly merge: Merge; readonly value: Cell | undefined }[] = []
  #next = 0

  constructor(merges: readonly Merge[], span: 'all' | 'rows') {
    this.#whole = span === 'all'
    this.#waiting = merges.filter((m) => this.#whole || m.bottom > m.top).sort((a, b) => a.top - b.top)
  }

  apply(row: SheetRow): SheetRow {
    this.#open = this.#open.filter((o) => o.merge.bottom >= row.number)
    for (let merge = this.#waiting[this.#next]; merge !== undefined && merge.top <= row.number; merge = this.#waiting[this.#next]) {
      this.#next += 1
      if (merge.bottom < row.number) continue
      // A range whose first row holds nothing has nothing to give.
      this.#open.push({ merge, value: merge.top === row.number ? row.cells[merge.left] : undefined })
    }
    if (this.#open.length === 0) return row
    const cells = [...row.cells]
    for (const { merge, value } of this.#open) {
      if (value === undefined) continue
      const right = this.#whole ? Math.min(merge.right, merge.left + 200) : merge.left
      for (let at = merge.left; at <= right; at += 1) cells[at] ??= value
    }
    return { number: row.number, cells }
  }
}
