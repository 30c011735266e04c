import { Alert } from 'antd'
import { useWords } from '../../shell/language.tsx'
import type { Preview } from './index.tsx'

/** What the import would do, in figures. */
export function Tallies({ report: r, name }: { report: Preview['report']; name: string }) {
  const { t } = useWords()
  const figures: [string, number, boolean?][] = [
    [t('读到渠道', 'Channels read'), r.rows], [t('新增', 'New'), r.created], [t('更新', 'Updated'), r.updated], [t('未变', 'Unchanged'), r.unchanged], [t('重复行', 'Repeated'), r.repeated],
    [t('栏目', 'Columns'), r.columns.rows], [t('新单位', 'New organisations'), r.organisations], [t('错误', 'Errors'), r.errorCount, r.errorCount > 0], [t('提示', 'Warnings'), r.warningCount],
  ]
  const skipped = r.sheets.filter((s) => s.use === 'skipped')
  const whole = [...r.errors, ...r.warnings].filter((f) => f.row === 0)
  return (
    <section className="panel" style={{ marginBottom: 12 }} aria-label={t('预览结果', 'What it would do')}>
      <header><h2 className="address">{name}</h2><span className="quiet">{t('预览,尚未写入', 'a preview: nothing is written')}</span></header>
      <dl className="tally-row tally-row-tight">{figures.map(([label, n, grave]) => <div key={label} className="tally"><dt>{label}</dt><dd><span className={grave === true ? 'tally-value late' : 'tally-value'}>{n.toLocaleString('en-US')}</span></dd></div>)}</dl>
      {r.errorCount === 0 ? <Alert type="success" showIcon title={t('没有错误,可以导入。', 'No errors: it can be imported.')} /> : <Alert type="error" showIcon title={t(`${r.rejected} 行有错误,共 ${r.errorCount} 处。可在下表中直接修改单元格,然后重新检查。`, `${r.rejected} rows have ${r.errorCount} errors. Mend the cells right below, then check again.`)} />}
      {r.closed > 0 ? <p>{t(`其中 ${r.closed} 个渠道将按台账所填状态登记为关停。`, `${r.closed} channels will be closed, as the ledger states.`)}</p> : null}
      {whole.length + skipped.length === 0 ? null : <ul className="said">{whole.map((f, i) => <li key={`${f.sheet} ${i}`}><b>{f.sheet}</b>{t(':', ': ')}{t(f.expected)}</li>)}{skipped.filter((s) => !whole.some((f) => f.sheet === s.name)).map((s) => <li key={s.name} className="quiet"><b>{s.name}</b>{t(':未导入的工作表', ': this sheet is not imported')}</li>)}</ul>}
    </section>
  )
}
