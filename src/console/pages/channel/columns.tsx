import { Table, Tag } from 'antd'
import { OutLink } from '../../parts/out-link.tsx'
import { OutcomeTag } from '../../parts/channel-words.tsx'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { CLASS_NAMES } from '../../words/channel.ts'
import type { ChannelFile } from './index.tsx'
import { DateWitness } from './witness.tsx'

type Column = ChannelFile['columns'][number]

/** A website's columns, the nearest deadline first. */
export function Columns({ columns }: { columns: readonly Column[] }) {
  const { t } = useWords()
  return (
    <Table<Column> size="small" rowKey="id" dataSource={[...columns]} pagination={{ pageSize: 40, hideOnSinglePage: true }} scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Nothing>{t('还没有读到栏目:首次巡检后,导航中的一级栏目会列在这里;也可以在台账中登记。', 'No column is known yet: the first visit reads them from the navigation, or the ledger names them.')}</Nothing> }}
      columns={[
        { title: t('栏目', 'Column'), render: (_, c) => <><OutLink url={c.url}>{c.name}</OutLink>{c.active ? null : <Tag style={{ marginInlineStart: 6 }}>{t('停用', 'off')}</Tag>}</> },
        { title: t('类别', 'Class'), width: 110, render: (_, c) => t(CLASS_NAMES[c.class] ?? { zh: c.class, en: c.class }) },
        { title: t('最近更新', 'Newest'), width: 120, render: (_, c) => <DateWitness day={c.newest} witness={c.witness} />, sorter: (a, b) => (a.newest ?? '').localeCompare(b.newest ?? '') },
        { title: t('更新期限', 'Deadline'), width: 110, render: (_, c) => <span className="number">{c.deadline ?? '–'}</span> },
        {
          title: t('剩余', 'Left'), width: 120, defaultSortOrder: 'ascend', sorter: (a, b) => (a.daysLeft ?? 1e6) - (b.daysLeft ?? 1e6),
          render: (_, c) => (c.daysLeft === null ? <span className="quiet">–</span> : c.daysLeft < 0 ? <b className="late">{t(`超期 ${-c.daysLeft} 天`, `${-c.daysLeft} d over`)}</b> : <span className="number">{t(`${c.daysLeft} 天`, `${c.daysLeft} d`)}</span>),
        },
        { title: t('最新一条', 'Newest item'), render: (_, c) => (c.newestTitle === null ? <span className="quiet">{c.empty ? t('空白栏目', 'empty') : '–'}</span> : c.newestUrl === null ? c.newestTitle : <OutLink url={c.newestUrl}>{c.newestTitle}</OutLink>) },
        { title: t('结果', 'Outcome'), width: 120, render: (_, c) => <OutcomeTag outcome={c.outcome} /> },
        { title: t('查看于', 'Looked at'), width: 145, render: (_, c) => <When at={c.observedAt} /> },
      ]} />
  )
}
