import { Timeline } from 'antd'
import { Link } from 'react-router'
import { STATES, STEPS } from '../../../domain/candidate.ts'
import type { Text } from '../../../domain/text.ts'
import { ProposalTag, StateTag } from '../../parts/tags.tsx'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import type { ChannelFile } from './index.tsx'

const named = (of: Readonly<Record<string, Text>>, key: string): Text => of[key] ?? { zh: key, en: key }

/** Every question ever put about the channel, and what people answered. */
export function Candidates({ candidates }: { candidates: ChannelFile['candidates'] }) {
  const { t } = useWords()
  if (candidates.length === 0) return <Nothing>{t('从未被列为候选。', 'It has never been a candidate.')}</Nothing>
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {candidates.map((k) => (
        <section key={k.id} className="panel">
          <header><h2><Link to={`/review?candidate=${k.id}`}>{t(`候选 ${k.id}`, `Candidate ${k.id}`)}</Link> <ProposalTag proposal={k.proposal} /> <StateTag state={k.state} /></h2><span className="quiet">{k.rule} · {t(k.clause)}{k.daysOver === null ? '' : t(` · 超期 ${k.daysOver} 天`, ` · ${k.daysOver} days over`)}{k.deadline === null ? '' : t(` · 期限 ${k.deadline}`, ` · due ${k.deadline}`)}</span></header>
          <Timeline items={[
            { key: 'opened', content: <><When at={new Date(k.openedAt).toISOString()} /> {t('系统列为候选', 'proposed by the program')}</> },
            ...k.steps.map((s, i) => ({ key: String(i), content: <><When at={new Date(s.at).toISOString()} /> {s.by} · {t(named(STEPS, s.step))} → {t(named(STATES, s.to))}<br /><span className="quiet">{s.reason}</span></> })),
          ]} />
        </section>
      ))}
    </div>
  )
}
