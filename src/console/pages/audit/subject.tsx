import { Link } from 'react-router'
import type { Act } from './index.tsx'

/** What an act was about, as a way to it where it has a page. */
export function Subject({ act }: { act: Act }) {
  const text = act.subject ?? act.entityId ?? ''
  const label = act.subject !== null && act.entity !== 'user' ? `${act.subject} #${act.entityId}` : text
  if (act.entityId === null) return <>{label}</>
  if (act.entity === 'channel') return <Link to={`/channels/${act.entityId}`}>{label}</Link>
  if (act.entity === 'candidate') return <Link to={`/review?candidate=${act.entityId}`}>{label}</Link>
  return <span className="address">{label}</span>
}
