import { Link } from 'react-router'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { DUE_REASONS } from '../../words/channel.ts'
import { POLICY_FLAGS, POLICY_NUMBERS } from '../../words/policy.ts'
import type { ChannelFile } from './index.tsx'

/** What binds this channel, all scopes taken together, and when it is due. */
export function PolicyInForce({ policy, channel }: { policy: ChannelFile['policy']; channel: ChannelFile['channel'] }) {
  const { t } = useWords()
  const said = policy as Readonly<Record<string, unknown>>
  const rows = Object.entries(POLICY_NUMBERS).flatMap(([key, s]) => (typeof said[key] === 'number' ? [{ key, name: t(s.name), value: `${Math.round(said[key] * (s.scale ?? 1) * 100) / 100} ${t(s.unit)}`, help: t(s.help) }] : []))
  const windows = policy.windows ?? []
  return (
    <section className="panel">
      <p style={{ marginTop: 0 }}>{channel.state !== 'active' ? t('目前不按策略巡检。', 'It is not visited by policy now.') : <>{t('下次巡检', 'Next visit')}{t(':', ': ')}<When at={channel.nextDueAt} empty={t('立即', 'at once')} />{channel.dueReason === null ? '' : ` (${t(DUE_REASONS[channel.dueReason] ?? { zh: channel.dueReason, en: channel.dueReason })})`}</>} <Link to="/scheduling?tab=policies">{t('查看全部策略', 'All policies')}</Link></p>
      <dl className="facts">
        {rows.map((r) => <div key={r.key}><dt>{r.name}</dt><dd>{r.value} <span className="quiet">{r.help}</span></dd></div>)}
        {Object.entries(POLICY_FLAGS).map(([key, f]) => (said[key] === true ? <div key={key}><dt>{t(f.name)}</dt><dd>{t('是', 'yes')} <span className="quiet">{t(f.help)}</span></dd></div> : null))}
        <div><dt>{t('禁止巡检时段', 'Not between')}</dt><dd>{windows.length === 0 ? t('无', 'none') : windows.map((w) => `${w.from}–${w.to}`).join(', ')}</dd></div>
      </dl>
    </section>
  )
}
