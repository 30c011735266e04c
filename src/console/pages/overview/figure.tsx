import { Link } from 'react-router'
import type { ReactNode } from 'react'

/** One figure: what it counts, how many, and the way to the rows behind it. */
export function Figure({ name, value, to, note, alert = false }: { name: string; value: ReactNode; to?: string; note?: ReactNode; alert?: boolean }) {
  const number = <span className={alert ? 'tally-value late' : 'tally-value'}>{value}</span>
  return (
    <div className="tally">
      <dt>{name}</dt>
      <dd>{to === undefined ? number : <Link to={to} {...(typeof value === 'string' || typeof value === 'number' ? { 'aria-label': `${name}: ${value}` } : {})}>{number}</Link>}{note === undefined ? null : <span className="tally-note">{note}</span>}</dd>
    </div>
  )
}

/** A part of the page with its heading. */
export function Panel({ title, note, children, wide = false }: { title: string; note?: ReactNode; children: ReactNode; wide?: boolean }) {
  return <section className={wide ? 'panel panel-wide' : 'panel'}><header><h2>{title}</h2>{note === undefined ? null : <span className="quiet">{note}</span>}</header>{children}</section>
}

/** Ranked bars that are links, with their figures beside them. `share` is 0 to 1 of the longest. */
export function Bars({ rows, label }: { rows: readonly { key: string; name: ReactNode; value: number; to: string; after?: ReactNode; colour?: string }[]; label: string }) {
  const top = Math.max(1, ...rows.map((r) => r.value))
  return (
    <ul className="bars" aria-label={label}>
      {rows.map((r) => (
        <li key={r.key}>
          <span className="bar-name">{r.name}</span>
          <Link to={r.to} className="bar-link" aria-label={`${typeof r.name === 'string' ? r.name : r.key}: ${r.value}`}><span className="bar" style={{ width: `${Math.max(r.value === 0 ? 0 : 1.5, (r.value / top) * 100)}%`, background: r.colour ?? 'var(--brand)' }} /></Link>
          <Link to={r.to} className="bar-value number" tabIndex={-1} aria-hidden="true">{r.value.toLocaleString('en-US')}</Link>
          {r.after === undefined ? null : <span className="bar-after quiet">{r.after}</span>}
        </li>
      ))}
    </ul>
  )
}
