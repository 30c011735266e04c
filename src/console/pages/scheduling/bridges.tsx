import { App, Button, Form, Input, Modal, Popconfirm, Radio, Select, Table } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { KINDS, KIND_IDS, isKind } from '../../../domain/kinds.ts'
import { post, put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { ChannelSelect } from '../../parts/search-select.tsx'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'

type Values = { of: 'kind' | 'channel'; kind?: string; channel?: number; type: 'wewe' | 'rsshub' | 'feed'; url: string }
type Row = { scope: string; target: string; targetName: string | null; type: string; url: string; accessCode: boolean; putBy: string; putAt: string }

const TYPES = { wewe: 'WeWe RSS', rsshub: 'RSSHub', feed: 'RSS / Atom / JSON Feed' } as const

/** Feed bridges that the operator runs: where a platform shows nothing to visitors. */
export function Bridges() {
  const { t } = useWords()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/bridges', {})
  const [adding, setAdding] = useState(false)
  const take = async (r: Row): Promise<void> => {
    try {
      await post('/api/bridges/remove', { body: { type: r.type as Values['type'], ...(r.scope === 'kind' ? { kind: r.target } : { channel: Number(r.target) }) } })
      await client.invalidateQueries({ queryKey: ['/api/bridges'] })
    } catch (problem) { saying(problem) }
  }
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}><p className="quiet" style={{ marginTop: 0 }}>{t('由本单位自建的订阅服务。转接自身超过时限未更新时,记为“未观测”,不影响渠道判定。', 'Feed services that you run. When a bridge itself is stale, its channels are not observed.')}</p><Button type="primary" onClick={() => setAdding(true)}>{t('添加转接', 'Add a bridge')}</Button></div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey={(r) => `${r.scope}:${r.target}:${r.type}`} loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false} locale={{ emptyText: <Nothing>{t('尚未设置转接。', 'No bridge yet.')}</Nothing> }}
        columns={[
          { title: t('适用于', 'For'), render: (_, r) => (r.scope === 'kind' ? (isKind(r.target) ? t(KINDS[r.target].name) : r.target) : r.targetName ?? r.target) },
          { title: t('类型', 'Type'), dataIndex: 'type', render: (type: string) => TYPES[type as keyof typeof TYPES] ?? type },
          { title: t('地址', 'Address'), dataIndex: 'url', render: (url: string, r) => <span className="address">{url}{r.accessCode ? t('(含访问码,已隐藏)', ' (access code hidden)') : ''}</span> },
          { title: t('设置人', 'Put by'), dataIndex: 'putBy' },
          { title: t('时间', 'At'), dataIndex: 'putAt', render: (at: string) => <When at={at} /> },
          { title: t('操作', 'Act'), render: (_, r) => <Popconfirm title={t('删除这项转接?', 'Remove this bridge?')} onConfirm={() => void take(r)}><Button size="small" danger>{t('删除', 'Remove')}</Button></Popconfirm> },
        ]} />
      {adding ? <Add close={() => setAdding(false)} /> : null}
    </>
  )
}

function Add({ close }: { close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const of = Form.useWatch('of', form) ?? 'kind'
  const send = async ({ kind, channel, type, url }: Values): Promise<void> => {
    try {
      await put('/api/bridges', { body: { type, url, ...(of === 'kind' ? { kind } : { channel }) } })
      await client.invalidateQueries({ queryKey: ['/api/bridges'] })
      void message.success(t('已保存', 'Saved'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={t('添加转接', 'Add a bridge')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('保存', 'Save')}>
      <Form form={form} layout="vertical" initialValues={{ of: 'kind', type: 'rsshub' }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="of" label={t('适用于', 'For')}><Radio.Group options={[{ value: 'kind', label: t('一类渠道', 'a kind of channels') }, { value: 'channel', label: t('单个渠道', 'one channel') }]} /></Form.Item>
        {of === 'kind'
          ? <Form.Item name="kind" label={t('渠道类型', 'Kind')} rules={[{ required: true, message: t('请选择', 'choose one') }]}><Select showSearch={{ optionFilterProp: 'label' }} options={KIND_IDS.filter((k) => k !== 'website').map((k) => ({ value: k, label: t(KINDS[k].name) }))} /></Form.Item>
          : <Form.Item name="channel" label={t('渠道', 'Channel')} rules={[{ required: true, message: t('请选择', 'choose one') }]}><ChannelSelect /></Form.Item>}
        <Form.Item name="type" label={t('类型', 'Type')}><Select options={Object.entries(TYPES).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="url" label={t('地址', 'Address')} rules={[{ required: true, type: 'url', message: t('请填写 http(s) 地址', 'an http or https address') }]}><Input /></Form.Item>
      </Form>
    </Modal>
  )
}
