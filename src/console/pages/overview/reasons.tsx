import { PROPOSALS } from '../../../domain/candidate.ts'
import { Nothing } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { Bars, Figure, Panel } from './figure.tsx'
import type { Overview } from './health.tsx'
import { channelsAt } from './links.ts'

const COLOURS: Readonly<Record<string, string>> = { shut_down: '#b42318', merge: '#6b4fa0', rectify: '#c07a12' }
const ORDER = ['shut_down', 'merge', 'rectify'] as const

/** Open candidates by what is proposed, then by the rule that they stand on. */
export function Reasons({ of, region }: { of: Overview; region: string | undefined }) {
  const { t } = useWords()
  const sum = (proposal: string): number => of.reasons.filter((r) => r.proposal === proposal).reduce((n, r) => n + r.channels, 0)
  return (
    <Panel title={t('待处置的候选', 'Open candidates')} note={t('程序只作建议,由人研判决定', 'The program proposes, people decide')}>
      <dl className="tally-row tally-row-tight">
        <Figure name={t('合计', 'Together')} value={of.candidates.toLocaleString('en-US')} to={channelsAt(region, { candidate: 'true' })} />
        {ORDER.map((p) => <Figure key={p} name={t(PROPOSALS[p])} value={sum(p).toLocaleString('en-US')} to={channelsAt(region, { proposals: p })} />)}
      </dl>
      {of.reasons.length === 0 ? <Nothing>{t('目前没有待处置的候选。', 'No candidate is open now.')}</Nothing> : (
        <Bars label={t('按依据条款', 'by rule')} rows={of.reasons.map((r) => ({
          key: `${r.proposal} ${r.rule}`, name: `${r.rule} ${clip(t(r.clause))}`, value: r.channels, to: channelsAt(region, { proposals: r.proposal, rules: r.rule }), colour: COLOURS[r.proposal] ?? 'var(--brand)',
        }))} />
      )}
      <p className="quiet legend">{ORDER.map((p) => <span key={p}><i style={{ background: COLOURS[p] }} />{t(PROPOSALS[p])}</span>)}</p>
    </Panel>
  )
}

const clip = (text: string): string => (text.length > 44 ? `${text.slice(0, 43)}…` : text)
