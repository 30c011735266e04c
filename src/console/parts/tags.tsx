import { Tag } from 'antd'
import { PROPOSALS, STATES } from '../../domain/candidate.ts'
import { KINDS, isKind } from '../../domain/kinds.ts'
import type { Text } from '../../domain/text.ts'
import { useWords } from '../shell/language.tsx'
import { PROPOSAL_COLOURS, STATE_COLOURS, titled } from '../words/review.ts'
import './work.css'

const named = (of: Readonly<Record<string, Text>>, key: string): Text => of[key] ?? { zh: key, en: key }

/** A candidate's state, as a word with a colour. */
export function StateTag({ state }: { state: string }) {
  const { t } = useWords()
  return <Tag color={STATE_COLOURS[state] ?? 'default'} style={{ marginInlineEnd: 0 }}>{t(titled(named(STATES, state)))}</Tag>
}

/** What is proposed. */
export function ProposalTag({ proposal }: { proposal: string }) {
  const { t } = useWords()
  return <Tag color={PROPOSAL_COLOURS[proposal] ?? 'default'} style={{ marginInlineEnd: 0 }}>{t(titled(named(PROPOSALS, proposal)))}</Tag>
}

/** A kind of channel by its name. */
export function KindName({ kind }: { kind: string }) {
  const { t } = useWords()
  return <>{isKind(kind) ? t(KINDS[kind].name) : kind}</>
}

/** A key of the keyboard, shown on what it does. */
export function Key({ children }: { children: string }) {
  return <kbd className="key" aria-hidden="true">{children}</kbd>
}
