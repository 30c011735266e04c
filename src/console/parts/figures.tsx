import { Link } from 'react-router'
import { useWords } from '../shell/language.tsx'
import './work.css'

/** A figure with its name; where it has rows behind it, a link to them. */
export function Figure({ name, value, to, note }: { name: string; value: string; to?: string; note?: string }) {
  return <div className="figure"><span>{name}</span><b>{to === undefined ? value : <Link to={to}>{value}</Link>}</b>{note === undefined ? null : <span>{note}</span>}</div>
}

/** A number of a table that leads to its rows; nothing is a plain 0. */
export function Count({ n, to }: { n: number; to: string }) {
  const text = n.toLocaleString('en')
  return n === 0 ? <span className="quiet number">0</span> : <Link className="number" to={to}>{text}</Link>
}

/** A percentage with a bar beside it; the words carry the meaning. */
export function Percent({ value, bar = true }: { value: number | null; bar?: boolean }) {
  const { t } = useWords()
  if (value === null) return <span className="quiet">–</span>
  return <span style={{ whiteSpace: 'nowrap' }}>{bar ? <span className="rate-bar" role="presentation"><i style={{ width: `${Math.max(0, Math.min(100, value))}%` }} /></span> : null} <span className="number" title={t('四舍五入,两位小数', 'rounded half up, two decimals')}>{value.toFixed(2)}%</span></span>
}
