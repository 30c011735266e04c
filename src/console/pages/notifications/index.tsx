import { App, Button, Form, Input, Modal, Select, Switch, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES } from '../../../domain/actor.ts'
import type { Role } from '../../../domain/actor.ts'
import { put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { LETTER_STATES, MODES, NEWS, WAYS } from '../../words/notify.ts'
import { ROLE_NAMES } from '../../words/roles.ts'

type NewsKind = keyof typeof NEWS
type Values = { name: string; way: keyof typeof WAYS; address: string; region?: string; role: Role; kinds?: NewsKind[]; mode: keyof typeof MODES }

/** Who is told what by e-mail or by a robot of their group, and whether it went out. */
export default function Notifications() {
  const { t } = useWords()
  const subscriptions = useApi('/api/subscriptions', {})
  const letters = useApi('/api/letters', {})
  const [adding, setAdding] = useState(false)
  const error = subscriptions.error ?? letters.error
  return (
    <>
      <PageHead title={t('通知', 'Notifications')} actions={<Button type="primary" onClick={() => setAdding(true)}>{t('添加订阅', 'Add a subscriber')}</Button>}>{t('新增候选、期限临近、逾期、死灰复燃和巡检告警,按日汇总或即时发送。', 'New candidates, deadlines, zombie returns and alarms: once a day or at once.')}</PageHead>
      {error === null ? null : <Failed error={error} retry={() => { void subscriptions.refetch(); void letters.refetch() }} />}
      <Table size="middle" rowKey="id" pagination={false} loading={subscriptions.isPending} dataSource={subscriptions.data ?? []} locale={{ emptyText: <Nothing>{t('还没有订阅。', 'No subscriber yet.')}</Nothing> }} style={{ marginBottom: 20 }}
        columns={[
          { title: t('名称', 'Name'), dataIndex: 'name' },
          { title: t('方式', 'By'), dataIndex: 'way', render: (w: keyof typeof WAYS) => t(WAYS[w]) },
          { title: t('地址', 'Address'), dataIndex: 'address', render: (a: string) => <span className="address">{a}</span> },
          { title: t('地区', 'Region'), dataIndex: 'regionCode', render: (r: string | null) => r ?? t('全部', 'all') },
          { title: t('角色', 'Role'), dataIndex: 'role', render: (r: Role) => t(ROLE_NAMES[r]) },
          { title: t('内容', 'Of'), dataIndex: 'kinds', render: (kinds: string[]) => (kinds.length === 0 ? t('全部', 'all') : kinds.map((k) => t(NEWS[k as NewsKind] ?? { zh: k, en: k })).join(t('、', ', '))) },
          { title: t('频次', 'When'), dataIndex: 'mode', render: (m: keyof typeof MODES) => t(MODES[m]) },
          { title: t('启用', 'On'), dataIndex: 'active', render: (on: boolean) => (on ? t('是', 'yes') : t('否', 'no')) },
        ]} />
      <h2 style={{ fontSize: 16 }}>{t('发送情况', 'The outbox')}</h2>
      <Table size="middle" rowKey="id" pagination={{ pageSize: 20, hideOnSinglePage: true }} loading={letters.isPending} dataSource={letters.data ?? []} locale={{ emptyText: <Nothing>{t('还没有发送过通知。', 'Nothing has been sent yet.')}</Nothing> }}
        columns={[
          { title: t('收件人', 'To'), dataIndex: 'to' },
          { title: t('主题', 'Subject'), dataIndex: 'subject' },
          { title: t('条数', 'Items'), dataIndex: 'items', align: 'right', className: 'number' },
          { title: t('状态', 'State'), dataIndex: 'state', render: (s: string, r) => <><Tag>{t(LETTER_STATES[s] ?? { zh: s, en: s })}</Tag>{r.lastError === null ? null : <span className="quiet">{r.lastError}</span>}</> },
          { title: t('生成时间', 'Written'), dataIndex: 'createdAt', render: (at: string) => <When at={at} /> },
          { title: t('发送时间', 'Sent'), dataIndex: 'sentAt', render: (at: string | null) => <When at={at} /> },
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
  const [form] = Form.useForm<Values & { active: boolean }>()
  const send = async ({ region, kinds, ...rest }: Values & { active: boolean }): Promise<void> => {
    try {
      await put('/api/subscriptions', { body: { ...rest, region: region ?? null, kinds: kinds ?? [] } })
      await client.invalidateQueries({ queryKey: ['/api/subscriptions'] })
      void message.success(t('已保存', 'Saved'))
      close()
    } catch (error) { saying(error) }
  }
  const [sendOnce, busy] = useOnce(send)
  const options = (of: Readonly<Record<string, { zh: string; en: string }>>) => Object.entries(of).map(([value, label]) => ({ value, label: t(label) }))
  return (
    <Modal open title={t('添加订阅', 'Add a subscriber')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('保存', 'Save')}>
      <Form form={form} layout="vertical" initialValues={{ way: 'email', mode: 'digest', role: 'rectification', active: true }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, message: t('请填写名称', 'give it a name') }]} extra={t('同名的订阅会被修改', 'a subscriber of this name is changed')}><Input maxLength={100} /></Form.Item>
        <Form.Item name="way" label={t('方式', 'By')}><Select options={options(WAYS)} /></Form.Item>
        <Form.Item name="address" label={t('邮箱或机器人地址', 'E-mail or the robot’s address')} rules={[{ required: true, message: t('请填写地址', 'enter the address') }]}><Input maxLength={1000} /></Form.Item>
        <Form.Item name="region" label={t('地区(不选为全部)', 'Region (none: all)')}><RegionPicker /></Form.Item>
        <Form.Item name="role" label={t('按哪种角色通知', 'As which role')}><Select options={ROLES.map((r) => ({ value: r, label: t(ROLE_NAMES[r]) }))} /></Form.Item>
        <Form.Item name="kinds" label={t('内容(不选为全部)', 'Of what (none: all)')}><Select mode="multiple" options={options(NEWS)} /></Form.Item>
        <Form.Item name="mode" label={t('频次', 'When')}><Select options={options(MODES)} /></Form.Item>
        <Form.Item name="active" label={t('启用', 'On')} valuePropName="checked"><Switch /></Form.Item>
      </Form>
    </Modal>
  )
}
