import { Progress } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../api/use.ts'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { Figure, Panel } from './figure.tsx'
import { channelsAt } from './links.ts'

/** The running campaign: of the baseline, how much is removed. */
export function CampaignNow() {
  const { t } = useWords()
  const { data, error, refetch } = useApi('/api/overview/campaign', {})
  const c = data?.campaign ?? null
  const number = (n: number): string => n.toLocaleString('en-US')
  return (
    <Panel title={t('专项行动进度', 'The running campaign')} note={c === null ? undefined : <Link to="/campaign">{t('查看详情', 'Details')}</Link>}>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {data === undefined ? (error === null ? <Loading /> : null) : c === null ? <Nothing>{t('目前没有进行中的专项行动。', 'No campaign is running.')}</Nothing> : (
        <>
          <p style={{ margin: '0 0 4px' }}><b>{c.name}</b> <span className="quiet">{t(`自 ${minuteOf(c.startedAt).slice(0, 10)} 起`, `since ${minuteOf(c.startedAt).slice(0, 10)}`)}{c.endsOn === null ? '' : t(`,至 ${c.endsOn}`, `, until ${c.endsOn}`)}</span></p>
          <Progress percent={c.rate ?? 0} strokeColor="#0b5c8a" format={() => <span className="number">{c.rate === null ? '–' : `${c.rate.toFixed(2)}%`}</span>} aria-label={t('已减少比例', 'removed')} />
          <p className="quiet" style={{ margin: '2px 0 8px' }}>{c.targetRate === null ? t('关停整合占基线的比例', 'closed or merged, of the baseline') : t(`关停整合占基线的比例;目标 ${c.targetRate}%`, `closed or merged, of the baseline; the aim is ${c.targetRate}%`)}</p>
          <dl className="tally-row tally-row-tight">
            <Figure name={t('基线', 'Baseline')} value={number(c.baseline)} to={channelsAt(undefined, { campaign: c.id })} />
            <Figure name={t('已减少', 'Removed')} value={number(c.removed)} to={channelsAt(undefined, { campaign: c.id, states: 'closed,merged' })} />
            <Figure name={t('尚存', 'Remaining')} value={number(c.remaining)} to={channelsAt(undefined, { campaign: c.id, states: 'active,paused' })} />
            <Figure name={t('待处置', 'Candidates')} value={number(c.candidates)} to={channelsAt(undefined, { campaign: c.id, candidate: 'true' })} />
          </dl>
        </>
      )}
    </Panel>
  )
}
