import type { Finding, ImportReport } from '../../registry/index.ts'

const SHOWN = 50

/** What an import did, for a person: the counts, then what is wrong by sheet, row and column. */
export function importReportText(report: ImportReport): string {
  const head = report.imported
    ? `已导入 imported: ${report.file}`
    : report.dryRun ? `仅检查,未写入 checked only, nothing written: ${report.file}` : `未导入:有错误 not imported because of errors: ${report.file}`
  const lines = [
    head,
    `  行 rows ${report.rows}  新增 created ${report.created}  更新 updated ${report.updated}  未变 unchanged ${report.unchanged}  退回 rejected ${report.rejected}`,
  ]
  const { columns } = report
  if (columns.rows > 0) lines.push(`  栏目 columns ${columns.rows}: 新增 created ${columns.created}  更新 updated ${columns.updated}`)
  if (report.attestations > 0) lines.push(`  单位填报 attestations ${report.attestations}`)
  lines.push(...findings('错误 errors', report.errors, report.errorCount), ...findings('提示 warnings', report.warnings, report.warningCount))
  if (report.rejectedFile !== null) lines.push(`退回的行已写入,修改后可再次导入 rejected rows, to mend and import again: ${report.rejectedFile}`)
  return lines.join('\n')
}

function findings(title: string, list: readonly Finding[], count: number): string[] {
  if (count === 0) return []
  const rows = list.slice(0, SHOWN).map((f) => {
    const row = f.row === 0 ? '' : ` 第${f.row}行 row ${f.row}`
    const column = f.column === '' ? '' : ` ${f.column}`
    const value = f.value === '' ? '' : ` ${JSON.stringify(f.value)}`
    return `  ${f.sheet}${row}${column}${value}: ${f.expected.zh} / ${f.expected.en}`
  })
  return [`${title} (${count}):`, ...rows, ...(count > rows.length ? [`  … ${count - rows.length} more`] : [])]
}
