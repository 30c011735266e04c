import type { Sql } from 'postgres'
import { MAX_LINKS } from '../../export/styled.ts'
import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import type { Problem } from '../problems.ts'
import { EVIDENCE_SHEET, rowOf } from './evidence-rows.ts'
import { moment } from './words.ts'

/** One row of 问题清单, with the channel it is of. */
export type ListedProblem = Problem & { readonly number: number; readonly at: Date; readonly channel: number; readonly name: string }

export const PROBLEM_HEADS = ['序号', '监测时间', '栏目', '问题链接', '问题描述', '快照', '检查标准', '是否整改', '渠道编号', '渠道名称'] as const
const PAGE = 500
/** Two links a row: a sheet takes no more. */
const ROWS_A_SHEET = Math.floor(MAX_LINKS / 2) - 1

/** Every problem of a run, numbered through; read page by page. */
export async function* eachProblem(sql: Sql, run: number): AsyncGenerator<ListedProblem> {
  let after = 0
  let number = 0
  for (;;) {
    const rows = await sql<{ id: number; at: Date; channel: number; name: string; problems: Problem[] }[]>`
      select k.id::int, k.as_of as at, k.channel_id::int as channel, c.name, k.problems from indicator_check k join channel c on c.id = k.channel_id
       where k.run_id = ${run} and k.id > ${after} order by k.id limit ${PAGE}`
    for (const { at, channel, name, problems } of rows) {
      for (const p of problems) yield { ...p, number: (number += 1), at, channel, name }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}

/**
 * 问题清单, on as many sheets as the links need. Snapshots lead to their row on the evidence sheet: `cited` collects them
 * in order.
 */
export async function* problemSheets(problems: AsyncIterable<ListedProblem>, cited: Map<string, number>): AsyncGenerator<StyledSheet> {
  const source = problems[Symbol.asyncIterator]()
  let next = await source.next()
  let sheets = 0
  do {
    async function* rows(): AsyncGenerator<StyledRow> {
      yield { cells: PROBLEM_HEADS, height: 22 }
      for (let n = 0; n < ROWS_A_SHEET && next.done !== true; n += 1) {
        yield problemRow(next.value, cited)
        next = await source.next()
      }
    }
    sheets += 1
    yield {
      name: sheets === 1 ? '问题清单' : `问题清单 ${sheets}`, headRow: 1, filter: true, landscape: true, rows: rows(),
      columns: [{ width: 7, number: true, center: true }, { width: 17 }, { width: 22 }, { width: 40 }, { width: 44 }, { width: 24 }, { width: 10, center: true }, { width: 10, center: true }, { width: 10, center: true }, { width: 26 }],
    }
  } while (next.done !== true)
}

function problemRow(p: ListedProblem, cited: Map<string, number>): StyledRow {
  return {
    cells: [
      p.number, moment(p.at), p.column, { value: p.url ?? '', ...(p.url === null ? {} : { link: p.url }) }, p.problem.zh,
      p.snapshot === null ? null : { value: p.snapshot, link: `#'${EVIDENCE_SHEET}'!A${rowOf(p.snapshot, cited)}` },
      p.standard, '', String(p.channel), p.name,
    ],
  }
}
