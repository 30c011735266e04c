import { Button, Dropdown, Space, Table, Tag } from 'antd'
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { BulkActs } from './bulk.tsx'
import { ChooseColumns, useChosenColumns } from './choose-columns.tsx'
import { sortOf, tableColumns } from './columns.tsx'
import type { Row } from './columns.tsx'
import { ChannelFilters } from './filters.tsx'
import { otherFilters } from './said.ts'
import { useChannelQuery } from './query.ts'
import { SavedViews } from './views.tsx'

/** Every registered channel, filtered, sorted and paged by the server; what is chosen stands in the address. */
export default function Channels() {
  const { t } = useWords()
  const me = useMe()
  const of = useChannelQuery()
  const { filters, query, change } = of
  const [shown, choose] = useChosenColumns()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const size = Number(query['size'] ?? 50)
  const page = Number(query['page'] ?? 1)
  const { data, error, isFetching, refetch } = useApi('/api/channels', { query: query as { sort?: 'id' } })
  const operates = may(me, ['operations'])
  const exportsLists = may(me, ['operations', 'rectification', 'read_only'])
  const total = data?.total ?? 0
  const filtered = Object.keys(filters).length > 0
  const others = otherFilters(filters)
  return (
    <>
      <PageHead title={t('渠道', 'Channels')} actions={(
        <Space size={8} wrap>
          <SavedViews kept={of.kept} open={of.open} />
          <ChooseColumns shown={shown} choose={choose} />
          {exportsLists ? (
            <Dropdown trigger={['click']} menu={{ items: (['xlsx', 'csv'] as const).map((format) => ({ key: format, label: <a href={addressOf('/api/channels/export', { query: { ...filters, format } })} download>{format === 'xlsx' ? t('Excel 工作簿(.xlsx)', 'Excel workbook (.xlsx)') : t('CSV 文本(.csv)', 'CSV (.csv)')}</a> })) }}>
              <Button icon={<DownloadOutlined />}>{t(`导出这 ${total.toLocaleString('en-US')} 个`, `Export these ${total.toLocaleString('en-US')}`)}</Button>
            </Dropdown>
          ) : null}
          {operates ? <Link to="/ledger/new"><Button type="primary" icon={<PlusOutlined />}>{t('登记渠道', 'Register')}</Button></Link> : null}
        </Space>
      )}>{data === undefined ? t('正在读取……', 'Loading…') : filtered ? t(`筛选出 ${total.toLocaleString('en-US')} 个渠道。`, `${total.toLocaleString('en-US')} channels match.`) : t(`台账中共 ${total.toLocaleString('en-US')} 个渠道。`, `${total.toLocaleString('en-US')} channels in the register.`)}</PageHead>
      <ChannelFilters of={of} />
      {others.length === 0 ? null : <p className="chips">{t('另按:', 'Also: ')}{others.map((o) => <Tag key={o.name} closable onClose={(e) => { e.preventDefault(); change(Object.fromEntries(o.drops.map((d) => [d, null]))) }}>{t(o.text)}</Tag>)}</p>}
      <BulkActs chosen={chosen} total={total} filters={filters} clear={() => setChosen([])} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="id" loading={isFetching} dataSource={data?.channels ?? []} scroll={{ x: 'max-content' }} className="channel-table" showSorterTooltip={false}
        columns={tableColumns(shown, t, { sort: query['sort'], descending: query['descending'] === 'true' })}
        {...(operates ? { rowSelection: { selectedRowKeys: [...chosen], onChange: (keys: React.Key[]) => setChosen(keys.map(Number)), getCheckboxProps: (r: Row) => ({ 'aria-label': t(`选择 ${r.name}`, `choose ${r.name}`) }), preserveSelectedRowKeys: true } } : {})}
        locale={{ emptyText: filtered ? <Nothing action={<Button onClick={() => of.open('')}>{t('清除全部条件', 'Clear all filters')}</Button>}>{t('没有符合条件的渠道。', 'No channel matches.')}</Nothing> : <Nothing action={operates ? <Link to="/ledger"><Button type="primary">{t('导入台账', 'Load a ledger')}</Button></Link> : undefined}>{t('台账还是空的:导入台账后,渠道会列在这里。', 'The register is empty: load a ledger and its channels stand here.')}</Nothing> }}
        onChange={(_pagination, _filters, sorter, extra) => {
          if (extra.action !== 'sort') return
          const one = Array.isArray(sorter) ? sorter[0] : sorter
          const by = one?.order === undefined || one.order === null ? undefined : sortOf(one.columnKey)
          change({ sort: by, descending: by !== undefined && one?.order === 'descend' ? 'true' : null })
        }}
        pagination={{ current: page, total, pageSize: size, pageSizeOptions: [20, 50, 100, 200], showSizeChanger: true, showTotal: (n, [from, to]) => t(`第 ${from}–${to} 个,共 ${n.toLocaleString('en-US')} 个`, `${from}–${to} of ${n.toLocaleString('en-US')}`), onChange: (p, s) => { change({ page: String(s === size ? p : 1), size: String(s) }); window.scrollTo({ top: 0 }) } }} />
    </>
  )
}
