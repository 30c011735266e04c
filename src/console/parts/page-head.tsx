import { useEffect } from 'react'
import type { ReactNode } from 'react'

/** A page's title, one sentence on what it is for, and what can be done on it. */
export function PageHead({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  useEffect(() => { document.title = `${title} · 活水 Huoshui` }, [title])
  return <div className="page-head"><div><h1>{title}</h1>{children === undefined ? null : <p>{children}</p>}</div><div className="no-print">{actions}</div></div>
}
