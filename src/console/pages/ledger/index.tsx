import { Alert, App, Button, Checkbox, Result, Space, Steps, Upload } from 'antd'
import { DownloadOutlined, InboxOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { addressOf, ApiError, ask, post } from '../../api/client.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { Working } from './working.tsx'
import { PreviewSheets } from './preview-sheets.tsx'
import { Tallies } from './tallies.tsx'
import { cellKey, sent } from './edits.ts'
import type { Edits } from './edits.ts'

export type Preview = AnswerOf<RouteOf<'POST', '/api/ledger/uploads/:id/check'>>
type Done = AnswerOf<RouteOf<'POST', '/api/ledger/uploads/:id/import'>>
type Stage = { readonly at: 'choose' } | { readonly at: 'checking' | 'importing'; readonly id: string; readonly name: string } | { readonly at: 'preview'; readonly id: string; readonly name: string; readonly preview: Preview } | { readonly at: 'done'; readonly id: string; readonly report: Done }

const asError = (problem: unknown): ApiError => (problem instanceof ApiError ? problem : new ApiError(0, 'failed', { zh: '操作没有完成,请重试', en: 'It was not done; please try again' }, []))

/** A ledger on its way in: choose, look and mend, write. Nothing is written before the last step. */
export default function LedgerPage() {
  const { t } = useWords()
  const { modal } = App.useApp()
  const client = useQueryClient()
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const [edits, setEdits] = useState<Edits>(new Map())
  const [skipBad, setSkipBad] = useState(false)
  const [problem, setProblem] = useState<ApiError | null>(null)

  const check = async (id: string, name: string, with_: Edits, before: Stage): Promise<void> => {
    setProblem(null)
    setStage({ at: 'checking', id, name })
    try {
      setStage({ at: 'preview', id, name, preview: await post('/api/ledger/uploads/:id/check', { params: { id }, body: { edits: sent(with_) } }) })
    } catch (error) { setProblem(asError(error)); setStage(before) }
  }
  const send = async (file: File): Promise<void> => {
    setProblem(null)
    setEdits(new Map())
    setSkipBad(false)
    try {
      const made = await ask('POST', '/api/ledger/uploads', { query: { name: file.name }, body: new Blob([file], { type: 'application/octet-stream' }) }) as { id: string; name: string }
      await check(made.id, made.name, new Map(), { at: 'choose' })
    } catch (error) { setProblem(asError(error)); setStage({ at: 'choose' }) }
  }
  const write = async (of: Extract<Stage, { at: 'preview' }>): Promise<void> => {
    setProblem(null)
    setStage({ at: 'importing', id: of.id, name: of.name })
    try {
      const report = await post('/api/ledger/uploads/:id/import', { params: { id: of.id }, body: { edits: sent(edits), skipBad } })
      if (!report.imported) return await check(of.id, of.name, edits, of)
      await client.invalidateQueries()
      setStage({ at: 'done', id: of.id, report })
    } catch (error) { setProblem(asError(error)); setStage(of) }
  }
  const again = (): void => { setStage({ at: 'choose' }); setEdits(new Map()); setProblem(null) }
  const errors = stage.at === 'preview' ? stage.preview.report.errorCount : 0
  const unchecked = stage.at === 'preview' && [...edits.values()].some((e) => e.pending)
  return (
    <>
      <PageHead title={t('台账', 'Ledger')} actions={<Space><Button icon={<DownloadOutlined />} href="/api/ledger/template" download>{t('下载模板', 'Template')}</Button><Link to="/ledger/new"><Button icon={<PlusOutlined />}>{t('登记一个渠道', 'Register one channel')}</Button></Link></Space>}>
        {t('导入网站与新媒体台账:先预览、就地修改,确认后才写入。', 'Load the list of websites and accounts: look, mend in place, and only then is it written.')}
      </PageHead>
      <Steps size="small" style={{ maxWidth: 760, marginBottom: 16 }} current={stage.at === 'choose' ? 0 : stage.at === 'done' ? 3 : stage.at === 'importing' ? 2 : 1} items={[{ title: t('选择文件', 'Choose the file') }, { title: t('预览与修改', 'Look and mend') }, { title: t('导入', 'Import') }]} />
      {problem === null ? null : <Failed error={problem} />}
      {stage.at === 'choose' ? <Choose send={(file) => void send(file)} /> : null}
      {stage.at === 'checking' || stage.at === 'importing' ? <Working id={stage.id} name={stage.name} stage={stage.at} /> : null}
      {stage.at === 'preview' ? (
        <>
          <Tallies report={stage.preview.report} name={stage.name} />
          <div className="ledger-acts no-print">
            <Button onClick={again}>{t('换一个文件', 'Another file')}</Button>
            {unchecked ? <Button type="primary" onClick={() => { const clean = new Map([...edits].map(([k, e]) => [k, { ...e, pending: false }])); setEdits(clean); void check(stage.id, stage.name, clean, stage) }}>{t(`按修改重新检查(${[...edits.values()].filter((e) => e.pending).length} 处)`, `Check again with ${[...edits.values()].filter((e) => e.pending).length} mended cells`)}</Button> : null}
            {errors > 0 ? <Checkbox checked={skipBad} onChange={(e) => setSkipBad(e.target.checked)}>{t(`跳过有错误的 ${stage.preview.report.rejected} 行,先导入其余(有错误的行可下载后补导)`, `Leave out the ${stage.preview.report.rejected} rows with errors and load the rest (they can be downloaded, mended and loaded later)`)}</Checkbox> : null}
            <Button type={unchecked ? 'default' : 'primary'} disabled={unchecked || (errors > 0 && !skipBad)} onClick={() => modal.confirm({
              title: t('确认导入?', 'Import it?'), okText: t('导入', 'Import'), cancelText: t('取消', 'Cancel'),
              content: t(`将新增 ${stage.preview.report.created} 个、更新 ${stage.preview.report.updated} 个渠道;未出现的渠道保持不变。`, `${stage.preview.report.created} channels are added and ${stage.preview.report.updated} updated; those not in the file stay as they are.`),
              onOk: () => write(stage),
            })}>{t('确认导入', 'Import')}</Button>
            {errors > 0 && !skipBad ? <span className="quiet">{t('请先改正红色单元格,或选择跳过有错误的行。', 'Mend the red cells first, or leave their rows out.')}</span> : null}
          </div>
          <PreviewSheets preview={stage.preview} edits={edits} edit={(e) => setEdits((was) => new Map(was).set(cellKey(e), { ...e, pending: true }))} />
        </>
      ) : null}
      {stage.at === 'done' ? (
        <Result status="success" title={t('导入完成', 'Imported')} subTitle={t(`新增 ${stage.report.created} 个,更新 ${stage.report.updated} 个,未变 ${stage.report.unchanged} 个${stage.report.rejected === 0 ? '' : `,未导入 ${stage.report.rejected} 行`}。新登记的渠道会立即排队巡检。`, `${stage.report.created} added, ${stage.report.updated} updated, ${stage.report.unchanged} unchanged${stage.report.rejected === 0 ? '' : `, ${stage.report.rejected} rows left out`}. New channels are queued for their first visit at once.`)}
          extra={[
            <Link key="list" to="/channels"><Button type="primary">{t('查看渠道', 'See the channels')}</Button></Link>,
            ...(stage.report.rejectedRows ? [<Button key="rejected" icon={<DownloadOutlined />} href={addressOf('/api/ledger/uploads/:id/rejected', { params: { id: stage.id } })} download>{t('下载未导入的行', 'Download the rows left out')}</Button>] : []),
            <Button key="again" onClick={again}>{t('继续导入', 'Load another')}</Button>,
          ]} />
      ) : null}
      {stage.at === 'preview' && stage.preview.report.errorCount === 0 && stage.preview.report.rows + stage.preview.report.columns.rows === 0 ? <Alert type="warning" showIcon title={t('表头下面没有数据行。', 'There are no rows below the headings.')} /> : null}
    </>
  )
}

function Choose({ send }: { send: (file: File) => void }) {
  const { t } = useWords()
  return (
    <Upload.Dragger accept=".xlsx,.csv,.txt,.xls,.et" maxCount={1} showUploadList={false} beforeUpload={(file) => { send(file); return false }} className="drop">
      <p className="ant-upload-drag-icon"><InboxOutlined /></p>
      <p className="ant-upload-text">{t('把台账文件拖到这里,或点击选择', 'Drop the ledger here, or click to choose it')}</p>
      <p className="ant-upload-hint">{t('支持 .xlsx 与 .csv,最大 60 MB。常见表头(网站名称、首页网址、账号名称、主办单位、所属地区……)能自动识别;合并单元格、多个工作表都可以。旧版 .xls 请先另存为 .xlsx。', '.xlsx and .csv up to 60 MB. Usual headings are understood as they stand, merged cells and several sheets too. Save old .xls files as .xlsx first.')}</p>
    </Upload.Dragger>
  )
}
