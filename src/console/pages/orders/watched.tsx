import { App, Button, Form, Input, Modal, Segmented, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName } from '../../parts/tags.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

type Row = AnswerOf<RouteOf<'GET', '/api/watched'>>[number]

/** What was shut or merged and is visited still; those that publish again come first. */
export function Watched() {
  const { t } = useWords()
  const me = useMe()
  const { get, page, set } = useAddressState()
  const returned = get('returned') === 'true'
  const counts = useApi('/api/watched/counts', {})
  const { data, error, isFetching, refetch } = useApi('/api/watched', { query: { page: String(page), returned: String(returned) as 'true' } })
  const [confirming, setConfirming] = useState<Row | null>(null)
  const total = returned ? counts.data?.returned ?? 0 : counts.data?.watched ?? 0
  return (
    <>
      <div className="narrow">
        <Segmented value={returned ? 'returned' : 'all'} onChange={(v) => set({ returned: v === 'returned' ? 'true' : null })} options={[{ value: 'all', label: t(`全部 ${counts.data?.watched ?? 0}`, `All ${counts.data?.watched ?? 0}`) }, { value: 'returned', label: t(`疑似复活 ${counts.data?.returned ?? 0}`, `Returned ${counts.data?.returned ?? 0}`) }]} />
        <span className="quiet" style={{ alignSelf: 'center' }}>{t('关停或整合后每30天巡检一次;又在发布的须由人确认复活。', 'Visited every 30 days after it ended; a person confirms that one lives again.')}</span>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="channel" loading={isFetching} dataSource={data ?? []} scroll={{ x: 900 }} pagination={{ current: page, pageSize: 50, total, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{returned ? t('没有复活的渠道。', 'None has returned.') : t('还没有关停或整合的渠道。', 'Nothing was shut or merged yet.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, w) => <><Link to={`/channels/${w.channel}`}>{w.name}</Link> <span className="quiet"><KindName kind={w.kind} /></span></> },
          { title: t('单位', 'Unit'), render: (_, w) => <>{w.organisation ?? '–'}{w.region === null ? '' : <span className="quiet"> · {w.region}</span>}</> },
          { title: t('结束方式', 'Ended by'), width: 100, dataIndex: 'state', render: (s: string) => (s === 'merged' ? t('整合', 'merging') : t('关停', 'shutdown')) },
          { title: t('结束时间', 'Ended'), dataIndex: 'endedAt', width: 140, render: (at: string) => <When at={at} /> },
          { title: t('之后所见', 'Seen since'), render: (_, w) => <Seen of={w} /> },
          { title: t('最近巡检', 'Last visit'), dataIndex: 'visitedAt', width: 140, render: (at: string | null) => <When at={at} empty={t('尚未', 'not yet')} /> },
          ...(may(me, ['rectification']) ? [{ title: t('操作', 'Act'), width: 120, render: (_: unknown, w: Row) => <Button size="small" danger={w.returned} onClick={() => setConfirming(w)}>{t('确认复活', 'It lives again')}</Button> }] : []),
        ]} />
      {confirming === null ? null : <ConfirmReturn of={confirming} close={() => setConfirming(null)} />}
    </>
  )
}

function Seen({ of: w }: { of: Row }) {
  const { t } = useWords()
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      {w.returned ? <Tag color="red">{t(`又在发布,最近 ${w.newest ?? ''}`, `publishes again, newest ${w.newest ?? ''}`)}</Tag> : null}
      {w.gone ? <Tag color="green">{t('已不可访问', 'gone')}</Tag> : null}
      {w.redirectsTo === null ? null : <Tag><span className="address">{t('跳转至 ', 'leads to ')}{w.redirectsTo}</span></Tag>}
      {w.pointsToTarget === null ? null : w.pointsToTarget ? <Tag color="green">{t('指向并入渠道', 'leads to its target')}</Tag> : <Tag color="orange">{t('未指向并入渠道', 'does not lead to its target')}</Tag>}
      {w.announcement === null ? null : <Tag>{t(`公告:${w.announcement}`, `notice: ${w.announcement}`)}</Tag>}
      {w.returned || w.gone || w.redirectsTo !== null || w.announcement !== null ? null : <span className="quiet">–</span>}
    </span>
  )
}

function ConfirmReturn({ of, close }: { of: Row; close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [reason, setReason] = useState('')
  const send = async (): Promise<void> => {
    try {
      await post('/api/watched/:id/return', { params: { id: String(of.channel) }, body: { reason } })
      await client.invalidateQueries()
      void message.success(t('已确认复活,重新列入研判。', 'Confirmed; it is open for a decision again.'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={t(`确认复活:${of.name}`, `It lives again: ${of.name}`)} onCancel={close} okText={t('确认', 'Confirm')} cancelText={t('取消', 'Cancel')} okButtonProps={{ danger: true, disabled: reason.trim() === '' }} onOk={() => sendOnce()} confirmLoading={busy} destroyOnHidden>
      <p>{t('确认后该渠道恢复为在运行,计入专项行动的现有数,原决定重新打开。', 'It becomes active, counts as remaining in campaigns, and its decision opens again.')}</p>
      <Form layout="vertical" component="div"><Form.Item label={t('理由', 'Reason')} htmlFor="return-reason"><Input.TextArea id="return-reason" autoFocus rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Form.Item></Form>
    </Modal>
  )
}
