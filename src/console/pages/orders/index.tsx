import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { PageHead } from '../../parts/page-head.tsx'
import { useWords } from '../../shell/language.tsx'
import { Filings } from './filings.tsx'
import { Orders } from './orders.tsx'
import { Watched } from './watched.tsx'

/** What follows a decision: the documents sent, what is kept and filed, what was shut and is watched. */
export default function OrdersRoom() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  return (
    <>
      <PageHead title={t('文书与备案', 'Orders and filings')}>{t('查看和下载已发文书,跟踪整改期限,登记保留渠道的备案,盯住已关停的渠道。', 'Documents sent and their deadlines, filings of what is kept, and a watch on what was shut.')}</PageHead>
      <Tabs activeKey={search.get('tab') ?? 'orders'} onChange={(tab) => setSearch({ tab })} destroyOnHidden items={[
        { key: 'orders', label: t('整改通知与关停通知', 'Orders and notices'), children: <Orders /> },
        { key: 'watched', label: t('关停后跟踪', 'Watched after shutdown'), children: <Watched /> },
        { key: 'filings', label: t('登记备案', 'Filings'), children: <Filings /> },
      ]} />
    </>
  )
}
