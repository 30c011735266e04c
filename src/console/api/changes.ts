import { useEffect, useRef, useState } from 'react'
import { useEvents } from './events.ts'

type Name = 'candidates' | 'visits'

/** A page's own requests come first: browsers open six connections to a host, and a stream keeps one. */
const AFTER_MS = 3000

/** Calls `heard` when something of these has changed in the register, at most once in `pause` milliseconds. A page that is not seen does not listen. */
export function useChanges(names: readonly Name[], heard: () => void, pause = 1000): void {
  const listens = useSeen()
  const handler = useRef(heard)
  useEffect(() => { handler.current = heard })
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(due.current), [])
  const state = useEvents(listens ? '/api/live' : null, {}, (event, data) => {
    if (event !== 'changed' || due.current !== undefined || !(data as Name[]).some((name) => names.includes(name))) return
    due.current = setTimeout(() => { due.current = undefined; handler.current() }, pause)
  }, ['changed'])
  // What changed before the stream was open, or while it was lost, nobody tells.
  useEffect(() => { if (state === 'live') handler.current() }, [state])
}

/** The page is in sight, and has been for a moment. */
function useSeen(): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      if (document.visibilityState === 'hidden') setSeen(false)
      else timer = setTimeout(() => setSeen(true), AFTER_MS)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => { clearTimeout(timer); document.removeEventListener('visibilitychange', look) }
  }, [])
  return seen
}
