import { hash } from 'node:crypto'
import type { Day } from '../domain/date.ts'
import type { ListItem } from '../domain/page.ts'
import type { VisitResult } from './result.ts'
import { columnsOf } from './result.ts'

/** Rows of one list that are remembered: beyond them lies what was published long ago. */
const MOST_OF_A_LIST = 60
const MOST_OF_A_VISIT = 1200

export type ItemRows = { keys: string[]; columns: (number | null)[]; titles: string[]; urls: (string | null)[]; dates: (Day | null)[] }

/** Items seen in a visit, each once, under the column that dates it. `columns` are places in the visit's own order. */
export function itemRows(result: VisitResult): ItemRows {
  const rows: ItemRows = { keys: [], columns: [], titles: [], urls: [], dates: [] }
  const at = new Map<string, number>()
  const take = (items: readonly ListItem[], column: number | null): void => {
    const most = Math.min(items.length, MOST_OF_A_LIST)
    for (let i = 0; i < most && rows.keys.length < MOST_OF_A_VISIT; i++) {
      const item = items[i]
      if (item === undefined || item.title === '') continue
      const name = item.url ?? `${column ?? ''} ${item.title}`
      const known = at.get(name)
      if (known !== undefined) {
        if (rows.dates[known] === null && item.date !== null) rows.dates[known] = item.date
        continue
      }
      at.set(name, rows.keys.length)
      rows.keys.push(hash('sha256', name, 'hex').slice(0, 16))
      rows.columns.push(column)
      rows.titles.push(item.title.slice(0, 300))
      rows.urls.push(item.url)
      rows.dates.push(item.date)
    }
  }
  for (const [i, column] of columnsOf(result).entries()) take(column.items, i)
  if (result.site !== null) take(result.site.homeItems, null)
  if (result.account !== null) take(result.account.items, null)
  return rows
}
