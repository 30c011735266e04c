import type { Alarm, AlarmCode } from '../domain/alarm.ts'
import type { WatcherLook } from '../watcher/index.ts'
import type { Deps } from './deps.ts'

export type Health = { readonly ok: boolean; readonly troubles: readonly Alarm[] }
export type Seen = { readonly look: WatcherLook | null; readonly alarms: readonly Alarm[] }

/** A database that gives no answer for so long, in milliseconds, is not there. */
const PATIENCE_MS = 10_000
/** Without these the program cannot do its work. */
const FATAL: readonly AlarmCode[] = ['database', 'queue']

/**
 * What is wrong, in words. `ok` is false only when the program cannot do its work (no database, no queue); what the watcher
 * warns of (overdue channels, a blind network, a full disk) is told without failing the check, or a restart loop would follow.
 */
export async function health(deps: Pick<Deps, 'watcher' | 'log'>): Promise<Health> {
  const { alarms } = await seen(deps)
  return { ok: !alarms.some((a) => FATAL.includes(a.code)), troubles: alarms }
}

/** The watcher, or that there is no database to see it by. Why is said in the log: who asks here has not signed in. */
export async function seen({ watcher, log }: Pick<Deps, 'watcher' | 'log'>): Promise<Seen> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS) })
  try {
    const look = await Promise.race([watcher(), late])
    return { look, alarms: look.alarms }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    log.warn(`health: ${what}`)
    return { look: null, alarms: [{ code: 'database', zh: '数据库不可用:请检查数据库(DATABASE_URL)或磁盘,原因见日志', en: 'the database does not answer: look at it (DATABASE_URL) or at the disk; the log says why' }] }
  } finally {
    clearTimeout(timer)
  }
}
