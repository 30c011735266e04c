import { App, Button, Input, Modal, Space } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'
import type { Filters } from './query.ts'

type Act = 'run' | 'pause' | 'resume'
type Props = { readonly chosen: readonly number[]; readonly total: number; readonly filters: Filters; readonly clear: () => void }

/** What can be done with the rows that are ticked, or with all that the filter means. Each act is asked once more, with how many. */
export function BulkActs({ chosen, total, filters, clear }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [act, setAct] = useState<Act | null>(null)
  const [everything, setEverything] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  if (chosen.length === 0) return null
  const names: Record<Act, string> = { run: t('立即巡检', 'Visit now'), pause: t('暂停巡检', 'Pause'), resume: t('恢复巡检', 'Resume') }
  const n = everything ? total : chosen.length
  const done = async (): Promise<void> => {
    if (act === null) return
    setBusy(true)
    try {
      const said = reason.trim() === '' ? {} : { reason: reason.trim() }
      const answer = await post('/api/channels/act', everything ? { query: filters as { visiting?: 'never' }, body: { act, ...said } } : { query: {}, body: { act, ids: [...chosen], ...said } })
      void message.success(t(`${names[act]}:已处理 ${answer.changed} 个${answer.left === 0 ? '' : `,${answer.left} 个不适用,保持不变`}`, `${names[act]}: ${answer.changed} done${answer.left === 0 ? '' : `, ${answer.left} left as they are`}`))
      setAct(null)
      setReason('')
      clear()
      await client.invalidateQueries({ queryKey: ['/api/channels'] })
    } catch (problem) { saying(problem) } finally { setBusy(false) }
  }
  return (
    <div className="bulk no-print" role="region" aria-label={t('批量操作', 'Bulk actions')}>
      <span>{everything ? t(`已选筛选出的全部 ${total.toLocaleString('en-US')} 个渠道`, `All ${total.toLocaleString('en-US')} channels of the filter`) : t(`已选 ${chosen.length} 个渠道`, `${chosen.length} chosen`)}</span>
      {total > chosen.length ? <Button type="link" size="small" onClick={() => setEverything(!everything)}>{everything ? t('只选勾选的', 'Only the ticked ones') : t(`选择筛选出的全部 ${total.toLocaleString('en-US')} 个`, `Choose all ${total.toLocaleString('en-US')}`)}</Button> : null}
      <Space size={8} style={{ marginInlineStart: 'auto' }}>
        {(['run', 'pause', 'resume'] as const).map((a) => <Button key={a} size="small" type={a === 'run' ? 'primary' : 'default'} onClick={() => setAct(a)}>{names[a]}</Button>)}
        <Button size="small" type="text" onClick={() => { setEverything(false); clear() }}>{t('取消选择', 'Clear')}</Button>
      </Space>
      <Modal open={act !== null} confirmLoading={busy} title={act === null ? '' : t(`${names[act]}:${n.toLocaleString('en-US')} 个渠道`, `${names[act]}: ${n.toLocaleString('en-US')} channels`)} okText={t('确定', 'Do it')} cancelText={t('取消', 'Cancel')} onOk={() => void done()} onCancel={() => setAct(null)} destroyOnHidden>
        <p>{act === 'run' ? t('这些渠道将排到最前,由巡检进程依次访问;已关停、已整合、已暂停的不受影响。', 'They go to the front of the queue; closed, merged and paused ones are left alone.') : act === 'pause' ? t('暂停后不再巡检,直到恢复;可随时恢复。', 'They are not visited until resumed; this can be undone at any time.') : t('恢复后按策略继续巡检。', 'They are visited by policy again.')}</p>
        {n > 20_000 ? <p>{t('一次最多处理 20,000 个。', 'At most 20,000 at once.')}</p> : null}
        <label htmlFor="bulk-reason">{t('原因(记入审计)', 'Reason (kept in the audit trail)')}</label>
        <Input id="bulk-reason" maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />
      </Modal>
    </div>
  )
}
