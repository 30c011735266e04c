import type { Sql } from 'postgres'
import { MAX_LINKS } from '../../export/styled.ts'
import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import type { Problem } from '../problems.ts'
import { moment } from './words.ts'

/** One row of 问题清单, with the channel it is of. */
export type ListedProblem = Problem & { readonly number: number; readonly at: Date; readonly channel: number; readonly name: string }

export const PROBLEM_HEADS = ['序号', '监测时间', '栏目', '问题链接', '问题描述', '快照', '检查标准', '是否整改', '渠道编号', '渠道名称'] as const
export const EVIDENCE_SHEET = '证据'
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

/** The evidence sheet's row for a hash: the first is 2, below the headings. */
function rowOf(sha256: string, cited: Map<string, number>): number {
  const row = cited.get(sha256) ?? cited.size + 2
  cited.set(sha256, row)
  return row
}

/** 证据: where and when the bytes behind each snapshot were received. */
export function evidenceSheet(sql: Sql, cited: ReadonlyMap<string, number>): StyledSheet {
  async function* rows(): AsyncGenerator<StyledRow> {
    yield { cells: ['SHA-256', '网址', '最终网址', '状态', '接收时间'], height: 22 }
    const hashes = [...cited.keys()]
    for (let i = 0; i < hashes.length; i += PAGE) {
      const some = hashes.slice(i, i + PAGE)
      const uses = await sql<{ sha256: string; url: string; finalUrl: string; status: number | null; at: Date }[]>`
        select distinct on (sha256) sha256, url, final_url as "finalUrl", status::int, fetched_at as at from evidence_use
         where sha256 = any(${some}) order by sha256, fetched_at desc`
      const known = new Map(uses.map((u) => [u.sha256, u]))
      for (const sha256 of some) {
        const use = known.get(sha256)
        yield { cells: use === undefined ? [sha256, '本系统未留存', null, null, null] : [sha256, use.url, { value: use.finalUrl, link: use.finalUrl }, use.status, moment(use.at)] }
      }
    }
  }
  return { name: EVIDENCE_SHEET, columns: [{ width: 68 }, { width: 44 }, { width: 44 }, { width: 8, center: true, number: true }, { width: 18 }], headRow: 1, landscape: true, rows: rows() }
}
