import { App, Button, Form, Input, Modal, Select, Switch, Table } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { ChannelScopeFields, scopeOf } from '../../parts/channel-scope.tsx'
import type { Scope } from '../../parts/channel-scope.tsx'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { EVERY } from '../../words/verdicts.ts'

type Plan = { id: number; name: string; standard: string; filter: Record<string, unknown>; every: 'week' | 'month' | 'quarter'; nextAt: string; lastRun: number | null; by: string; active: boolean }
type Values = Scope & { name: string; standard: string; every: Plan['every'] }

/** Checks that are made by themselves, week by week, month by month or by the quarter. */
export function Plans() {
  const { t } = useWords()
  const me = useMe()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/check-plans', {})
  const [adding, setAdding] = useState(false)
  const mayEdit = may(me, ['operations', 'rectification'])
  const store = async (plan: Omit<Plan, 'id' | 'nextAt' | 'lastRun' | 'by'>): Promise<void> => {
    await put('/api/check-plans', { body: { name: plan.name, standard: plan.standard, filter: plan.filter, every: plan.every, active: plan.active } })
    await client.invalidateQueries({ queryKey: ['/api/check-plans'] })
  }
  const said = (filter: Record<string, unknown>): string => {
    const kinds = Array.isArray(filter['kinds']) ? (filter['kinds'] as string[]).map((k) => (isKind(k) ? t(KINDS[k].name) : k)) : []
    const parts = [...(typeof filter['region'] === 'string' ? [filter['region']] : []), ...kinds, ...(typeof filter['organisation'] === 'number' ? [t(`单位 ${filter['organisation']}`, `organisation ${filter['organisation']}`)] : [])]
    return parts.length === 0 ? t('全部渠道', 'all channels') : parts.join(t('、', ', '))
  }
  return (
    <>
      {mayEdit ? <div style={{ textAlign: 'end', marginBottom: 12 }}><Button onClick={() => setAdding(true)}>{t('新建计划', 'New plan')}</Button></div> : null}
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Plan> size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false} locale={{ emptyText: <Nothing>{t('还没有检查计划。设好计划后,到时自动检查,结果在“检查批次”中。', 'No plan yet. Planned checks are made by themselves; they stand among the runs.')}</Nothing> }}
        columns={[
          { title: t('名称', 'Name'), dataIndex: 'name' },
          { title: t('标准', 'Standard'), dataIndex: 'standard' },
          { title: t('渠道', 'Channels'), dataIndex: 'filter', render: said },
          { title: t('频次', 'How often'), dataIndex: 'every', render: (e: Plan['every']) => t(EVERY[e]) },
          { title: t('下次', 'Next'), dataIndex: 'nextAt', render: (at: string, r) => (r.active ? <When at={at} /> : t('已停用', 'off')) },
          { title: t('最近批次', 'Last run'), dataIndex: 'lastRun', render: (run: number | null) => (run === null ? '–' : <Link to={`/checks/runs/${run}`}>{run}</Link>) },
          { title: t('设置人', 'By'), dataIndex: 'by' },
          { title: t('启用', 'On'), dataIndex: 'active', render: (on: boolean, r) => <Switch checked={on} disabled={!mayEdit} aria-label={t(`启用计划 ${r.name}`, `plan ${r.name} is on`)} onChange={(active) => void store({ ...r, active }).catch(saying)} /> },
        ]} />
      {adding ? <Add close={() => setAdding(false)} store={(v) => store({ name: v.name, standard: v.standard, every: v.every, filter: { ...scopeOf(v) }, active: true })} /> : null}
    </>
  )
}

function Add({ close, store }: { close: () => void; store: (values: Values) => Promise<void> }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const standards = useApi('/api/standards', {})
  const send = async (values: Values): Promise<void> => {
    try {
      await store(values)
      void message.success(t('计划已保存', 'The plan is saved'))
      close()
    } catch (error) { saying(error) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={t('新建检查计划', 'New plan of checks')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('保存', 'Save')}>
      <Form form={form} layout="vertical" initialValues={{ standard: 'gov-2019', every: 'month' }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, message: t('请填写名称', 'give it a name') }]}><Input maxLength={100} /></Form.Item>
        <Form.Item name="standard" label={t('标准', 'Standard')}><Select options={(standards.data ?? []).map((s) => ({ value: s.id, label: t(s.name) }))} /></Form.Item>
        <Form.Item name="every" label={t('频次', 'How often')}><Select options={Object.entries(EVERY).map(([value, label]) => ({ value, label: t(label) }))} /></Form.Item>
        <ChannelScopeFields />
      </Form>
    </Modal>
  )
}
