import { Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { OutcomeTag } from '../../parts/channel-words.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { DUE_REASONS } from '../../words/channel.ts'

type Visit = AnswerOf<RouteOf<'GET', '/api/channels/:id/visits'>>['visits'][number]

/** Every attempt, a failed one too. */
export function Visits({ id }: { id: number }) {
  const { t } = useWords()
  const [page, setPage] = useState(1)
  const { data, error, isFetching, refetch } = useApi('/api/channels/:id/visits', { params: { id }, query: { page, size: 20 } })
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />
  return (
    <Table<Visit> size="small" rowKey="id" loading={isFetching && data === undefined} dataSource={data?.visits ?? []} pagination={{ current: page, pageSize: 20, total: data?.total ?? 0, onChange: setPage, showSizeChanger: false, hideOnSinglePage: true }}
      locale={{ emptyText: <Nothing>{t('还没有巡检过。', 'It has not been visited yet.')}</Nothing> }}
      columns={[
        { title: t('开始', 'Began'), width: 150, render: (_, v) => <When at={v.startedAt} /> },
        { title: t('结果', 'Outcome'), width: 140, render: (_, v) => <OutcomeTag outcome={v.outcome} /> },
        { title: t('说明', 'Detail'), render: (_, v) => v.detail ?? <span className="quiet">–</span> },
        { title: t('原因', 'Why'), width: 130, render: (_, v) => (v.reason === null ? '–' : t(DUE_REASONS[v.reason] ?? { zh: v.reason, en: v.reason })) },
        { title: t('最近更新', 'Newest'), width: 110, render: (_, v) => <span className="number">{v.newestOn ?? '–'}</span> },
        { title: t('首页', 'Home'), width: 110, render: (_, v) => <span className="number">{v.homeStatus === null ? '–' : `${v.homeStatus} · ${v.homeMs ?? '–'} ms`}</span> },
        { title: t('页数', 'Pages'), width: 70, render: (_, v) => <span className="number">{v.pages}</span> },
        { title: t('用时', 'Took'), width: 80, render: (_, v) => <span className="number">{v.seconds.toFixed(1)} s</span> },
        { title: t('方式', 'How'), width: 90, render: (_, v) => (v.rendered ? t('浏览器', 'browser') : 'HTTP') },
      ]} />
  )
}
