/** A worker process: claims what is due, visits it, and stops gracefully. As many as wanted, on as many machines, may run at once. */
import { pino } from 'pino'
import { loadConfig } from '../src/config/load.ts'
import { HuoshuiError } from '../src/domain/error.ts'
import { runWorkerProcess } from './process.ts'

try {
  const config = loadConfig(process.env)
  await runWorkerProcess({ config, log: pino({ level: config.logLevel, base: null }, pino.destination(2)) })
} catch (error) {
  process.stderr.write(`${error instanceof HuoshuiError ? `${error.text.zh}\n${error.text.en}` : String(error)}\n`)
  process.exitCode = error instanceof HuoshuiError ? 6 : 1
}
