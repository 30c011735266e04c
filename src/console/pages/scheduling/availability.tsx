import { App, Button, Form, Input, InputNumber, Modal, Popconfirm, Radio, Select, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { ChannelSelect, OrganisationSelect } from '../../parts/search-select.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { ANSWERS } from '../../words/verdicts.ts'

const SIZE = 50
const STATES = { running: { zh: '监测中', en: 'running' }, done: { zh: '已完成', en: 'done' }, stopped: { zh: '已停止', en: 'stopped' } } as const
type State = keyof typeof STATES
type Values = { of: 'all' | 'region' | 'organisation' | 'channel'; region?: string; organisation?: number; channel?: number; visitsPerDay: number; vantages: number; reason?: string }

/** Websites under a week's watch: at least 20 looks a day, 15 seconds each, failures against 5 %. */
export function AvailabilityWeeks() {
  const { t } = useWords()
  const me = useMe()
  const client = useQueryClient()
  const saying = useSaying()
  const [search, setSearch] = useSearchParams()
  const [starting, setStarting] = useState(false)
  const page = Number(search.get('page') ?? 1)
  const state = (search.get('state') ?? undefined) as State | undefined
  const { data, error, isFetching, refetch } = useApi('/api/availability-weeks', { query: { limit: SIZE, offset: (page - 1) * SIZE, ...(state === undefined ? {} : { state }) } }, { every: 60_000 })
  const mayAct = may(me, ['operations'])
  const stop = async (channel: number): Promise<void> => {
    try {
      await post('/api/availability-weeks/stop', { body: { selection: { ids: [channel] } } })
      await client.invalidateQueries({ queryKey: ['/api/availability-weeks'] })
    } catch (problem) { saying(problem) }
  }
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, marginBottom: 12 }}>
        <p className="quiet" style={{ margin: 0 }}>{t('监测一周,每天间隔访问不少于20次,15秒打不开计一次失败,失败占比达到5%即单项否决。我方网络故障时的访问和被防护拦截的访问不计入;失败须由第二出口复核。', 'One week, at least 20 spaced looks a day; not open within 15 s is a failure; 5 % fail the site. Looks made while our own network failed, or that were blocked, do not count; a failure is confirmed from a second way out.')}</p>
        <span style={{ display: 'inline-flex', gap: 8 }}><Select aria-label={t('状态', 'State')} allowClear style={{ width: 130 }} placeholder={t('全部状态', 'any state')} value={state} onChange={(s?: State) => setSearch({ tab: 'availability', ...(s === undefined ? {} : { state: s }) })} options={Object.entries(STATES).map(([value, label]) => ({ value, label: t(label) }))} />{mayAct ? <Button type="primary" onClick={() => setStarting(true)}>{t('开始监测周', 'Start a week')}</Button> : null}</span>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data?.weeks ?? []} scroll={{ x: 'max-content' }} locale={{ emptyText: <Nothing>{t('没有监测周。', 'No week of watch.')}</Nothing> }}
        pagination={{ current: page, total: data?.total ?? 0, pageSize: SIZE, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => setSearch({ tab: 'availability', page: String(p), ...(state === undefined ? {} : { state }) }) }}
        columns={[
          { title: t('网站', 'Website'), render: (_, w) => <Link to={`/channels/${w.channelId}`}>{w.name}</Link> },
          { title: t('自', 'From'), dataIndex: 'from', className: 'number' },
          { title: t('状态', 'State'), render: (_, w) => (Object.hasOwn(STATES, w.state) ? t(STATES[w.state as State]) : w.state) },
          { title: t('已访问/应访问', 'Made / planned'), align: 'right', className: 'number', render: (_, w) => `${w.made} / ${w.planned}` },
          { title: t('计入', 'Counted'), align: 'right', className: 'number', render: (_, w) => w.figures.counted },
          { title: t('打不开', 'Failed'), align: 'right', className: 'number', render: (_, w) => (w.figures.percent === null ? w.figures.failed : `${w.figures.failed} (${w.figures.percent}%)`) },
          { title: t('未计入:本机网络/被拦截/别处能开/未复核', 'Left out: own network / blocked / open elsewhere / unconfirmed'), align: 'right', className: 'number', render: (_, w) => `${w.figures.ownNetwork} / ${w.figures.barred} / ${w.figures.openElsewhere} / ${w.figures.unconfirmed}` },
          { title: t('结论(W2)', 'W2'), render: (_, w) => <Tag color={ANSWERS[w.answer as keyof typeof ANSWERS]?.colour ?? 'default'}>{t(ANSWERS[w.answer as keyof typeof ANSWERS]?.name ?? { zh: w.answer, en: w.answer })}</Tag> },
          ...(mayAct ? [{ title: t('操作', 'Act'), render: (_: unknown, w: { state: string; channelId: number }) => (w.state === 'running' ? <Popconfirm title={t('停止监测?已有记录保留。', 'Stop? What was seen is kept.')} onConfirm={() => void stop(w.channelId)}><Button size="small">{t('停止', 'Stop')}</Button></Popconfirm> : null) }] : []),
        ]} />
      {starting ? <Start close={() => setStarting(false)} /> : null}
    </>
  )
}

function Start({ close }: { close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const of = Form.useWatch('of', form) ?? 'region'
  const send = async (v: Values): Promise<void> => {
    try {
      const selection = of === 'all' ? { all: true as const } : of === 'channel' ? { ids: [v.channel ?? 0] } : of === 'region' ? { region: v.region ?? '' } : { organisation: v.organisation ?? 0 }
      const done = await post('/api/availability-weeks', { body: { selection, visitsPerDay: v.visitsPerDay, vantages: v.vantages, ...(v.reason === undefined || v.reason === '' ? {} : { reason: v.reason }) } })
      await client.invalidateQueries({ queryKey: ['/api/availability-weeks'] })
      void message.success(t(`${done.started} 个网站自 ${done.from} 起监测 ${done.days} 天`, `${done.started} websites are watched from ${done.from} for ${done.days} days`))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  const must = [{ required: true, message: t('请选择', 'choose one') }]
  return (
    <Modal open title={t('开始监测周', 'Start a week of watch')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('开始', 'Start')}>
      <Form form={form} layout="vertical" initialValues={{ of: 'region', visitsPerDay: 24, vantages: 2 }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="of" label={t('监测哪些网站', 'Which websites')}><Radio.Group options={[{ value: 'all', label: t('全部', 'all') }, { value: 'region', label: t('一个地区', 'a region') }, { value: 'organisation', label: t('一个单位', 'an organisation') }, { value: 'channel', label: t('一个网站', 'one website') }]} /></Form.Item>
        {of === 'region' ? <Form.Item name="region" label={t('地区', 'Region')} rules={must}><RegionPicker /></Form.Item> : null}
        {of === 'organisation' ? <Form.Item name="organisation" label={t('单位', 'Organisation')} rules={must}><OrganisationSelect /></Form.Item> : null}
        {of === 'channel' ? <Form.Item name="channel" label={t('网站', 'Website')} rules={must}><ChannelSelect /></Form.Item> : null}
        <Form.Item name="visitsPerDay" label={t('每天次数(20—96)', 'Looks a day (20 to 96)')}><InputNumber min={20} max={96} precision={0} /></Form.Item>
        <Form.Item name="vantages" label={t('失败的认定', 'When a failure counts')}><Radio.Group options={[{ value: 2, label: t('须第二出口复核', 'when a second way out saw it too') }, { value: 1, label: t('本机认定即可', 'on our own word') }]} /></Form.Item>
        <Form.Item name="reason" label={t('理由(记入审计)', 'Reason, for the audit trail')}><Input maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  )
}
