import { App, Button, Input, Modal, Popconfirm, Segmented, Space, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { Figure } from '../../parts/figures.tsx'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName } from '../../parts/tags.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

type Member = AnswerOf<RouteOf<'GET', '/api/samples/:name/members'>>['members'][number]

/** One spot check: its pass rate with its denominator, and the channels drawn, each passed or failed. */
export function SampleSheet({ name }: { name: string }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const { get, page, set } = useAddressState()
  const given = get('result')
  const result = given === 'open' || given === 'passed' || given === 'failed' ? given : undefined
  const report = useApi('/api/samples/:name', { params: { name } })
  const { data, error, isFetching, refetch } = useApi('/api/samples/:name/members', { params: { name }, query: { page: String(page), result } })
  const [failing, setFailing] = useState<{ member: Member; note: string } | null>(null)
  const entering = may(me, ['rectification', 'operations'])
  const fresh = (): Promise<void> => client.invalidateQueries({ predicate: ({ queryKey: [url] }) => typeof url === 'string' && url.startsWith('/api/samples') })
  const enter = async (channel: number, body: { result: 'passed' | 'failed'; note?: string }): Promise<void> => {
    try { await post('/api/samples/:name/results', { params: { name }, body: { channel, ...body } }); setFailing(null); await fresh() } catch (problem) { saying(problem) }
  }
  const [enterOnce, busy] = useOnce(enter)
  const takeOver = async (): Promise<void> => {
    try {
      const { entered, left } = await post('/api/samples/:name/crawled', { params: { name } })
      void message.success(t(`采用 ${entered} 个巡检结果,尚有 ${left} 个未检查。`, `${entered} taken over; ${left} are still open.`))
      await fresh()
    } catch (problem) { saying(problem) }
  }
  const r = report.data
  const outcome = (o: string | null): string => (o === null ? '–' : Object.hasOwn(OUTCOMES, o) ? t(OUTCOMES[o as keyof typeof OUTCOMES].name) : o)
  return (
    <>
      {r === undefined ? null : (
        <div className="figures-row">
          <Figure name={t('合格率', 'Pass rate')} value={r.passRate === null ? '–' : `${r.passRate}%`} note={t(`(${r.checked} − ${r.failed}) / ${r.checked}`, `(${r.checked} − ${r.failed}) / ${r.checked}`)} />
          <Figure name={t('抽中', 'Drawn')} value={r.drawn.toLocaleString('en')} note={t(`总体 ${r.population.toLocaleString('en')}`, `of ${r.population.toLocaleString('en')}`)} />
          <Figure name={t('已检查', 'Checked')} value={r.checked.toLocaleString('en')} note={t(`占总体 ${r.share ?? 0}%`, `${r.share ?? 0}% of all`)} />
          <Figure name={t('不合格', 'Failed')} value={r.failed.toLocaleString('en')} />
        </div>
      )}
      <div className="narrow">
        <Segmented value={result ?? 'all'} onChange={(v) => set({ result: v === 'all' ? null : v })} options={[{ value: 'all', label: t('全部', 'All') }, { value: 'open', label: t('待检查', 'To check') }, { value: 'passed', label: t('合格', 'Passed') }, { value: 'failed', label: t('不合格', 'Failed') }]} />
        {entering ? <Popconfirm title={t('采用抽取之后的巡检结果?人工录入的不会被覆盖。', 'Take over what visits found since the draw? What a person entered stays.')} onConfirm={() => void takeOver()}><Button>{t('采用巡检结果', 'Take over visits')}</Button></Popconfirm> : null}
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Member> size="middle" rowKey="channel" loading={isFetching} dataSource={data?.members ?? []} scroll={{ x: 900 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('没有符合条件的渠道。', 'No channel here.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, m) => <><Link to={`/channels/${m.channel}`}>{m.name}</Link> <span className="quiet"><KindName kind={m.kind} /></span></> },
          { title: t('地区', 'Region'), dataIndex: 'region', width: 120, render: (x: string | null) => x ?? '–' },
          { title: t('最近更新', 'Newest'), dataIndex: 'newest', width: 110, render: (d: string | null) => <span className="number">{d ?? '–'}</span> },
          { title: t('巡检结果', 'Last visit'), dataIndex: 'outcome', width: 130, render: outcome },
          { title: t('抽查结果', 'Result'), width: 110, render: (_, m) => (m.result === null ? <span className="quiet">{t('待检查', 'open')}</span> : <Tag color={m.result === 'passed' ? 'green' : 'red'}>{m.result === 'passed' ? t('合格', 'passed') : t('不合格', 'failed')}</Tag>) },
          { title: t('主要问题', 'What failed'), dataIndex: 'note', render: (x: string | null, m) => <>{x ?? ''}{m.enteredBy === null ? '' : <span className="quiet"> {m.enteredBy === 'crawler' ? t('巡检', 'visits') : m.enteredBy}</span>}</> },
          ...(entering ? [{ title: t('录入', 'Enter'), width: 150, render: (_: unknown, m: Member) => <Space size={4}><Button size="small" onClick={() => void enter(m.channel, { result: 'passed' })}>{t('合格', 'Pass')}</Button><Button size="small" onClick={() => setFailing({ member: m, note: m.note ?? '' })}>{t('不合格', 'Fail')}</Button></Space> }] : []),
        ]} />
      {failing === null ? null : (
        <Modal open title={t(`不合格:${failing.member.name}`, `Failed: ${failing.member.name}`)} onCancel={() => setFailing(null)} okText={t('录入', 'Enter')} cancelText={t('取消', 'Cancel')} okButtonProps={{ disabled: failing.note.trim() === '' }} confirmLoading={busy} onOk={() => enterOnce(failing.member.channel, { result: 'failed', note: failing.note.trim() })} destroyOnHidden>
          <label htmlFor="failed-note">{t('主要问题', 'What failed')}</label>
          <Input.TextArea id="failed-note" autoFocus rows={3} maxLength={2000} value={failing.note} onChange={(e) => setFailing({ ...failing, note: e.target.value })} />
        </Modal>
      )}
    </>
  )
}
