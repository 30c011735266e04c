import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'

type Hour = { readonly from: string; readonly visits: number; readonly seen: number }

/** Bars drawn as plain SVG: seen below, not observed above. The figures stand in each bar's label too. */
export function Hours({ hours }: { hours: readonly Hour[] }) {
  const { t } = useWords()
  const top = Math.max(1, ...hours.map((h) => h.visits))
  const total = hours.reduce((n, h) => n + h.visits, 0)
  const seen = hours.reduce((n, h) => n + h.seen, 0)
  return (
    <>
      <svg viewBox="0 0 960 150" width="100%" height="150" role="img" aria-label={t(`24小时共巡检 ${total} 次,其中 ${seen} 次取得结果`, `${total} visits in 24 hours, ${seen} of them saw their channel`)} preserveAspectRatio="none">
        {hours.map((h, i) => {
          const whole = (h.visits / top) * 120
          const part = (h.seen / top) * 120
          return (
            <g key={h.from}>
              <title>{`${minuteOf(h.from).slice(11)} · ${t(`巡检 ${h.visits},取得结果 ${h.seen}`, `${h.visits} visits, ${h.seen} seen`)}`}</title>
              <rect x={i * 40 + 5} y={130 - whole} width="30" height={whole - part} fill="#d9a441" />
              <rect x={i * 40 + 5} y={130 - part} width="30" height={part} fill="#0b5c8a" />
              <rect x={i * 40 + 5} y={130} width="30" height="1" fill="#c3ccd6" />
            </g>
          )
        })}
      </svg>
      <div style={{ display: 'flex', justifyContent: 'space-between' }} className="quiet number">{hours.filter((_, i) => i % 3 === 0).map((h) => <span key={h.from}>{minuteOf(h.from).slice(11)}</span>)}<span>{t('现在', 'now')}</span></div>
      <p className="quiet" style={{ margin: '6px 0 0' }}><span style={{ color: '#0b5c8a' }}>■</span> {t('取得结果', 'seen')} {seen}　<span style={{ color: '#9a6a10' }}>■</span> {t('未能观测', 'not observed')} {total - seen}</p>
    </>
  )
}
