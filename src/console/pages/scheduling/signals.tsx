import { App, Button, Form, Input, Modal, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'

type Row = { id: string; kind: string; outcome: string; texts: string[]; note: string | null; confirmed: { by: string; at: string; reason: string } | null }

/** Words of platforms that nobody here has seen yet: until a person confirms one, it never counts against a channel. */
export function Signals() {
  const { t } = useWords()
  const { data, error, isFetching, refetch } = useApi('/api/signals', {})
  const [open, setOpen] = useState<Row | null>(null)
  return (
    <>
      <p className="quiet">{t('以下平台提示语尚未在真实页面上核实。核实前,即使见到也只记为“未观测”,不会据此判定账号已注销。请在真实页面上看到后确认,并写明在哪里看到。', 'These words of platforms have not been seen on a real page yet. Until confirmed they never count against a channel. Confirm one once you have seen it, and say where.')}</p>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={{ pageSize: 20, hideOnSinglePage: true }} locale={{ emptyText: <Nothing>{t('没有待核实的提示。', 'Nothing to confirm.')}</Nothing> }}
        columns={[
          { title: t('平台', 'Platform'), dataIndex: 'kind', width: 130, render: (k: string) => (isKind(k) ? t(KINDS[k].name) : k) },
          { title: t('提示语', 'Words'), dataIndex: 'texts', render: (texts: string[], r) => <><span lang="zh-CN">{texts.join('、') || r.id}</span>{r.note === null ? null : <div className="quiet">{r.note}</div>}</> },
          { title: t('含义', 'Means'), dataIndex: 'outcome', width: 170, render: (o: string) => (Object.hasOwn(OUTCOMES, o) ? t(OUTCOMES[o as keyof typeof OUTCOMES].name) : o) },
          { title: t('状态', 'State'), width: 260, render: (_, r) => (r.confirmed === null ? <Tag>{t('待核实', 'unconfirmed')}</Tag> : <><Tag color="green">{t('已确认', 'confirmed')}</Tag><span className="quiet">{r.confirmed.by}:{r.confirmed.reason}</span></>) },
          { title: t('操作', 'Act'), width: 100, render: (_, r) => <Button size="small" onClick={() => setOpen(r)}>{r.confirmed === null ? t('确认', 'Confirm') : t('撤回', 'Withdraw')}</Button> },
        ]} />
      {open === null ? null : <Confirm row={open} close={() => setOpen(null)} />}
    </>
  )
}

function Confirm({ row, close }: { row: Row; close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<{ reason: string }>()
  const withdraw = row.confirmed !== null
  const send = async ({ reason }: { reason: string }): Promise<void> => {
    try {
      await post('/api/signals/:id/confirm', { params: { id: row.id }, body: { reason, withdraw } })
      await client.invalidateQueries({ queryKey: ['/api/signals'] })
      void message.success(withdraw ? t('已撤回', 'Withdrawn') : t('已确认', 'Confirmed'))
      close()
    } catch (error) { saying(error) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={withdraw ? t('撤回确认', 'Withdraw the confirmation') : t('确认平台提示', 'Confirm the words')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('提交', 'Submit')}>
      <Form form={form} layout="vertical" onFinish={(v) => sendOnce(v)}>
        <Form.Item name="reason" label={t('在哪里、何时看到(不少于4个字)', 'Where and when it was seen')} rules={[{ required: true, min: 4, message: t('请写明依据', 'say what it rests on') }]}><Input.TextArea rows={3} /></Form.Item>
      </Form>
    </Modal>
  )
}
