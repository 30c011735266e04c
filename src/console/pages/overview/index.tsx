import { useSearchParams } from 'react-router'
import { Button } from 'antd'
import { useChanges } from '../../api/changes.ts'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { CampaignNow } from './campaign.tsx'
import { FirstSteps } from './first-steps.tsx'
import { Freshness, Outcomes } from './freshness.tsx'
import { Health } from './health.tsx'
import { Places } from './places.tsx'
import { Reasons } from './reasons.tsx'
import { Trend } from './trend.tsx'

/** The first page: is the watching in order, what waits for a decision, how fresh the channels are, where, and since when. */
export default function OverviewPage() {
  const { t } = useWords()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const region = search.get('region') ?? undefined
  const { data, error, refetch } = useApi('/api/overview', { query: region === undefined ? {} : { region } }, { every: 60_000 })
  // Each visit changes a figure: more often than this nobody reads them.
  useChanges(['candidates', 'visits'], () => void refetch(), 10_000)
  const here = region === undefined ? me.region?.name ?? null : data?.path.at(-1)?.name ?? null
  const channels = data === undefined ? 0 : data.states.active + data.states.paused + data.states.closed + data.states.merged
  const visited = data !== undefined && data.oldest !== null
  return (
    <>
      <PageHead title={here === null ? t('总览', 'Overview') : t(`总览 · ${here}`, `Overview · ${here}`)} actions={<span style={{ display: 'inline-flex', gap: 8 }}><RegionPicker style={{ width: 190 }} value={region} onChange={(code) => setSearch(code === undefined ? {} : { region: code })} /><Button onClick={() => window.print()}>{t('打印', 'Print')}</Button></span>}>
        {t('每个数字都可以点开,看到对应的渠道。', 'Every figure opens the channels behind it.')}
      </PageHead>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {data === undefined ? (error === null ? <Loading /> : null) : (
        <div className="panels">
          {region === undefined && (channels === 0 || !visited) ? <FirstSteps channels={channels} visited={visited} candidates={data.candidates} /> : null}
          {channels === 0 ? null : (
            <>
              <Health of={data} region={region} />
              <Reasons of={data} region={region} />
              <Places of={data} region={region} />
              <Freshness of={data} region={region} />
              <Outcomes of={data} region={region} />
              <Trend region={region} />
              <CampaignNow />
            </>
          )}
        </div>
      )}
    </>
  )
}
