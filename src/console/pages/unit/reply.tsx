import { App, Alert, Button, Card, Form, Input, Radio, Upload } from 'antd'
import { DeleteOutlined, InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, post } from '../../api/client.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'
import type { DossierData } from '../review/dossier.tsx'

type Brought = { readonly sha256: string; readonly name: string; readonly size: number }
const LARGEST = 20_000_000

/** The unit's answer or appeal: its words, and files as proof. */
export function Reply({ file }: { file: DossierData }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const saying = useSaying()
  const client = useQueryClient()
  const [step, setStep] = useState<'answer' | 'contest'>(file.legal.includes('answer') ? 'answer' : 'contest')
  const [words, setWords] = useState('')
  const [files, setFiles] = useState<readonly Brought[]>([])
  const [busy, setBusy] = useState(false)
  // Several files may be on their way at once: nothing is sent before the last one is there.
  const [coming, setComing] = useState(0)
  const bring = async (picked: File): Promise<void> => {
    if (picked.size > LARGEST) { void message.error(t(`${picked.name} 超过20 MB`, `${picked.name} is larger than 20 MB`)); return }
    setComing((n) => n + 1)
    try {
      const one = await ask('POST', '/api/unit/matters/:id/files', { params: { id: file.id }, query: { name: picked.name }, body: new Blob([picked], { type: 'application/octet-stream' }) }) as Brought
      setFiles((now) => [...now.filter((f) => f.sha256 !== one.sha256), one])
    } catch (problem) { saying(problem) } finally { setComing((n) => n - 1) }
  }
  const send = async (): Promise<void> => {
    setBusy(true)
    try {
      await post('/api/unit/matters/:id/reply', { params: { id: String(file.id) }, body: { step, text: words.trim(), files: files.map((f) => f.sha256), version: file.version } })
      void message.success({ duration: 6, content: step === 'answer' ? t('已提交反馈,等待复查。', 'Your answer is in; the office will re-check.') : t('已提交申诉,等待复核。', 'Your appeal is in; the office will look again.') })
      setWords('')
      setFiles([])
    } catch (problem) { saying(problem) } finally {
      setBusy(false)
      await client.invalidateQueries({ predicate: ({ queryKey: [url] }) => typeof url === 'string' && (url.startsWith('/api/unit') || url.startsWith('/api/candidates')) })
    }
  }
  const choices = [
    ...(file.legal.includes('answer') ? [{ value: 'answer', label: t('反馈整改情况', 'Answer: what was done') }] : []),
    ...(file.legal.includes('contest') ? [{ value: 'contest', label: t('申诉(对认定的问题有异议)', 'Contest what was found') }] : []),
  ]
  return (
    <Card size="small" title={t('答复', 'Your answer')} style={{ marginTop: 12 }}>
      <Form layout="vertical" component="div">
        <Form.Item label={t('答复方式', 'Kind of answer')}><Radio.Group value={step} onChange={(e) => setStep(e.target.value as typeof step)} options={choices} aria-label={t('答复方式', 'Kind of answer')} /></Form.Item>
        <Form.Item label={step === 'answer' ? t('整改情况', 'What was done') : t('申诉理由', 'Why you contest it')} htmlFor="reply-words"><Input.TextArea id="reply-words" rows={5} maxLength={4000} value={words} onChange={(e) => setWords(e.target.value)} placeholder={step === 'answer' ? t('写明采取的措施、完成时间和今后的保障机制', 'measures taken, when, and how it will be kept up') : t('写明事实和依据,例如实际更新日期及所在页面', 'facts and grounds, such as the true date and where it stands')} /></Form.Item>
        <Form.Item label={t('佐证材料', 'Proof')}>
          <Upload.Dragger multiple showUploadList={false} accept=".pdf,.ofd,.png,.jpg,.jpeg,.docx,.xlsx,.zip" beforeUpload={(picked) => { void bring(picked); return false }} aria-label={t('上传佐证材料', 'bring proof')}>
            <p style={{ margin: 0 }}><InboxOutlined style={{ fontSize: 24 }} /></p>
            <p style={{ margin: 0 }}>{t('点击或拖入文件(PDF、OFD、图片、Word、Excel、ZIP,每份不超过20 MB)', 'Click or drop files (PDF, OFD, pictures, Word, Excel, ZIP; 20 MB each at most)')}</p>
          </Upload.Dragger>
          {files.length === 0 ? null : <ul className="said">{files.map((f) => <li key={f.sha256}>{f.name} <span className="quiet">{Math.max(1, Math.round(f.size / 1024)).toLocaleString('en')} kB</span> <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t(`不附 ${f.name}`, `leave out ${f.name}`)} onClick={() => setFiles(files.filter((x) => x !== f))} /><br /><code className="hash">SHA-256 {f.sha256}</code></li>)}</ul>}
        </Form.Item>
      </Form>
      {step === 'contest' ? <Alert type="info" showIcon style={{ marginBottom: 12 }} title={t('申诉期间暂停整改时限,由主管部门复核后维持或变更原决定。', 'While it is contested no deadline runs; the office upholds its decision or changes it.')} /> : null}
      <Button type="primary" disabled={words.trim() === ''} loading={busy || coming > 0} onClick={() => void send()}>{step === 'answer' ? t('提交反馈', 'Send the answer') : t('提交申诉', 'Send the appeal')}</Button>
    </Card>
  )
}
