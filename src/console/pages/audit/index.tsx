import { Button, Table } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import { useSearchParams } from 'react-router'
import { actName, subjectName } from '../../../domain/acts.ts'
import type { Role } from '../../../domain/actor.ts'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { ROLE_NAMES } from '../../words/roles.ts'
import { Chain } from './chain.tsx'
import { AuditFilters } from './filters.tsx'
import { Subject } from './subject.tsx'

export type Act = AnswerOf<RouteOf<'GET', '/api/audit'>>['acts'][number]

const SIZE = 50

/** 审计: who did what, when, to what and why. Never changed, never deleted. */
export default function Audit() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const page = Number(search.get('page') ?? 1)
  const get = (name: string): string | undefined => search.get(name) ?? undefined
  const filter = { actor: get('actor'), verbs: get('verbs'), entity: get('entity'), entityId: get('entityId'), from: get('from'), until: get('until') }
  const { data, error, isFetching, refetch } = useApi('/api/audit', { query: { ...filter, page, size: SIZE } })
  const set = (changes: Readonly<Record<string, string | undefined>>): void => setSearch((now) => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') now.delete(name)
      else now.set(name, value)
    }
    if (!('page' in changes)) now.delete('page')
    return now
  })
  return (
    <>
      <PageHead title={t('审计', 'Audit')} actions={<Button icon={<DownloadOutlined />} href={addressOf('/api/audit/export', { query: filter })} download>{t('导出 CSV', 'Export CSV')}</Button>}>{t('谁在何时对什么做了什么、理由为何。记录不可修改、不可删除。', 'Who did what, when, to what and why. Nothing here is ever changed or deleted.')}</PageHead>
      <Chain />
      <AuditFilters filter={filter} set={set} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Act> size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data?.acts ?? []}
        pagination={{ current: page, total: data?.total ?? 0, pageSize: SIZE, showSizeChanger: false, onChange: (next) => set({ page: String(next) }), showTotal: (n) => t(`共 ${n} 条`, `${n} acts`) }}
        locale={{ emptyText: <Nothing>{t('没有符合条件的记录。', 'No act fits.')}</Nothing> }}
        expandable={{ rowExpandable: (a) => a.detail !== null, expandedRowRender: (a) => <Detail value={a.detail} /> }}
        columns={[
          { title: t('时间', 'Time'), width: 150, render: (_, a) => <time dateTime={a.at} className="number">{minuteOf(a.at)}</time> },
          { title: t('操作人', 'Who'), width: 170, render: (_, a) => <>{a.actorName}<div className="quiet">{t(actorWords(a))}</div></> },
          { title: t('操作', 'Act'), width: 160, render: (_, a) => <span title={a.verb}>{t(actName(a.verb))}</span> },
          { title: t('对象', 'Subject'), render: (_, a) => <><span className="quiet">{t(subjectName(a.entity))}</span> <Subject act={a} /></> },
          { title: t('理由', 'Reason'), dataIndex: 'reason', render: (reason: string | null) => reason ?? <span className="quiet">–</span> },
        ]} />
    </>
  )
}

function actorWords(act: Act): { zh: string; en: string } {
  if (act.actorKind === 'cli') return { zh: '命令行', en: 'command line' }
  if (act.actorKind === 'system') return { zh: '系统', en: 'the program' }
  return ROLE_NAMES[act.actorRole as Role] ?? { zh: act.actorRole ?? '', en: act.actorRole ?? '' }
}

/** What the act carried, as it was written down. */
function Detail({ value }: { value: unknown }) {
  return <pre style={{ margin: 0, whiteSpace: 'pre-wrap', wordBreak: 'break-all', maxHeight: 320, overflow: 'auto', fontSize: 12.5 }}>{JSON.stringify(value, null, 2)}</pre>
}
