import { Button, Table, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { Plans } from './plans.tsx'
import { StartCheck } from './start-check.tsx'
import { Standard } from './standard.tsx'

/** Checks against the standard: runs, plans, and the standard itself. */
export default function Checks() {
  const { t } = useWords()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const [starting, setStarting] = useState(false)
  const mayRun = may(me, ['operations', 'rectification'])
  return (
    <>
      <PageHead title={t('指标检查', 'Indicator checks')} actions={mayRun ? <Button type="primary" onClick={() => setStarting(true)}>{t('开始检查', 'Run a check')}</Button> : null}>
        {t('按国办秘函〔2019〕19号等标准逐项检查,未能观测的不作通过处理,得分以区间表示。', 'Channel by channel against the standard. What was not seen is not passed: scores are given as a range.')}
      </PageHead>
      <Tabs activeKey={search.get('tab') ?? 'runs'} onChange={(tab) => setSearch({ tab })} destroyOnHidden items={[
        { key: 'runs', label: t('检查批次', 'Runs'), children: <Runs /> },
        { key: 'plans', label: t('检查计划', 'Plans'), children: <Plans /> },
        { key: 'standard', label: t('标准与指标', 'The standard'), children: <Standard /> },
      ]} />
      {starting ? <StartCheck close={() => setStarting(false)} /> : null}
    </>
  )
}

function Runs() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const page = Number(search.get('page') ?? 1)
  const { data, error, isFetching, refetch } = useApi('/api/check-runs', { query: { page, size: 20 } })
  const standards = useApi('/api/standards', {})
  const nameOf = (id: string): string => { const s = standards.data?.find((e) => e.id === id); return s === undefined ? id : t(s.name) }
  return (
    <>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="run" loading={isFetching && data === undefined} dataSource={data?.runs ?? []}
        pagination={{ current: page, total: data?.total ?? 0, pageSize: 20, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => setSearch({ tab: 'runs', page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('还没有检查。点右上角“开始检查”,选定渠道和标准即可。', 'No check yet. “Run a check” takes the channels and the standard.')}</Nothing> }}
        columns={[
          { title: t('批次', 'Run'), width: 90, dataIndex: 'run', render: (run: number) => <Link to={`/checks/runs/${run}`}>{run}</Link> },
          { title: t('标准', 'Standard'), dataIndex: 'standard', render: (id: string, r) => <Link to={`/checks/runs/${r.run}`}>{nameOf(id)}</Link> },
          { title: t('监测时间点', 'Monitoring point'), width: 170, dataIndex: 'asOf', render: (at: string) => <When at={at} /> },
          { title: t('渠道数', 'Channels'), width: 100, align: 'right', className: 'number', dataIndex: 'channels' },
          { title: t('检查人', 'By'), width: 140, dataIndex: 'by' },
          { title: t('生成时间', 'Made'), width: 170, dataIndex: 'madeAt', render: (at: string) => <When at={at} /> },
        ]} />
    </>
  )
}
