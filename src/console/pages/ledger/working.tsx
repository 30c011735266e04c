import { Progress } from 'antd'
import { useState } from 'react'
import { useEvents } from '../../api/events.ts'
import { useWords } from '../../shell/language.tsx'

/** How far the check or the import is, as it happens. */
export function Working({ id, name, stage }: { id: string; name: string; stage: 'checking' | 'importing' }) {
  const { t } = useWords()
  const [at, setAt] = useState({ done: 0, total: 0 })
  useEvents('/api/ledger/uploads/:id/progress', { params: { id } }, (event, data) => { if (event === 'progress') setAt(data as { done: number; total: number }) }, ['progress'])
  const percent = at.total === 0 ? 0 : Math.min(99, Math.floor((at.done / at.total) * 100))
  return (
    <section className="panel" role="status" style={{ maxWidth: 760 }}>
      <p style={{ marginTop: 0 }}>{stage === 'checking' ? t(`正在检查 ${name}……`, `Checking ${name}…`) : t(`正在导入 ${name},请不要关闭页面……`, `Importing ${name}; please leave the page open…`)}</p>
      <Progress percent={percent} status="active" aria-label={t('进度', 'progress')} />
      <p className="quiet" style={{ marginBottom: 0 }}>{at.total === 0 ? t('正在读取文件', 'reading the file') : t(`${at.done.toLocaleString('en-US')} / ${at.total.toLocaleString('en-US')} 行`, `${at.done.toLocaleString('en-US')} of ${at.total.toLocaleString('en-US')} rows`)}</p>
    </section>
  )
}
