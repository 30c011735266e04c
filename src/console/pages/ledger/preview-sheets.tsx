import { Input, Segmented, Table, Tabs, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import { Nothing } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import type { Preview } from './index.tsx'
import { cellKey } from './edits.ts'
import type { Edit, Edits } from './edits.ts'

type Sheet = Preview['sheets'][number]
type Row = Sheet['rows'][number]
type Props = { readonly preview: Preview; readonly edits: Edits; readonly edit: (e: Edit) => void }

/** The rows as they stand in the file, each finding at its cell; any cell of them can be mended here. */
export function PreviewSheets({ preview, edits, edit }: Props) {
  return (
    <Tabs items={preview.sheets.map((sheet) => ({ key: sheet.name, label: <SheetName sheet={sheet} />, children: <Rows sheet={sheet} edits={edits} edit={edit} /> }))} />
  )
}

function SheetName({ sheet }: { sheet: Sheet }) {
  const bad = sheet.rows.filter((r) => r.grave).length
  return <>{sheet.name}{bad === 0 ? null : <Tag color="red" style={{ marginInlineStart: 6 }}>{bad}</Tag>}</>
}

function Rows({ sheet, edits, edit }: { sheet: Sheet } & Omit<Props, 'preview'>) {
  const { t } = useWords()
  const bad = sheet.rows.some((r) => r.grave)
  const [show, setShow] = useState<'grave' | 'noted' | 'all'>(bad ? 'grave' : 'all')
  const noted = (r: Row): boolean => r.grave || r.problems.length > 0 || r.cells.some((c) => c.problem !== null)
  const rows = sheet.rows.filter((r) => (show === 'grave' ? r.grave || [...edits.values()].some((e) => e.sheet === sheet.name && e.row === r.row) : show === 'noted' ? noted(r) : true))
  return (
    <>
      <Segmented size="small" value={show} onChange={setShow} options={[{ value: 'grave', label: t('有错误的行', 'With errors') }, { value: 'noted', label: t('有错误或提示的行', 'With errors or warnings') }, { value: 'all', label: t('全部预览行', 'All rows of the preview') }]} style={{ marginBottom: 8 }} />
      <Table<Row> size="small" bordered rowKey="row" dataSource={rows} pagination={{ pageSize: 25, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} className="ledger-preview"
        locale={{ emptyText: <Nothing>{show === 'all' ? t('没有数据行。', 'There are no rows.') : t('没有这样的行。', 'There is no such row.')}</Nothing> }}
        columns={[
          { title: t('行', 'Row'), width: 64, fixed: 'left', render: (_, r) => <span className="number">{r.row}</span> },
          ...sheet.headings.map((h, i) => ({
            key: String(h.index),
            title: <div><span className="quiet">{h.letters}</span> {h.text}<div className="field-of">{h.field === null ? t('原样保留', 'kept as it is') : `= ${t(h.field)}`}</div></div>,
            onCell: () => ({ style: { minWidth: 110, maxWidth: 260 } }),
            render: (_: unknown, r: Row) => { const cell = r.cells[i]; return cell === undefined ? null : <MendCell cell={cell} at={{ sheet: sheet.name, row: r.row, column: h.index }} name={h.text} edits={edits} edit={edit} /> },
          })),
          { title: t('整行问题', 'Of the whole row'), width: 240, render: (_, r) => r.problems.map((p) => <div key={p.en} className={r.grave ? 'late' : ''}>{t(p)}</div>) },
        ]} />
      {sheet.more > 0 ? <p className="quiet">{t(`另有 ${sheet.more} 行有问题未在此列出;改正后重新检查即可看到,或跳过它们导入后下载。`, `${sheet.more} more rows have findings: they show once these are mended, or leave them out and download them.`)}</p> : null}
    </>
  )
}

type CellProps = { readonly cell: Row['cells'][number]; readonly at: { sheet: string; row: number; column: number }; readonly name: string } & Omit<Props, 'preview'>

function MendCell({ cell, at, name, edits, edit }: CellProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const mended = edits.get(cellKey(at))
  const text = mended?.text ?? cell.text
  const [typed, setTyped] = useState(text)
  const label = t(`第 ${at.row} 行 ${name}`, `row ${at.row}, ${name}`)
  const close = (): void => { setOpen(false); if (typed !== text) edit({ ...at, text: typed }) }
  if (open) return <Input size="small" autoFocus aria-label={label} value={typed} maxLength={4000} onChange={(e) => setTyped(e.target.value)} onBlur={close} onPressEnter={close} onKeyDown={(e) => { if (e.key === 'Escape') { setTyped(text); setOpen(false) } }} />
  const kind = mended?.pending === true ? 'mended' : cell.problem === null ? 'plain' : cell.grave ? 'grave' : 'noted'
  const words = mended?.pending === true ? t('已修改,待重新检查', 'mended; not checked again yet') : cell.problem === null ? '' : t(cell.problem)
  return (
    <Tooltip title={words}>
      <button type="button" className={`data cell cell-${kind}`} aria-label={`${label}: ${text === '' ? t('空', 'empty') : text}${words === '' ? '' : ` — ${words}`}`} onClick={() => { setTyped(text); setOpen(true) }}>
        {text === '' ? ' ' : text}{kind === 'grave' || kind === 'noted' ? <span className="cell-words">{words}</span> : null}
      </button>
    </Tooltip>
  )
}
