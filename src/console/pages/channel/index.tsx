import { Tabs } from 'antd'
import { useParams, useSearchParams } from 'react-router'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { KindName } from '../../parts/tags.tsx'
import { ChannelStateTag } from '../../parts/channel-words.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { Acts } from './acts.tsx'
import { Candidates } from './candidates.tsx'
import { Columns } from './columns.tsx'
import { EvidenceList } from './evidence.tsx'
import { History } from './history.tsx'
import { Identity } from './identity.tsx'
import { Observations } from './observations.tsx'
import { PolicyInForce } from './policy.tsx'
import { Timeline } from './timeline.tsx'
import { VerdictCard } from './verdict.tsx'
import { Visits } from './visits.tsx'

export type ChannelFile = AnswerOf<RouteOf<'GET', '/api/channels/:id'>>

/** One channel: what stands and why, first; then what was seen, with its evidence. */
export default function ChannelPage() {
  const { t } = useWords()
  const id = Number(useParams()['id'])
  const [search, setSearch] = useSearchParams()
  const { data, error, refetch } = useApi('/api/channels/:id', { params: { id } }, { enabled: Number.isInteger(id) })
  if (error !== null && data === undefined) return <><PageHead title={t('渠道', 'Channel')} /><Failed error={error} retry={() => void refetch()} /></>
  if (data === undefined || data.channel.id !== id) return <Loading />
  const c = data.channel
  return (
    <>
      <PageHead title={c.name} actions={<Acts channel={c} again={() => void refetch()} />}>
        <KindName kind={c.kind} /> · <ChannelStateTag state={c.state} /> · {c.organisation ?? t('未填主办单位', 'no organisation')} · {c.region ?? t('未填地区', 'no region')}
      </PageHead>
      <VerdictCard verdict={data.verdict} channel={c} />
      <div className="panels" style={{ marginTop: 14 }}>
        <Identity channel={c} attestations={data.attestations} />
        <Timeline of={data} />
      </div>
      <Tabs style={{ marginTop: 6 }} activeKey={search.get('tab') ?? (data.columns.length > 0 ? 'columns' : 'seen')} onChange={(tab) => setSearch({ tab }, { replace: true })} destroyOnHidden items={[
        ...(c.kind === 'website' ? [{ key: 'columns', label: t(`栏目(${data.columns.length})`, `Columns (${data.columns.length})`), children: <Columns columns={data.columns} /> }] : []),
        { key: 'seen', label: t('最新观测', 'Latest sightings'), children: <Observations rows={data.observations} /> },
        { key: 'evidence', label: t(`证据(${data.evidence.length})`, `Evidence (${data.evidence.length})`), children: <EvidenceList pieces={data.evidence} /> },
        { key: 'visits', label: t('巡检记录', 'Visits'), children: <Visits id={id} /> },
        { key: 'candidates', label: t(`候选与处置(${data.candidates.length})`, `Candidates (${data.candidates.length})`), children: <Candidates candidates={data.candidates} /> },
        { key: 'policy', label: t('巡检策略', 'Policy'), children: <PolicyInForce policy={data.policy} channel={c} /> },
        { key: 'history', label: t('变更记录', 'History'), children: <History id={id} /> },
      ]} />
    </>
  )
}
