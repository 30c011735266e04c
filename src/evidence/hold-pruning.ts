import type { Sql } from 'postgres'
import { HuoshuiError } from '../domain/error.ts'

/** "HUOE": held while evidence is pruned or copied; the two must not meet. */
const LOCK = 0x48554f45

/** Keeps evidence from being pruned until the answer is called. Throws `conflict` where pruning or a backup is under way. */
export async function holdPruning(sql: Sql): Promise<() => Promise<void>> {
  const own = await sql.reserve()
  const [row] = await own<{ held: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as held`
  if (row?.held !== true) {
    own.release()
    throw new HuoshuiError('conflict', { zh: '正在清理证据或备份,请稍后再试', en: 'evidence is being pruned or backed up: try again later' })
  }
  return async () => {
    await own`select pg_advisory_unlock(${LOCK})`
    own.release()
  }
}
