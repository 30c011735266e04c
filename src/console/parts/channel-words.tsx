import { Tag, Tooltip } from 'antd'
import { OUTCOMES } from '../../domain/outcome.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { useWords } from '../shell/language.tsx'
import { CHANNEL_STATES } from '../words/channel.ts'

const COLOURS = { seen: 'green', gone: 'red', not_observed: 'gold' } as const

/** How the last visit ended, with what can be done about it on pointing at it. */
export function OutcomeTag({ outcome }: { outcome: string | null }) {
  const { t } = useWords()
  if (outcome === null) return <span className="quiet">{t('尚未巡检', 'not visited')}</span>
  if (!Object.hasOwn(OUTCOMES, outcome)) return <Tag>{outcome}</Tag>
  const info = OUTCOMES[outcome as Outcome]
  return <Tooltip title={t(info.advice)}><Tag color={COLOURS[info.group]} style={{ marginInlineEnd: 0 }}>{t(info.name)}</Tag></Tooltip>
}

/** A channel's state in the register. */
export function ChannelStateTag({ state }: { state: string }) {
  const { t } = useWords()
  const s = CHANNEL_STATES[state]
  return <Tag color={s?.colour ?? 'default'} style={{ marginInlineEnd: 0 }}>{s === undefined ? state : t(s.name)}</Tag>
}

/** Days since a publication: a number that says more the larger it is. */
export function DaysSince({ days }: { days: number | null }) {
  const { t } = useWords()
  if (days === null) return <span className="quiet">–</span>
  return <span className={days > 90 ? 'number late' : 'number'}>{t(`${days} 天`, `${days} d`)}</span>
}
