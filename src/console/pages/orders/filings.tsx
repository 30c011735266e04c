import { App, Button, DatePicker, Form, Input, Modal, Segmented, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { useOnce } from '../../parts/once.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName } from '../../parts/tags.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { FIELD_NAMES, FILING_VIEWS } from '../../words/filing.ts'

type Row = AnswerOf<RouteOf<'GET', '/api/filings'>>['filings'][number]

/** The running channels with their filing; what is incomplete says what it lacks. */
export function Filings() {
  const { t } = useWords()
  const me = useMe()
  const { get, page, set } = useAddressState()
  const view = (get('view') ?? 'incomplete') as keyof typeof FILING_VIEWS
  const { data, error, isFetching, refetch } = useApi('/api/filings', { query: { view, page: String(page), text: get('text'), region: get('region') } })
  const [filing, setFiling] = useState<Row | null>(null)
  return (
    <>
      <div className="narrow">
        <Segmented value={view} onChange={(v) => set({ view: v })} options={Object.entries(FILING_VIEWS).map(([value, label]) => ({ value, label: t(label) }))} />
        <Input.Search allowClear placeholder={t('渠道、单位', 'channel, unit')} aria-label={t('查找', 'search')} style={{ width: 220 }} defaultValue={get('text') ?? ''} onSearch={(text) => set({ text })} />
        <RegionPicker value={get('region')} onChange={(region) => set({ region })} style={{ width: 160 }} />
        <span className="quiet number" style={{ alignSelf: 'center' }}>{data === undefined ? '' : t(`共 ${data.total.toLocaleString('zh-CN')} 个`, `${data.total.toLocaleString('en')} in all`)}</span>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="channel" loading={isFetching} dataSource={data?.filings ?? []} scroll={{ x: 900 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('没有符合条件的渠道。', 'No channel here.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, f) => <><Link to={`/channels/${f.channel}`}>{f.name}</Link> <span className="quiet"><KindName kind={f.kind} /></span></> },
          { title: t('主办单位', 'Sponsor'), render: (_, f) => <>{f.organisation ?? '–'}{f.region === null ? '' : <span className="quiet"> · {f.region}</span>}</> },
          { title: t('缺少的信息', 'Lacking'), render: (_, f) => (f.lacking.length === 0 ? <span className="quiet">{t('齐全', 'nothing')}</span> : f.lacking.map((c) => <Tag key={c} color="orange">{t(FIELD_NAMES[c] ?? { zh: c, en: c })}</Tag>)) },
          { title: t('备案号', 'Filing number'), dataIndex: 'number', width: 160, render: (n: string | null) => n ?? <span className="quiet">{t('未备案', 'not filed')}</span> },
          { title: t('备案日期', 'Filed on'), dataIndex: 'filedOn', width: 110, render: (d: string | null) => <span className="number">{d ?? '–'}</span> },
          { title: t('审核人', 'Reviewed by'), dataIndex: 'reviewedBy', width: 110, render: (n: string | null) => n ?? '–' },
          ...(may(me, ['rectification', 'operations']) ? [{ title: t('操作', 'Act'), width: 110, render: (_: unknown, f: Row) => <Button size="small" disabled={f.lacking.length > 0} title={f.lacking.length > 0 ? t('信息不完整,请先在台账中补齐', 'Complete the register first') : ''} onClick={() => setFiling(f)}>{f.number === null ? t('登记备案', 'File it') : t('更新备案', 'File anew')}</Button> }] : []),
        ]} />
      {filing === null ? null : <FileIt of={filing} close={() => setFiling(null)} />}
    </>
  )
}

function FileIt({ of, close }: { of: Row; close: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<{ number: string; reviewedBy: string; filedOn: Dayjs }>()
  const send = async ({ number, reviewedBy, filedOn }: { number: string; reviewedBy: string; filedOn: Dayjs }): Promise<void> => {
    try {
      await post('/api/filings', { body: { channel: of.channel, number, reviewedBy, filedOn: filedOn.format('YYYY-MM-DD') } })
      await client.invalidateQueries({ queryKey: ['/api/filings'] })
      void message.success(t('已登记备案。', 'Filed.'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  const required = [{ required: true, message: t('请填写', 'fill this in') }]
  return (
    <Modal open title={t(`登记备案:${of.name}`, `File ${of.name}`)} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('登记', 'File it')} cancelText={t('取消', 'Cancel')} destroyOnHidden>
      <Form form={form} layout="vertical" initialValues={{ number: of.number ?? '', reviewedBy: me.name, filedOn: dayjs() }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="number" label={t('备案号', 'Filing number')} rules={required}><Input maxLength={60} /></Form.Item>
        <Form.Item name="reviewedBy" label={t('审核人', 'Reviewed by')} rules={required}><Input maxLength={60} /></Form.Item>
        <Form.Item name="filedOn" label={t('备案日期', 'Filed on')} rules={required}><DatePicker style={{ width: '100%' }} disabledDate={(d) => d.isAfter(dayjs(), 'day')} /></Form.Item>
      </Form>
    </Modal>
  )
}
