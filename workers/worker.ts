/** A worker process: claims what is due, visits it, and stops gracefully. As many as wanted, on as many machines, may run at once. */
import { pino } from 'pino'
import { loadConfig } from '../src/config/load.ts'
import { HuoshuiError } from '../src/domain/error.ts'
import { runWorkerProcess } from './process.ts'

const config = loadConfig(process.env)
const log = pino({ level: config.logLevel, base: null }, pino.destination(2))
try {
  await runWorkerProcess({ config, log })
} catch (error) {
  log.fatal(error instanceof HuoshuiError ? `${error.text.zh} ${error.text.en}` : error)
  process.exitCode = 1
}
