import { useState } from 'react'
import { Button, Space, Table } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { Percent } from '../../parts/figures.tsx'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { KindName } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { AsOf, useAsOf } from './as-of.tsx'

const FILES = [{ as: 'docx', zh: 'Word 文档', en: 'Word' }, { as: 'xlsx', zh: 'Excel 工作簿', en: 'Excel' }, { as: 'csv', zh: 'CSV 名单', en: 'CSV (annex)' }, { as: 'json', zh: 'JSON', en: 'JSON' }] as const

const SIZE = 50

/** 通报: as it will be handed out, and the downloads. */
export function BulletinView({ name }: { name: string }) {
  const { t } = useWords()
  const asOf = useAsOf()
  const [page, setPage] = useState(1)
  const { data, error, isFetching, refetch } = useApi('/api/campaigns/:name/bulletin', { params: { name }, query: { ...asOf.query, page, size: SIZE } })
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const n = (x: number): string => x.toLocaleString('en')
  const p = (x: number | null): string => (x === null ? '–' : `${x}%`)
  const { totals, overall } = data
  const day = new Date(Date.parse(data.asOf) + 8 * 3_600_000).toISOString().slice(0, 10)
  return (
    <>
      <div className="narrow no-print">
        <AsOf />
        <Space>{FILES.map((f) => <Button key={f.as} icon={<DownloadOutlined />} href={addressOf('/api/campaigns/:name/bulletin/file', { params: { name }, query: { as: f.as, ...asOf.query } })} download>{t(f.zh, f.en)}</Button>)}</Space>
      </div>
      <article className="sheet" aria-label={t('通报预览', 'The bulletin')}>
        <h2>{t(`${data.name}情况通报`, `Bulletin: ${data.name}`)}</h2>
        <h3>{t('一、总体情况', '1. Overall')}</h3>
        <p>{t(`截至${day},列入本次行动基线的渠道共${n(totals.baseline)}个,已清理${n(totals.removed)}个,现有${n(totals.remaining)}个,清理率${p(totals.rate)}。在运行的${n(overall.running)}个渠道中检查${n(overall.checked)}个,抽查比例${p(overall.share)};不合格${n(overall.failed)}个,合格率${p(overall.passRate)}。(${data.rounding.zh})`, `As of ${day} the baseline holds ${n(totals.baseline)} channels; ${n(totals.removed)} were removed and ${n(totals.remaining)} remain, a rate of ${p(totals.rate)}. Of ${n(overall.running)} running channels ${n(overall.checked)} were checked (${p(overall.share)}); ${n(overall.failed)} failed, a pass rate of ${p(overall.passRate)}. (${data.rounding.en})`)}</p>
        <h3>{t('二、各地情况', '2. By region')}</h3>
        <Table size="small" rowKey="region" loading={isFetching} dataSource={data.regions} pagination={false} columns={[
          { title: t('地区', 'Region'), dataIndex: 'regionName' },
          { title: t('运行数', 'Running'), dataIndex: 'running', align: 'right', render: (x: number) => n(x) },
          { title: t('检查数', 'Checked'), dataIndex: 'checked', align: 'right', render: (x: number) => n(x) },
          { title: t('不合格数', 'Failed'), dataIndex: 'failed', align: 'right', render: (x: number) => n(x) },
          { title: t('合格率', 'Pass rate'), dataIndex: 'passRate', align: 'right', render: (x: number | null) => <Percent value={x} bar={false} /> },
        ]} />
        <h3>{t(`附件:不合格渠道名单(${n(overall.failed)}个)`, `Annex: failing channels (${n(overall.failed)})`)}</h3>
        <Table size="small" rowKey="channel" dataSource={data.failing} pagination={{ current: page, total: overall.failed, pageSize: SIZE, onChange: setPage, hideOnSinglePage: true, showSizeChanger: false }} loading={isFetching} scroll={{ x: 900 }} locale={{ emptyText: <Nothing>{t('没有不合格渠道。', 'None failed.')}</Nothing> }} columns={[
          { title: t('标识码/账号', 'Code or account'), render: (_, f) => <span className="address">{f.siteCode ?? f.address}</span> },
          { title: t('名称', 'Name'), render: (_, f) => <><Link to={`/channels/${f.channel}`}>{f.name}</Link> <span className="quiet"><KindName kind={f.kind} /></span></> },
          { title: t('主办单位', 'Sponsor'), dataIndex: 'organisation', render: (x: string | null) => x ?? '–' },
          { title: t('主管单位', 'Supervisor'), dataIndex: 'supervisor', render: (x: string | null) => x ?? '–' },
          { title: t('主要问题', 'Main problem'), render: (_, f) => (f.clause === null ? '–' : t({ zh: f.problem ?? f.clause.zh, en: f.clause.en })) },
        ]} />
      </article>
    </>
  )
}
