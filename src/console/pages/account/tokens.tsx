import { Button, Checkbox, Form, Input, Modal, Popconfirm, Select, Space, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useSaying } from '../../parts/saying.ts'
import { ShownOnce } from '../../parts/shown-once.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { TroubleLine, useSending } from '../sign-in/trouble.tsx'

type Scope = 'read' | 'export'

const SCOPES = { read: { zh: '读取', en: 'read' }, export: { zh: '导出', en: 'export' } } as const
const STATES = { live: { zh: '有效', en: 'live', colour: 'success' }, expired: { zh: '已过期', en: 'expired', colour: 'default' }, revoked: { zh: '已撤销', en: 'revoked', colour: 'default' } } as const

/** One's API tokens: for programs that read or export without a person at the keyboard. */
export function Tokens() {
  const { t } = useWords()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/tokens', {})
  const [making, setMaking] = useState(false)
  const revoke = async (token: string): Promise<void> => {
    try { await post('/api/tokens/:token/revoke', { params: { token }, body: {} }) } catch (problem) { saying(problem) }
    await client.invalidateQueries({ queryKey: ['/api/tokens'] })
  }
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
        <p className="quiet" style={{ marginTop: 0 }}>{t('供其他系统读取或导出数据。令牌只能做所选范围内的事,且始终受您本人的角色与管辖地区约束。', 'For other systems that read or export. A token may do what its scopes name, within your own role and region.')} <a href="/api/docs" target="_blank" rel="noreferrer">{t('接口文档', 'API documentation')}</a></p>
        <Button type="primary" onClick={() => setMaking(true)}>{t('新建令牌', 'New token')}</Button>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false} locale={{ emptyText: <Nothing>{t('还没有令牌。', 'No token yet.')}</Nothing> }} columns={[
        { title: t('名称', 'Name'), dataIndex: 'name' },
        { title: t('范围', 'Scopes'), render: (_, k) => k.scopes.map((s) => t(SCOPES[s])).join(t('、', ', ')) },
        { title: t('状态', 'State'), render: (_, k) => <Tag color={STATES[k.state].colour}>{t(STATES[k.state])}</Tag> },
        { title: t('新建时间', 'Made'), dataIndex: 'createdAt', render: (at: string) => <When at={at} /> },
        { title: t('到期', 'Expires'), dataIndex: 'expiresAt', render: (at: string) => <When at={at} /> },
        { title: t('最近使用', 'Last used'), dataIndex: 'lastUsedAt', render: (at: string | null) => <When at={at} empty={t('从未', 'never')} /> },
        { title: t('操作', 'Act'), render: (_, k) => (k.state === 'live' ? <Popconfirm title={t('撤销后立即失效,不能恢复。确定?', 'It stops working at once, for good. Revoke it?')} onConfirm={() => void revoke(k.id)}><Button size="small" danger>{t('撤销', 'Revoke')}</Button></Popconfirm> : null) },
      ]} />
      {making ? <Make close={() => setMaking(false)} /> : null}
    </>
  )
}

function Make({ close }: { close: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const { busy, trouble, send } = useSending()
  const [made, setMade] = useState<string | null>(null)
  const [form] = Form.useForm<{ name: string; scopes: Scope[]; days: number }>()
  const submit = (values: { name: string; scopes: Scope[]; days: number }) => send(async () => {
    const { token } = await post('/api/tokens', { body: values })
    await client.invalidateQueries({ queryKey: ['/api/tokens'] })
    setMade(token)
  })
  if (made !== null) {
    return (
      <Modal open title={t('令牌已建立', 'The token is made')} onCancel={close} footer={<Button type="primary" onClick={close}>{t('我已保存', 'I have kept it')}</Button>}>
        <ShownOnce secret={made} label={t('令牌', 'token')}>{t('令牌只显示这一次,请立即保存。', 'It is shown this once: keep it now.')}</ShownOnce>
        <p className="quiet">{t('使用方法:请求头', 'Use: the header')} <code>Authorization: Bearer …</code></p>
      </Modal>
    )
  }
  return (
    <Modal open title={t('新建令牌', 'New token')} onCancel={close} onOk={() => void form.submit()} okText={t('建立', 'Make it')} confirmLoading={busy}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ scopes: ['read'], days: 90 }} onFinish={(v) => void submit(v)}>
        <Form.Item name="name" label={t('用途', 'What it is for')} rules={[{ required: true, message: t('请说明用途', 'Say what it is for') }]}><Input maxLength={60} autoFocus placeholder={t('例如:周报系统', 'e.g. weekly report')} /></Form.Item>
        <Form.Item name="scopes" label={t('范围', 'Scopes')} rules={[{ required: true, message: t('至少选一项', 'Choose at least one') }]}>
          <Checkbox.Group><Space orientation="vertical"><Checkbox value="read">{t('读取:查询渠道、候选、统计', 'read: channels, candidates, figures')}</Checkbox><Checkbox value="export">{t('导出:下载表格与文档', 'export: workbooks and documents')}</Checkbox></Space></Checkbox.Group>
        </Form.Item>
        <Form.Item name="days" label={t('有效期', 'How long')}><Select options={[7, 30, 90, 180, 365].map((days) => ({ value: days, label: t(`${days} 天`, `${days} days`) }))} /></Form.Item>
      </Form>
    </Modal>
  )
}
