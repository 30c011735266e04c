import { Alert } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { Failed, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { Figure, Panel } from './figure.tsx'
import { channelsAt } from './links.ts'

export type Overview = AnswerOf<RouteOf<'GET', '/api/overview'>>
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)}%`)

/** Is the watching itself in order? Said first, for no other figure is worth more than this. */
export function Health({ of, region }: { of: Overview; region: string | undefined }) {
  const { t } = useWords()
  const { data: watcher, error, refetch } = useApi('/api/watcher', {}, { every: 60_000 })
  const { active } = of.states
  const { visiting } = of
  return (
    <Panel wide title={t('巡检是否正常', 'Is the watching in order?')} note={watcher === undefined ? undefined : <>{t('最近一次巡检', 'last visit')} <When at={watcher.lastVisit} /></>}>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {watcher === undefined ? (error === null ? <Loading /> : null) : watcher.alarms.length === 0
        ? <Alert type="success" showIcon title={t('巡检运行正常,没有需要处理的告警。', 'The watching runs well; no alarm needs anybody.')} />
        : <Alert type="warning" showIcon title={t(`有 ${watcher.alarms.length} 项告警`, `${watcher.alarms.length} alarms`)} description={<ul className="alarms">{watcher.alarms.map((a) => <li key={a.en}>{t(a)}</li>)}</ul>} action={<Link to="/scheduling">{t('到调度处理', 'To scheduling')}</Link>} />}
      <dl className="tally-row">
        <Figure name={t('在管渠道', 'Active channels')} value={active.toLocaleString('en-US')} to={channelsAt(region, { states: 'active' })} note={t(`另有暂停 ${of.states.paused}`, `${of.states.paused} paused`)} />
        <Figure name={t('14天覆盖率', 'Covered in 14 days')} value={percent(visiting.covered, active)} to={channelsAt(region, { visiting: 'uncovered' })} note={t(`未覆盖 ${visiting.uncovered.toLocaleString('en-US')}`, `${visiting.uncovered.toLocaleString('en-US')} not`)} alert={active > 0 && visiting.covered < active * 0.95} />
        <Figure name={t('14天取得结果', 'Seen in 14 days')} value={percent(active - visiting.unseen, active)} to={channelsAt(region, { visiting: 'unseen' })} note={t(`未能观测 ${visiting.unseen.toLocaleString('en-US')}`, `${visiting.unseen.toLocaleString('en-US')} not`)} />
        <Figure name={t('逾期未巡检', 'Overdue')} value={visiting.overdue.toLocaleString('en-US')} to={channelsAt(region, { visiting: 'overdue', sort: 'next_due' })} alert={visiting.overdue > 0} />
        <Figure name={t('尚未巡检', 'Never visited')} value={visiting.never.toLocaleString('en-US')} to={channelsAt(region, { visiting: 'never' })} />
        <Figure name={t('正在巡检', 'In hand now')} value={visiting.in_hand.toLocaleString('en-US')} to={channelsAt(region, { visiting: 'in_hand' })} />
        <Figure name={t('最久未巡检', 'Longest unvisited')} value={of.oldest === null ? '–' : <When at={of.oldest.lastVisitAt} />} {...(of.oldest === null ? {} : { to: `/channels/${of.oldest.id}`, note: of.oldest.name })} />
      </dl>
    </Panel>
  )
}
