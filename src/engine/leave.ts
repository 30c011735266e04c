import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const leaving = new Set<() => void>()

function leave(): void {
  for (const act of leaving) act()
}

/** A signal nobody else handles ends the program, as without us; servers are told to stop on the way out. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  process.exit(128 + (constants.signals[signal] ?? 0))
}

/**
 * Calls `act` (which must not wait for anything) when the process ends without having closed the engine: by process.exit, an uncaught
 * error, or a signal that no command handles itself. Returns how to take it back.
 */
export function onLeaving(act: () => void): () => void {
  if (leaving.size === 0) {
    process.on('exit', leave)
    for (const signal of SIGNALS) process.on(signal, onSignal)
  }
  leaving.add(act)
  return () => {
    leaving.delete(act)
    if (leaving.size > 0) return
    process.off('exit', leave)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}
