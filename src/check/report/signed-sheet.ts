import type { Sql } from 'postgres'
import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import { parseCanonical } from '../../standard/index.ts'
import type { Edition, PersonFinding } from '../../standard/index.ts'
import { moment } from './words.ts'

/** 人工核查: what people signed, as it stood in the facts of the checks. */
export async function signedSheet(sql: Sql, run: number, edition: Edition): Promise<StyledSheet> {
  const rows = await sql<{ name: string; findings: string | null }[]>`
    select facts->'channel'->>'name' as name, (facts->'findings')::text as findings from indicator_check where run_id = ${run} order by id`
  const rules = new Map(edition.rules.map((r) => [r.id, r]))
  const answer = (f: PersonFinding): string => Object.entries(f.value).map(([key, value]) => {
    const question = rules.get(f.indicator)?.form?.questions.find((q) => q.key === key)
    return `${question?.text.zh ?? key}:${typeof value === 'number' ? value : value ? '是' : '否'}`
  }).join('\n')
  const signed = rows.flatMap(({ name, findings }) => (findings === null ? [] : (parseCanonical(findings) as PersonFinding[])).map((f): StyledRow => ({
    cells: [name, f.indicator, f.by, moment(f.at), f.on, answer(f), (f.places ?? []).map((p) => `${p.note}${p.url === undefined ? '' : ` ${p.url}`}`).join('\n'), f.evidence.join('\n'), f.note ?? ''],
  })))
  return {
    name: '人工核查', headRow: 1, landscape: true,
    columns: [{ width: 26 }, { width: 9, center: true }, { width: 12 }, { width: 17 }, { width: 12 }, { width: 40 }, { width: 36 }, { width: 40 }, { width: 24 }],
    rows: [{ cells: ['渠道名称', '指标编号', '核查人', '核查时间', '适用日期', '核查结果', '问题位置', '证据', '备注'], height: 22 }, ...signed],
  }
}
