/** Asks the server on this machine how it is; exit 0 when it is well. For container health checks. */
import { loadConfig } from '../src/config/load.ts'

const { host, port } = loadConfig(process.env)
try {
  const answer = await fetch(`http://${host}:${port}/healthz`, { signal: AbortSignal.timeout(4000) })
  process.exitCode = answer.ok ? 0 : 1
} catch {
  process.exitCode = 1
}
