import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import type { StoredCheck } from '../stored.ts'
import { moment } from './words.ts'

/** 抽样: what each rule's sample was drawn from and by which seed, so that it can be drawn again. */
export function sampleSheet(checks: readonly StoredCheck[]): StyledSheet {
  const rows = checks.flatMap(({ channel, record }) => Object.values(record.samples).map((s): StyledRow => ({
    cells: [
      channel.name, s.of, s.seed, s.population.length, s.drawn.join('\n'),
      s.replaced.map((r) => `${r.out} → ${r.in}:${r.reason}(${r.by},${moment(r.at)})`).join('\n'),
    ],
  })))
  return {
    name: '抽样', headRow: 1, landscape: true,
    columns: [{ width: 26 }, { width: 10, center: true }, { width: 22 }, { width: 9, number: true, center: true }, { width: 60 }, { width: 50 }],
    rows: [{ cells: ['渠道名称', '抽样', '种子', '总体数', '抽中', '更换及理由'], height: 22 }, ...rows],
  }
}
