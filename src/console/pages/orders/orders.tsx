import { Button, Input, Segmented, Select, Space, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName, StateTag } from '../../parts/tags.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { Letterhead } from './letterhead.tsx'

const ORDER_NAMES = { rectification: { zh: '整改通知单', en: 'Order' }, shutdown: { zh: '关停通知', en: 'Notice' } } as const

/** Every document issued, overdue first. */
export function Orders() {
  const { t } = useWords()
  const me = useMe()
  const { get, page, set } = useAddressState()
  const [head, setHead] = useState(false)
  const kind = get('kind') as 'rectification' | 'shutdown' | undefined
  const { data, error, isFetching, refetch } = useApi('/api/orders', { query: { page: String(page), kind, text: get('text'), region: get('region'), ...(get('overdue') === 'true' ? { overdue: 'true' } : {}) } })
  return (
    <>
      <div className="narrow">
        <Segmented value={get('overdue') === 'true' ? 'late' : 'all'} onChange={(v) => set({ overdue: v === 'late' ? 'true' : null })} options={[{ value: 'all', label: t('全部', 'All') }, { value: 'late', label: t(`逾期 ${data?.overdue ?? 0}`, `Overdue ${data?.overdue ?? 0}`) }]} />
        <Input.Search allowClear placeholder={t('文号、渠道、单位', 'number, channel, unit')} aria-label={t('查找文书', 'search documents')} style={{ width: 230 }} defaultValue={get('text') ?? ''} onSearch={(text) => set({ text })} />
        <RegionPicker value={get('region')} onChange={(region) => set({ region })} style={{ width: 160 }} />
        <Select allowClear style={{ width: 150 }} placeholder={t('文种', 'Document')} aria-label={t('文种', 'Document')} value={kind ?? null} onChange={(v: string | null | undefined) => set({ kind: v })} options={Object.entries(ORDER_NAMES).map(([value, name]) => ({ value, label: t(name) }))} />
        <span style={{ flex: 1 }} />
        {may(me, ['rectification']) ? <Button onClick={() => setHead(true)}>{t('落款与文号', 'Letterhead and numbers')}</Button> : null}
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching} dataSource={data?.orders ?? []} scroll={{ x: 900 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('还没有文书。在研判中责令整改或拟关停后即可制发。', 'Nothing was issued yet. Order or plan a shutdown in Review, then issue it.')}</Nothing> }}
        columns={[
          { title: t('文号', 'Number'), dataIndex: 'number', width: 210, render: (number: string, o) => <a href={addressOf('/api/orders/:id/file', { params: { id: o.id } })} download>{number}</a> },
          { title: t('文种', 'Document'), dataIndex: 'kind', width: 110, render: (k: keyof typeof ORDER_NAMES) => t(ORDER_NAMES[k] ?? { zh: k, en: k }) },
          { title: t('渠道', 'Channel'), render: (_, o) => <><Link to={`/channels/${o.channel.id}`}>{o.channel.name}</Link> <span className="quiet"><KindName kind={o.channel.kind} /></span></> },
          { title: t('主送单位', 'To'), render: (_, o) => <>{o.organisation ?? '–'}{o.region === null ? '' : <span className="quiet"> · {o.region}</span>}</> },
          { title: t('发出', 'Issued'), dataIndex: 'issuedOn', width: 110, render: (d: string) => <span className="number">{d}</span> },
          { title: t('期限', 'Due'), width: 160, render: (_, o) => <span className={o.overdue ? 'number late' : 'number'}>{o.deadline}{o.overdue ? t(' 逾期', ' overdue') : ''}</span> },
          { title: t('办理状态', 'State'), width: 150, render: (_, o) => <Link to={`/review?view=all&id=${o.candidate}`}><StateTag state={o.state} /></Link> },
          { title: t('下载', 'Download'), width: 130, render: (_, o) => <Space size={4}><a href={addressOf('/api/orders/:id/file', { params: { id: o.id } })} download aria-label={`docx ${o.number}`}>docx</a>·<a href={addressOf('/api/candidates/:id/pack', { params: { id: o.candidate } })} download aria-label={t(`证据包 ${o.candidate}`, `evidence ${o.candidate}`)}>{t('证据包', 'evidence')}</a></Space> },
        ]} />
      {head ? <Letterhead close={() => setHead(false)} /> : null}
    </>
  )
}
