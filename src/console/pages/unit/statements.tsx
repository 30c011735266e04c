import { App, Button, DatePicker, Form, Input, Modal, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName } from '../../parts/tags.tsx'
import { useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

type Row = AnswerOf<RouteOf<'GET', '/api/unit/channels'>>['channels'][number]

/** The unit's channels with its latest dated statement for each; those without one that holds come first. */
export function Statements() {
  const { t } = useWords()
  const { get, page, set } = useAddressState()
  const { data, error, isFetching, refetch } = useApi('/api/unit/channels', { query: { page: String(page), text: get('text') } })
  const [stating, setStating] = useState<Row | null>(null)
  return (
    <>
      <div className="narrow"><Input.Search allowClear placeholder={t('名称或地址', 'name or address')} aria-label={t('查找渠道', 'search channels')} style={{ width: 240 }} defaultValue={get('text') ?? ''} onSearch={(text) => set({ text })} />
        <span className="quiet" style={{ alignSelf: 'center' }}>{t('填报自提交之日起30天内有效。', 'A statement holds for 30 days.')}</span></div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="id" loading={isFetching} dataSource={data?.channels ?? []} scroll={{ x: 860 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('没有登记在本单位名下的渠道。', 'No channel is registered to your unit.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, c) => <><b>{c.name}</b> <span className="quiet"><KindName kind={c.kind} /></span><br /><span className="quiet address">{c.address}</span></> },
          { title: t('巡检所见最近更新', 'Newest as seen'), dataIndex: 'newest', width: 150, render: (d: string | null) => <span className="number">{d ?? '–'}</span> },
          { title: t('填报的最近更新', 'Newest as stated'), width: 150, render: (_, c) => <span className="number">{c.statement?.newestOn ?? '–'}</span> },
          { title: t('填报', 'Statement'), width: 220, render: (_, c) => (c.statement === null ? <Tag>{t('未填报', 'none')}</Tag> : <><Tag color={c.statement.holds ? 'green' : 'orange'}>{c.statement.holds ? t('有效', 'holds') : t('已过期', 'too old')}</Tag><span className="quiet number">{c.statement.statedOn} {c.statement.statedBy}</span></>) },
          { title: t('操作', 'Act'), width: 100, render: (_, c) => <Button size="small" onClick={() => setStating(c)}>{t('填报', 'State')}</Button> },
        ]} />
      {stating === null ? null : <StateIt of={stating} close={() => setStating(null)} />}
    </>
  )
}

type Values = { newestOn: Dayjs; statedBy: string; link?: string; note?: string }

function StateIt({ of, close }: { of: Row; close: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const send = async ({ newestOn, statedBy, link, note }: Values): Promise<void> => {
    try {
      await post('/api/unit/channels/:id/attest', { params: { id: String(of.id) }, body: { newestOn: newestOn.format('YYYY-MM-DD'), statedBy, ...(link === undefined || link === '' ? {} : { link }), ...(note === undefined || note === '' ? {} : { note }) } })
      await client.invalidateQueries({ queryKey: ['/api/unit/channels'] })
      void message.success(t('已填报。', 'Stated.'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  const required = [{ required: true, message: t('请填写', 'fill this in') }]
  return (
    <Modal open title={t(`填报:${of.name}`, `State for ${of.name}`)} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('提交', 'Send')} cancelText={t('取消', 'Cancel')} destroyOnHidden>
      <Form form={form} layout="vertical" initialValues={{ statedBy: me.name }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="newestOn" label={t('最近更新(使用)日期', 'Day of the last publication or use')} rules={required}><DatePicker style={{ width: '100%' }} disabledDate={(d) => d.isAfter(dayjs(), 'day')} /></Form.Item>
        <Form.Item name="statedBy" label={t('填报人', 'Stated by')} rules={required}><Input maxLength={100} /></Form.Item>
        <Form.Item name="link" label={t('内容链接(可不填)', 'Link to it, if any')} rules={[{ type: 'url', message: t('请填写 http 或 https 开头的网址', 'an address beginning with http or https') }]}><Input maxLength={2000} /></Form.Item>
        <Form.Item name="note" label={t('说明(可不填)', 'Note, if any')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  )
}
