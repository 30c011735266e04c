import { Button, Segmented, Table } from 'antd'
import { Link } from 'react-router'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName, StateTag } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { ruleName } from '../../words/review.ts'

/** What was decided about the unit's channels, the nearest deadline first. */
export function Matters() {
  const { t } = useWords()
  const { get, page, set } = useAddressState()
  const given = get('view')
  const view = given === 'waiting' || given === 'done' || given === 'all' ? given : 'due'
  const { data, error, isFetching, refetch } = useApi('/api/unit/matters', { query: { view, page: String(page) } })
  const left = (days: number): string => (days < 0 ? t(`逾期 ${-days} 天`, `${-days} days overdue`) : days === 0 ? t('今天到期', 'due today') : t(`还有 ${days} 天`, `${days} days left`))
  return (
    <>
      <div className="narrow">
        <Segmented value={view} onChange={(v) => set({ view: v })} options={[
          { value: 'due', label: t(`待我单位办理 ${data?.due ?? 0}`, `For us to do ${data?.due ?? 0}`) }, { value: 'waiting', label: t(`等待复核 ${data?.waiting ?? 0}`, `Waiting for the office ${data?.waiting ?? 0}`) },
          { value: 'done', label: t(`已办结 ${data?.done ?? 0}`, `Settled ${data?.done ?? 0}`) }, { value: 'all', label: t('全部', 'All') },
        ]} />
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching} dataSource={data?.matters ?? []} scroll={{ x: 860 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{view === 'due' ? t('目前没有需要办理的事项。', 'There is nothing for you to do.') : t('这里没有事项。', 'There is nothing here.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), width: 220, render: (_, m) => <><b>{m.channel.name}</b><br /><span className="quiet"><KindName kind={m.channel.kind} /></span></> },
          { title: t('存在的问题', 'What is wrong'), render: (_, m) => <>{t(m.clause)} <span className="quiet">{t(ruleName(m.rule))}</span></> },
          { title: t('状态', 'State'), width: 150, render: (_, m) => <StateTag state={m.state} /> },
          { title: t('期限', 'Deadline'), width: 150, render: (_, m) => (m.deadline === null ? '–' : <><span className="number">{m.deadline}</span>{m.daysLeft === null ? null : <><br /><span className={m.daysLeft < 0 ? 'late' : 'quiet'}>{left(m.daysLeft)}</span></>}</>) },
          { title: t('文书', 'Document'), width: 210, render: (_, m) => (m.orders.length === 0 ? <span className="quiet">{t('尚未发文', 'none yet')}</span> : m.orders.map((o) => <div key={o.id}><a href={addressOf('/api/orders/:id/file', { params: { id: o.id } })} download>{o.number}</a></div>)) },
          { title: t('办理', 'Act'), width: 110, render: (_, m) => <Link to={`/unit/${m.id}`}><Button size="small" type={m.daysLeft === null ? 'default' : 'primary'} tabIndex={-1}>{m.daysLeft === null ? t('查看', 'Open') : t('办理', 'Answer')}</Button></Link> },
        ]} />
    </>
  )
}
