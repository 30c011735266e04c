import type { StyledRow, StyledSheet, StyledValue } from '../../export/styled.ts'
import type { SheetRow } from '../../standard/index.ts'
import { sheetOf } from '../json.ts'
import type { StoredCheck } from '../stored.ts'
import type { RunInfo } from './run-info.ts'
import { ANSWER_TONE, kindName, MARKS, VERDICT_TONE, VERDICTS } from './words.ts'

const HEADS = ['序号', '渠道编号', '标识码', '渠道名称', '渠道类型', '主办单位', '地区', '网址/账号', '结论', '最低得分', '最高得分'] as const

/** 指标矩阵: one row a channel, one column an indicator. */
export function matrixSheet(checks: AsyncIterable<StoredCheck>, info: RunInfo): StyledSheet {
  const rules = info.edition.rules
  async function* rows(): AsyncGenerator<StyledRow> {
    yield { cells: [...HEADS, ...rules.map((r) => `${r.id}\n${r.item.zh}`)], height: 44 }
    let n = 0
    for await (const stored of checks) {
      n += 1
      yield { cells: line(stored, n, rules.map((r) => r.id)) }
    }
  }
  const text = [6, 10, 20, 30, 12, 26, 14, 34, 9]
  return {
    name: '指标矩阵',
    columns: [
      ...text.map((width, i) => ({ width, number: i === 0 })), { width: 10, number: true, center: true }, { width: 10, number: true, center: true },
      ...rules.map(() => ({ width: 8, center: true, number: true })),
    ],
    headRow: 1, filter: true, landscape: true, rows: rows(),
  }
}

function line(stored: StoredCheck, n: number, ids: readonly string[]): StyledValue[] {
  const { channel, record } = stored
  const { verdict, worst, best } = record.score
  const sheet = new Map(sheetOf(stored).map((r) => [r.id, r]))
  return [
    n, String(channel.id), channel.siteCode ?? '', channel.name, kindName(channel.kind), stored.organisation ?? '', stored.region ?? '', { value: channel.address ?? '', ...(channel.address === undefined ? {} : { link: channel.address }) },
    { value: VERDICTS[verdict], tone: VERDICT_TONE[verdict] }, worst === null ? null : Number(worst.shown), best === null ? null : Number(best.shown),
    ...ids.map((id) => mark(sheet.get(id))),
  ]
}

/** Points where there are some, else the mark of the answer. */
export function mark(row: SheetRow | undefined): StyledValue {
  if (row === undefined) return null
  const tone = ANSWER_TONE[row.answer]
  const scored = row.points !== null && row.points > 0
  return { value: scored ? row.points : MARKS[row.answer], tone: row.part === 'bonus' && scored ? 'good' : row.part === 'bonus' && row.answer === 'violated' ? 'muted' : tone }
}
