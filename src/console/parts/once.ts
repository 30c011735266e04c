import { useRef, useState } from 'react'

/** Lets an act run once at a time: a second press while the first is on its way does nothing. `busy` meanwhile. The act says its own errors. */
export function useOnce<A extends readonly unknown[]>(act: (...given: A) => Promise<void>): [once: (...given: A) => void, busy: boolean] {
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const once = (...given: A): void => {
    if (running.current) return
    running.current = true
    setBusy(true)
    void act(...given).finally(() => {
      running.current = false
      setBusy(false)
    })
  }
  return [once, busy]
}
