import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import type { SheetRow } from '../../standard/index.ts'
import { sheetOf } from '../json.ts'
import type { StoredCheck } from '../stored.ts'
import { ANSWER_TONE, kindName, moment, PARTS, range, VERDICT_TONE, VERDICTS } from './words.ts'

export const FORM_HEADS = ['一级指标', '二级指标', '评分细则', '问题统计', '单项扣分', '上限分值', '扣分', '指标编号', '待定分值'] as const

/** The rows of the inspection form: what applies to the channel, in the order of the standard. */
export const formRows = (stored: StoredCheck): readonly SheetRow[] => sheetOf(stored).filter((r) => r.answer !== 'not_applicable')

/** Amounts as the form writes them: `1、1、0.5`; equal ones are counted. */
export function single(amounts: readonly number[]): string {
  const counted = new Map<number, number>()
  for (const a of amounts) counted.set(a, (counted.get(a) ?? 0) + 1)
  return [...counted].map(([a, n]) => (n === 1 ? String(a) : `${a}×${n}`)).join('、')
}

/** 检查指标表 of one channel, laid out as inspections use it. */
export function formSheet(stored: StoredCheck, number: number): StyledSheet {
  const { channel, record } = stored
  const blank = (n: number): string[] => Array.from({ length: n }, () => '')
  const pair = (a: string, b: string, c: string, d: string): StyledRow => ({
    cells: [{ value: a, tone: 'label' }, b, { value: c, tone: 'label' }, d, ...blank(5)],
  })
  const applicable = formRows(stored)
  const left = sheetOf(stored).filter((r) => r.answer === 'not_applicable').map((r) => r.id)
  const rows: StyledRow[] = [
    { cells: [channel.kind === 'website' ? '政府网站检查指标表' : '政务新媒体检查指标表', ...blank(8)], tone: 'title', across: true, height: 32 },
    pair('渠道名称', channel.name, '网址/账号', channel.address ?? ''),
    pair('标识码', channel.siteCode ?? '', '渠道编号', String(channel.id)),
    pair('主办单位', stored.organisation ?? '', '渠道类型', `${kindName(channel.kind)}${channel.portal === true ? '(门户)' : ''}`),
    pair('监测时间', moment(record.at), '检查编号', String(stored.id)),
    { cells: [{ value: '结论', tone: 'label' }, { value: VERDICTS[record.score.verdict], tone: VERDICT_TONE[record.score.verdict] }, { value: '得分', tone: 'label' }, range(record.score), ...blank(5)] },
    { cells: FORM_HEADS, height: 22 },
    ...applicable.map((r): StyledRow => ({
      cells: [
        PARTS[r.part] === r.group.zh ? r.group.zh : `${PARTS[r.part]}\n${r.group.zh}`, r.item.zh, r.clause.zh, { value: r.problems.zh, tone: ANSWER_TONE[r.answer] },
        single(r.single), r.cap, r.points, r.id, r.open === 0 ? null : r.open,
      ],
    })),
    { cells: [left.length === 0 ? '' : `不适用(从略):${left.join('、')}`, ...blank(8)], tone: 'muted', across: true, height: 30 },
    { cells: ['检查人:                    复核人:                    日期:', ...blank(8)], across: true, height: 30 },
  ]
  const figure = { width: 9, center: true, number: true }
  return {
    name: `${number} ${channel.name}`,
    columns: [{ width: 14, center: true }, { width: 16 }, { width: 46 }, { width: 40 }, { width: 11, center: true }, figure, figure, { width: 9, center: true }, figure],
    rows, headRow: 7, landscape: true, mergeDown: [1, 2],
  }
}
