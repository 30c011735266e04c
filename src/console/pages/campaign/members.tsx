import { Select, Table } from 'antd'
import { Link } from 'react-router'
import { KINDS, KIND_IDS, isKind } from '../../../domain/kinds.ts'
import { useApi } from '../../api/use.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { Failed, Nothing } from '../../parts/states.tsx'
import { KindName, StateTag } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { CHANNEL_STATES, FIGURES, FIGURE_NAMES } from '../../words/campaign.ts'
import { useAsOf } from './as-of.tsx'

/** The channels behind one number of a campaign. */
export default function Members() {
  const { t } = useWords()
  const { get, page, set } = useAddressState()
  const asOf = useAsOf()
  const name = get('name') ?? ''
  const figure = FIGURES.find((f) => f === get('figure')) ?? 'baseline'
  const given = get('kind')
  const kind = given !== undefined && isKind(given) ? given : undefined
  const { data, error, isFetching, refetch } = useApi('/api/campaigns/:name/members', { params: { name }, query: { figure, page: String(page), region: get('region'), kind, ...asOf.query } })
  return (
    <>
      <PageHead title={t(`${name}:${FIGURE_NAMES[figure].zh}`, `${name}: ${FIGURE_NAMES[figure].en.toLowerCase()}`)} actions={<Link to={`/campaign?name=${encodeURIComponent(name)}`}>{t('返回进展', 'Back to the progress')}</Link>}>
        {data === undefined ? null : t(`共 ${data.total.toLocaleString('en')} 个渠道,地区和类型按基线。`, `${data.total.toLocaleString('en')} channels; region and kind as in the baseline.`)}{asOf.day === undefined ? null : t(`截至 ${asOf.day}。`, ` As of ${asOf.day}.`)}
      </PageHead>
      <div className="narrow">
        <Select aria-label={t('数字', 'figure')} style={{ width: 150 }} value={figure} onChange={(v: string) => set({ figure: v })} options={FIGURES.map((f) => ({ value: f, label: t(FIGURE_NAMES[f]) }))} />
        <RegionPicker value={get('region')} onChange={(region) => set({ region })} style={{ width: 170 }} />
        <Select allowClear aria-label={t('渠道类型', 'kind')} placeholder={t('渠道类型', 'Kind')} style={{ width: 170 }} value={kind ?? null} onChange={(v: string | null | undefined) => set({ kind: v })} options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} />
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="channel" loading={isFetching} dataSource={data?.members ?? []} scroll={{ x: 900 }} pagination={{ current: page, pageSize: 50, total: data?.total ?? 0, showSizeChanger: false, hideOnSinglePage: true, onChange: (p) => set({ page: String(p) }) }}
        locale={{ emptyText: <Nothing>{t('没有符合条件的渠道。', 'No channel here.')}</Nothing> }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, m) => <><Link to={`/channels/${m.channel}`}>{m.name}</Link> <span className="quiet"><KindName kind={m.kind} /></span><br /><span className="quiet address">{m.siteCode === null ? '' : `${m.siteCode} · `}{m.address}</span></> },
          { title: t('主办单位', 'Sponsor'), render: (_, m) => <>{m.organisation ?? '–'}{m.supervisor === null ? '' : <><br /><span className="quiet">{m.supervisor}</span></>}</> },
          { title: t('地区', 'Region'), dataIndex: 'regionName', width: 110 },
          { title: t('现状', 'Now'), dataIndex: 'state', width: 100, render: (s: string) => t(CHANNEL_STATES[s] ?? { zh: s, en: s }) },
          { title: t('启动以来', 'Since the start'), width: 120, dataIndex: 'seen', render: (seen: boolean | null) => (seen === null ? <span className="quiet">{t('未巡检', 'not visited')}</span> : seen ? t('已检查', 'checked') : t('未能观测', 'not observed')) },
          { title: t('候选', 'Candidate'), width: 150, render: (_, m) => (m.candidate === null || m.candidateState === null ? '–' : <Link to={`/review?view=all&id=${m.candidate}`}><StateTag state={m.candidateState} /></Link>) },
          { title: t('主要问题', 'Main problem'), render: (_, m) => (m.clause === null ? '–' : t({ zh: m.problem ?? m.clause.zh, en: m.clause.en })) },
        ]} />
    </>
  )
}
