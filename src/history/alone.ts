import { HuoshuiError } from '../domain/error.ts'
import type { Run } from './partitions.ts'

/** "HUOM": held while partitions are made or rolled up. */
const LOCK = 0x48554f4d
/** What waits for a table holds up everybody who comes after: rather try again later. */
const PATIENCE = '3s'

/** Nobody else changes the partitions until the transaction ends, and it does not wait for long. */
export async function alone(run: Run): Promise<void> {
  await run(`set local lock_timeout = '${PATIENCE}'`)
  await run(`select pg_advisory_xact_lock(${LOCK})`)
}

/** A lock that was not to be had in time, in words: `conflict`. Nothing was changed. */
export async function busy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) !== '55P03') throw error
    throw new HuoshuiError('conflict', { zh: '观测记录正被长时间读取(如备份)或由另一进程整理,请稍后再试;数据未改动', en: 'the observations are being read for long (a backup?) or tidied by another process: try again later; nothing was changed' }, { cause: error })
  }
}

/** PostgreSQL's code, which drizzle hands on as the cause of its own error. */
function codeOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : undefined
}
