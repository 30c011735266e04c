import type { Ctx } from '../../db/context.ts'
import type { Text } from '../domain/text.ts'
import { watcherFigures } from '../schedule/index.ts'

export type Health = { readonly ok: boolean; readonly troubles: readonly Text[] }

/**
 * What is wrong, in words. `ok` is false only when the program cannot do its work (no database); what the watcher
 * warns of (overdue channels, a blind network) is told without failing the check, or a restart loop would follow.
 */
export async function health({ ctx }: { ctx: Ctx }): Promise<Health> {
  try {
    const figures = await watcherFigures({ ctx })
    return { ok: true, troubles: figures.alarms }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    return { ok: false, troubles: [{ zh: `数据库不可用:${what}`, en: `the database does not answer: ${what}` }] }
  }
}
