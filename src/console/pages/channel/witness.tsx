import { Tooltip } from 'antd'
import { useWords } from '../../shell/language.tsx'
import { WITNESS_NAMES } from '../../words/review.ts'

type Witness = { readonly source: string; readonly raw: string; readonly where?: string | undefined; readonly doubt?: string | undefined } | null

/** A date, and on pointing at it where it came from and how it stood there. */
export function DateWitness({ day, witness }: { day: string | null; witness: Witness }) {
  const { t } = useWords()
  if (day === null) return <span className="quiet">–</span>
  if (witness === null) return <span className="number">{day}</span>
  const source = WITNESS_NAMES[witness.source]
  return <Tooltip title={`${source === undefined ? witness.source : t(source)}${t(':', ': ')}${witness.raw}${witness.where === undefined ? '' : ` (${witness.where})`}`}><span className="number witnessed" tabIndex={0}>{day}</span></Tooltip>
}
