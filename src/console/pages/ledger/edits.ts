/** A cell that was mended here. `pending` until it has been checked again. */
export type Edit = { readonly sheet: string; readonly row: number; readonly column: number; readonly text: string; readonly pending?: boolean }
export type Edits = ReadonlyMap<string, Edit>

export const cellKey = (e: { sheet: string; row: number; column: number }): string => `${e.sheet}\n${e.row}\n${e.column}`

/** As the server takes them. */
export const sent = (edits: Edits): Omit<Edit, 'pending'>[] => [...edits.values()].map(({ sheet, row, column, text }) => ({ sheet, row, column, text }))
