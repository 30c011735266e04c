import { csvFile } from '../export/csv.ts'
import type { Column, Row, TableSheet } from '../export/table.ts'
import { workbookFile } from '../export/workbook.ts'
import { HuoshuiError } from '../domain/error.ts'
import { KINDS, isKind } from '../domain/kinds.ts'
import type { CandidateRow } from './candidates.ts'
import type { Cited } from './cite.ts'

const PROPOSALS: Readonly<Record<CandidateRow['proposal'], string>> = { rectify: '整改', merge: '整合', shut_down: '关停' }

const COLUMNS: readonly Column[] = [
  { key: 'n', title: '序号', width: 6, type: 'number' },
  { key: 'kind', title: '渠道类型', width: 14 },
  { key: 'name', title: '渠道名称', width: 32 },
  { key: 'address', title: '网址/账号', width: 36 },
  { key: 'code', title: '标识码', width: 18 },
  { key: 'organisation', title: '主办单位', width: 28 },
  { key: 'supervisor', title: '主管单位', width: 28 },
  { key: 'region', title: '地区', width: 14 },
  { key: 'proposal', title: '处置建议', width: 10 },
  { key: 'rule', title: '规则', width: 10 },
  { key: 'clause', title: '条款', width: 60 },
  { key: 'since', title: '起始日期', width: 12, type: 'date' },
  { key: 'newest', title: '最近更新', width: 12, type: 'date' },
  { key: 'witness', title: '日期依据', width: 36 },
  { key: 'over', title: '超期天数', width: 10, type: 'number' },
  { key: 'evidence', title: '证据', width: 80 },
]

/** Writes candidates to a workbook or CSV by the file's ending. Throws `bad_input` for any other ending. */
export async function exportCandidates(rows: readonly CandidateRow[], file: string): Promise<void> {
  const sheet: TableSheet = { name: '候选渠道', columns: COLUMNS, rows: rows.map(rowOf) }
  if (/\.xlsx$/i.test(file)) return workbookFile(file, [sheet])
  if (/\.csv$/i.test(file)) return csvFile(file, sheet)
  throw new HuoshuiError('bad_input', { zh: `${file}:请使用 .xlsx 或 .csv`, en: `${file}: give it the ending .xlsx or .csv` })
}

function rowOf(c: CandidateRow, i: number): Row {
  const { channel: ch, witness } = c
  return {
    n: i + 1,
    kind: isKind(ch.kind) ? KINDS[ch.kind].name.zh : ch.kind,
    name: ch.name,
    address: ch.address,
    code: ch.siteCode,
    organisation: ch.organisation,
    supervisor: ch.supervisor,
    region: ch.region,
    proposal: PROPOSALS[c.proposal],
    rule: c.rule,
    clause: c.clause.zh,
    since: c.since,
    newest: c.newest,
    witness: witness === null ? null : `${witness.where ?? witness.source}: ${witness.raw}`,
    over: c.days_over,
    evidence: c.evidence.map(evidenceText).join('\n'),
  }
}

function evidenceText(e: Cited): string {
  if (e.kind === 'attestation') return `单位填报(${e.statedOn},${e.statedBy}):最近更新 ${e.newestOn}${e.link === null ? '' : ` ${e.link}`}`
  if (e.kind === 'register') return `同一单位同一平台:${e.name}${e.newest === null ? '' : `(最近更新 ${e.newest})`}`
  return `${e.fetchedAt} ${e.finalUrl} HTTP ${e.status ?? '–'} SHA-256 ${e.sha256}`
}
