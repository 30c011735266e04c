import { App, Button, DatePicker, Form, Input, Modal, Popconfirm, Radio, Select, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { post, put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { ChannelSelect, OrganisationSelect } from '../../parts/search-select.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { CREDENTIAL_STATES } from '../../words/credentials.ts'

type Values = { id: string; of: 'all' | 'organisation' | 'channel'; organisation?: number; channel?: number; values: Record<string, string>; validUntil?: { format(pattern: string): string } | null }
type Target = { id: string; scope: string; target: string }

const target = (c: Target): { organisation?: number; channel?: number } => (c.scope === 'organisation' ? { organisation: Number(c.target) } : c.scope === 'channel' ? { channel: Number(c.target) } : {})

/** The credentials board: which work, which are about to end, what stands still because of one. */
export function Credentials() {
  const { t } = useWords()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/credentials', {}, { every: 30_000 })
  const [putting, setPutting] = useState<Target | 'new' | null>(null)
  const take = async (c: Target): Promise<void> => {
    try {
      await post('/api/credentials/:id/remove', { params: { id: c.id }, body: target(c) })
      await client.invalidateQueries({ queryKey: ['/api/credentials'] })
    } catch (problem) { saying(problem) }
  }
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}><p className="quiet" style={{ marginTop: 0 }}>{t('凭据加密保存,任何人都不能再读出。更换时重新录入即可。', 'Credentials are sealed; nobody can read them back. To renew one, enter it again.')}</p><Button type="primary" onClick={() => setPutting('new')}>{t('录入凭据', 'Enter a credential')}</Button></div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey={(r) => `${r.id}:${r.scope}:${r.target}`} loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false} scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing>{t('尚未录入凭据。没有凭据的平台按公开页面、转接或单位填报巡检。', 'No credential yet. Platforms without one are read by their public pages, a bridge, or what units attest.')}</Nothing> }}
        columns={[
          { title: t('凭据', 'Credential'), render: (_, r) => <>{r.kind !== null && isKind(r.kind) ? t(KINDS[r.kind].name) : ''} <span className="quiet">{r.id}</span></> },
          { title: t('适用于', 'For'), render: (_, r) => (r.scope === 'all' ? t('全部', 'all') : r.targetName ?? r.target) },
          { title: t('状态', 'State'), render: (_, r) => <Tag color={CREDENTIAL_STATES[r.state].colour}>{t(CREDENTIAL_STATES[r.state].name)}</Tag> },
          { title: t('有效期至', 'Valid until'), dataIndex: 'validUntil', render: (d: string | null) => d ?? '–' },
          { title: t('最近成功', 'Last success'), dataIndex: 'lastSuccessAt', render: (at: string | null) => <When at={at} /> },
          { title: t('最近失败', 'Last failure'), render: (_, r) => (r.lastFailure === null ? '–' : <><When at={r.lastFailureAt} /> {Object.hasOwn(OUTCOMES, r.lastFailure) ? t(OUTCOMES[r.lastFailure as keyof typeof OUTCOMES].name) : r.lastFailure} <span className="quiet">×{r.failures}</span></>) },
          { title: t('受影响渠道', 'Channels stopped'), align: 'right', render: (_, r) => (r.stoppedChannels === 0 ? 0 : <Link to={`/channels?outcomes=credential_expired${r.kind === null ? '' : `&kinds=${r.kind}`}`}>{r.stoppedChannels}</Link>) },
          { title: t('录入', 'Put'), render: (_, r) => <>{r.putBy} <When at={r.putAt} /></> },
          { title: t('操作', 'Act'), render: (_, r) => <span style={{ display: 'inline-flex', gap: 8 }}><Button size="small" onClick={() => setPutting(r)}>{t('更换', 'Renew')}</Button><Popconfirm title={t('删除这项凭据?相关渠道将改用其他来源或记为未观测。', 'Remove it? Its channels fall back to other sources, or are not observed.')} onConfirm={() => void take(r)}><Button size="small" danger>{t('删除', 'Remove')}</Button></Popconfirm></span> },
        ]} />
      {putting === null ? null : <Put of={putting} close={() => setPutting(null)} />}
    </>
  )
}

function Put({ of, close }: { of: Target | 'new'; close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const kinds = useApi('/api/credentials/kinds', {})
  const [form] = Form.useForm<Values>()
  const initial = of === 'new' ? { of: 'all' as const } : { id: of.id, of: of.scope as Values['of'], ...target(of) }
  const id = Form.useWatch('id', form) ?? ('id' in initial ? initial.id : undefined)
  const scope = Form.useWatch('of', form) ?? initial.of
  const kind = kinds.data?.find((k) => k.id === id)
  const send = async ({ validUntil, values, organisation, channel }: Values): Promise<void> => {
    if (kind === undefined) return
    try {
      await put('/api/credentials/:id', { params: { id: kind.id }, body: { values, ...(scope === 'organisation' && organisation !== undefined ? { organisation } : {}), ...(scope === 'channel' && channel !== undefined ? { channel } : {}), ...(validUntil === undefined || validUntil === null ? {} : { validUntil: validUntil.format('YYYY-MM-DD') }) } })
      await client.invalidateQueries({ queryKey: ['/api/credentials'] })
      void message.success(t('已加密保存,下次巡检起使用', 'Sealed; used from the next visit on'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={of === 'new' ? t('录入凭据', 'Enter a credential') : t('更换凭据', 'Renew a credential')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('保存', 'Save')} okButtonProps={{ disabled: kinds.data === undefined }} destroyOnHidden>
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(v) => sendOnce(v)} autoComplete="off">
        <Form.Item name="id" label={t('种类', 'Credential')} rules={[{ required: true, message: t('请选择', 'choose one') }]}><Select disabled={of !== 'new'} options={(kinds.data ?? []).map((k) => ({ value: k.id, label: `${isKind(k.kind) ? t(KINDS[k.kind].name) : k.kind} · ${k.id}` }))} /></Form.Item>
        {kind === undefined ? null : <p className="quiet">{t(kind.note)}</p>}
        <Form.Item name="of" label={t('适用于', 'For')}><Radio.Group disabled={of !== 'new'} options={[{ value: 'all', label: t('全部', 'all'), disabled: kind?.oneAccount === true }, { value: 'organisation', label: t('单位', 'an organisation') }, { value: 'channel', label: t('单个渠道', 'one channel') }]} /></Form.Item>
        {scope === 'organisation' ? <Form.Item name="organisation" label={t('单位', 'Organisation')} rules={[{ required: true, message: t('请选择', 'choose one') }]}><OrganisationSelect /></Form.Item> : null}
        {scope === 'channel' ? <Form.Item name="channel" label={t('渠道', 'Channel')} rules={[{ required: true, message: t('请选择', 'choose one') }]}><ChannelSelect /></Form.Item> : null}
        {kind?.fields.map((field) => <Form.Item key={field} name={['values', field]} label={field} rules={[{ required: true, message: t(`请填写 ${field}`, `enter ${field}`) }]}><Input.Password autoComplete="new-password" visibilityToggle={false} /></Form.Item>)}
        <Form.Item name="validUntil" label={t('有效期至(可不填;到期前7天提醒)', 'Valid until (optional; you are told 7 days before)')}><DatePicker style={{ width: '100%' }} /></Form.Item>
      </Form>
    </Modal>
  )
}
