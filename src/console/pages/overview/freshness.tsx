import { OUTCOMES } from '../../../domain/outcome.ts'
import type { Outcome } from '../../../domain/outcome.ts'
import { useWords } from '../../shell/language.tsx'
import { AGES } from '../channels/ages.ts'
import { Bars, Panel } from './figure.tsx'
import type { Overview } from './health.tsx'
import { channelsAt } from './links.ts'

const GROUP_COLOURS = { seen: '#2f8f5b', gone: '#b42318', not_observed: '#c07a12' } as const

/** Active channels by the age of what they last published. */
export function Freshness({ of, region }: { of: Overview; region: string | undefined }) {
  const { t } = useWords()
  const name = (from: number, to: number | null): string => { const a = AGES.find((x) => x.from === String(from) && x.to === (to === null ? undefined : String(to))); return a === undefined ? `${from}–${to ?? ''}` : t(a.name) }
  return (
    <Panel title={t('更新情况', 'Freshness')} note={t('在管渠道距最近一次更新的天数', 'active channels by days since the last publication')}>
      <Bars label={t('按距今天数', 'by age')} rows={[
        ...of.ages.map((a) => ({ key: String(a.from), name: name(a.from, a.to), value: a.channels, to: channelsAt(region, { states: 'active', daysFrom: a.from, daysTo: a.to }), colour: a.from > 90 ? '#b42318' : a.from > 14 ? '#c07a12' : '#2f8f5b' })),
        { key: 'undated', name: t('未见日期', 'No date seen'), value: of.undated, to: channelsAt(region, { states: 'active', undated: 'true' }), colour: '#9aa7b4' },
      ]} />
    </Panel>
  )
}

/** Active channels by what their last visit found. */
export function Outcomes({ of, region }: { of: Overview; region: string | undefined }) {
  const { t } = useWords()
  const rows = of.outcomes.map((o) => {
    const info = Object.hasOwn(OUTCOMES, o.outcome) ? OUTCOMES[o.outcome as Outcome] : null
    return { key: o.outcome, name: info === null ? o.outcome : t(info.name), value: o.channels, to: channelsAt(region, { states: 'active', outcomes: o.outcome }), colour: info === null ? '#9aa7b4' : GROUP_COLOURS[info.group] }
  })
  return (
    <Panel title={t('最近一次巡检结果', 'Last outcomes')} note={t('未能观测的不作为依据', 'what could not be seen counts against nobody')}>
      <Bars label={t('按结果', 'by outcome')} rows={rows.slice(0, 8)} />
      <p className="quiet legend"><span><i style={{ background: GROUP_COLOURS.seen }} />{t('已看到', 'seen')}</span><span><i style={{ background: GROUP_COLOURS.gone }} />{t('已不存在', 'gone')}</span><span><i style={{ background: GROUP_COLOURS.not_observed }} />{t('未能观测', 'not observed')}</span></p>
    </Panel>
  )
}
