import { Alert, App, Button, Form, Input, InputNumber, Select, Space } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { KINDS, KIND_IDS, isGroupKind } from '../../../domain/kinds.ts'
import type { Kind } from '../../../domain/kinds.ts'
import { ApiError, post, put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { ArgsOf, RouteOf } from '../../api/types.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { FILINGS, FUNCTIONS, RUNNING } from '../../words/channel.ts'
import { CHANNEL_FIELDS } from '../../words/history.ts'

type Values = ArgsOf<RouteOf<'POST', '/api/channels'>>['body']

/** Registers one channel, or changes one: only what differs is sent, an emptied field is emptied. */
export default function ChannelForm() {
  const { t } = useWords()
  const { id } = useParams()
  if (id === undefined) return <Fields title={t('登记渠道', 'Register a channel')} id={null} start={{}} />
  return <Edit id={Number(id)} />
}

function Edit({ id }: { id: number }) {
  const { t } = useWords()
  const { data, error } = useApi('/api/channels/:id', { params: { id } }, { enabled: Number.isInteger(id) })
  if (error !== null) return <Failed error={error} />
  if (data === undefined || data.channel.id !== id) return <Loading />
  const c = data.channel
  const start = {
    kind: c.kind as Kind, name: c.name, address: c.addressRaw, accountId: c.accountId, siteCode: c.siteCode, organisation: c.organisation, supervisor: c.supervisor, region: c.regionCode, filingStatus: c.filingStatus as Values['filingStatus'],
    filingNumber: c.filingNumber, runningStatus: c.runningStatus as Values['runningStatus'], functionType: c.functionType as Values['functionType'], openedOn: c.openedOn, contact: c.contact, phone: c.phone, members: c.members, note: c.note,
  }
  return <Fields key={id} title={t(`修改:${c.name}`, `Edit: ${c.name}`)} id={id} start={start} />
}

function Fields({ title, id, start }: { title: string; id: number | null; start: Partial<Values> }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [form] = Form.useForm<Values & { reason?: string }>()
  const kind = Form.useWatch('kind', form) ?? start.kind
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const group = kind !== undefined && isGroupKind(kind)
  const label = (name: string): string => t(CHANNEL_FIELDS[name] ?? { zh: name, en: name })
  const words = (of: Readonly<Record<string, { zh: string; en: string }>>) => Object.entries(of).map(([value, name]) => ({ value, label: t(name) }))
  const save = async ({ reason, ...values }: Values & { reason?: string }): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const tidy = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v === undefined || v === '' ? null : v])) as Values
    try {
      if (id === null) {
        const made = await post('/api/channels', { body: Object.fromEntries(Object.entries(tidy).filter(([, v]) => v !== null)) as Values })
        for (const w of made.warnings) void message.warning(t(w), 8)
        void message.success(t('已登记,将立即排队巡检', 'Registered; its first visit is queued'))
        await client.invalidateQueries()
        await navigate(`/channels/${made.id}`)
      } else {
        const { kind: _, ...rest } = tidy
        const changes = Object.fromEntries(Object.entries(rest).filter(([k, v]) => v !== (start[k as keyof Values] ?? null)))
        const { changed } = await put('/api/channels/:id', { params: { id }, body: { changes, ...(reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }) } })
        void message.success(changed.length === 0 ? t('没有变化', 'Nothing has changed') : t(`已保存 ${changed.length} 处修改`, `${changed.length} changes saved`))
        await client.invalidateQueries()
        await navigate(`/channels/${id}`)
      }
    } catch (error) {
      setProblem(error instanceof ApiError ? error : new ApiError(0, 'failed', { zh: '没有保存,请重试', en: 'It was not saved; try again' }, []))
    } finally { setBusy(false) }
  }
  const there = problem?.code === 'conflict' ? (problem.details[0] as { id?: number } | undefined)?.id : undefined
  return (
    <>
      <PageHead title={title}>{id === null ? t('一次登记一个渠道;批量登记请用台账导入。', 'One channel at a time; load a ledger for many.') : t('修改记入变更记录;清空的栏目会被清空。', 'Changes are kept in its history; an emptied field is emptied.')}</PageHead>
      {problem === null ? null : <Alert type="error" showIcon title={t(problem.text)} action={there === undefined ? undefined : <Link to={`/channels/${there}`}>{t('打开该渠道', 'Open that channel')}</Link>} style={{ marginBottom: 12 }} />}
      <Form form={form} layout="vertical" className="panel channel-form" initialValues={start} onFinish={(v) => void save(v)} scrollToFirstError>
        <div className="form-grid">
          <Form.Item name="kind" label={label('kind')} rules={[{ required: true, message: t('请选择渠道类型', 'choose the kind') }]}><Select disabled={id !== null} showSearch={{ optionFilterProp: 'label' }} options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} /></Form.Item>
          <Form.Item name="name" label={label('name')} rules={[{ required: true, whitespace: true, message: t('请填写名称', 'give the name') }]}><Input maxLength={200} /></Form.Item>
          <Form.Item name="address" label={group ? t('群号(可留空)', 'Group number (may be empty)') : kind === 'website' ? t('首页网址', 'Home page') : t('主页链接(没有则填账号ID)', 'Address of the account (or the id beside)')} rules={kind === 'website' ? [{ required: true, message: t('请填写首页网址', 'give the home page') }] : []}><Input maxLength={2000} /></Form.Item>
          <Form.Item name="accountId" label={label('accountId')}><Input maxLength={300} /></Form.Item>
          <Form.Item name="organisation" label={label('organisation')} rules={group ? [{ required: true, message: t('群组须填写主办单位', 'a group needs its organisation') }] : []}><Input maxLength={200} /></Form.Item>
          <Form.Item name="supervisor" label={label('supervisor')}><Input maxLength={200} /></Form.Item>
          <Form.Item name="region" label={label('region')}><RegionPicker all /></Form.Item>
          <Form.Item name="siteCode" label={label('siteCode')}><Input maxLength={40} /></Form.Item>
          <Form.Item name="filingStatus" label={label('filingStatus')}><Select allowClear options={words(FILINGS)} /></Form.Item>
          <Form.Item name="filingNumber" label={label('filingNumber')}><Input maxLength={100} /></Form.Item>
          <Form.Item name="runningStatus" label={label('runningStatus')} extra={t('填“已关停”“已注销”即按单位上报登记为关停', 'closed or cancelled closes the channel, as reported by its unit')}><Select allowClear options={words(RUNNING)} /></Form.Item>
          <Form.Item name="functionType" label={label('functionType')}><Select allowClear options={words(FUNCTIONS)} /></Form.Item>
          <Form.Item name="openedOn" label={label('openedOn')} rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('日期形如 2026-05-01', 'a date such as 2026-05-01') }]}><Input placeholder="2026-05-01" maxLength={10} /></Form.Item>
          {group ? <Form.Item name="members" label={label('members')}><InputNumber min={0} precision={0} style={{ width: '100%' }} /></Form.Item> : null}
          <Form.Item name="contact" label={label('contact')}><Input maxLength={100} /></Form.Item>
          <Form.Item name="phone" label={label('phone')}><Input maxLength={100} /></Form.Item>
        </div>
        <Form.Item name="note" label={label('note')}><Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
        {id === null ? null : <Form.Item name="reason" label={t('修改原因(记入变更记录)', 'Reason (kept in the history)')}><Input maxLength={500} /></Form.Item>}
        <Space><Button type="primary" htmlType="submit" loading={busy}>{id === null ? t('登记', 'Register') : t('保存', 'Save')}</Button><Button onClick={() => void navigate(-1)}>{t('取消', 'Cancel')}</Button></Space>
      </Form>
    </>
  )
}
