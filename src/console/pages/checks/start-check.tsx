import { Alert, Form, Modal, Progress, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError, post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { ChannelScopeFields, scopeOf } from '../../parts/channel-scope.tsx'
import type { Scope } from '../../parts/channel-scope.tsx'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'

/** Chooses channels and an edition, begins, and shows how far it is; at its end the run opens. */
export function StartCheck({ close }: { close: () => void }) {
  const { t } = useWords()
  const saying = useSaying()
  const navigate = useNavigate()
  const [form] = Form.useForm<Scope & { standard: string }>()
  const standards = useApi('/api/standards', {})
  const [job, setJob] = useState<string | null>(null)
  const progress = useApi('/api/jobs/:job', { params: { job: job ?? '' } }, { enabled: job !== null, every: 700 })
  const state = job === null ? undefined : progress.data
  useEffect(() => {
    if (state?.state === 'done' && state.result !== null) void navigate(`/checks/runs/${state.result}`)
  }, [state, navigate])
  const begin = async ({ standard, ...scope }: Scope & { standard: string }): Promise<void> => {
    try {
      setJob((await post('/api/check-runs', { body: { standard, filter: scopeOf(scope) } })).id)
    } catch (error) { saying(error instanceof ApiError ? error : error) }
  }
  const [beginOnce, busy] = useOnce(begin)
  const failed = state?.state === 'failed'
  return (
    <Modal open title={t('开始检查', 'Run a check')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('开始', 'Begin')} okButtonProps={{ disabled: job !== null && !failed }} cancelText={job === null ? t('取消', 'Cancel') : t('关闭(检查继续进行)', 'Close (it goes on)')}>
      {job === null || failed ? null : <div role="status"><p>{t('正在检查……完成后自动打开结果。', 'Checking… the result opens when it is done.')}</p><Progress percent={state === undefined || state.of === 0 ? 0 : Math.floor((100 * state.done) / state.of)} /></div>}
      {failed && state.error !== null ? <Alert type="error" showIcon title={t(state.error)} /> : null}
      <Form form={form} layout="vertical" initialValues={{ standard: 'gov-2019' }} onFinish={(v) => beginOnce(v)} disabled={job !== null && !failed}>
        <Form.Item name="standard" label={t('标准', 'Standard')}><Select options={(standards.data ?? []).map((s) => ({ value: s.id, label: t(s.name) }))} /></Form.Item>
        <ChannelScopeFields />
      </Form>
    </Modal>
  )
}
