import { Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'

/** Every registered channel, filtered, sorted and paged by the server. */
export default function Channels() {
  const { t } = useWords()
  const [page, setPage] = useState(1)
  const { data, error, isFetching, refetch } = useApi('/api/channels', { query: { page: String(page) } })
  return (
    <>
      <PageHead title={t('渠道', 'Channels')} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching} dataSource={data?.channels ?? []} pagination={{ current: page, total: data?.total ?? 0, onChange: setPage, pageSize: 50, showSizeChanger: false }} columns={[{ title: t('名称', 'Name'), dataIndex: 'name' }, { title: t('地址', 'Address'), dataIndex: 'address' }]} />
    </>
  )
}
