import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { inRegions } from '../../db/scope.ts'
import { outbox } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import { newsKindName } from './kinds.ts'

/** Items named in one letter; the rest are counted. */
const NAMED = 30
/** A digest holds a day's news: it is written when the last one is this old. */
const DIGEST_EVERY_MS = 20 * 3_600_000

type Subscription = { id: number; name: string; regionCode: string | null; role: string; kinds: string[]; mode: string }
type Item = { id: number; kind: string; text: Text }

/**
 * Puts news into letters: one digest a day for each subscriber, or at once for those who asked; what concerns the
 * watcher itself goes to administrators and operations only. Returns the letters written.
 */
export async function writeLetters({ ctx }: { ctx: Ctx }): Promise<{ letters: number }> {
  requireRole(ctx.actor, ['operations'])
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const subscribers = await tx.execute<Subscription>(q`
      select id::int, name, region_code as "regionCode", role, kinds, mode from subscription s where active and (mode = 'instant'
        or not exists (select from outbox o where o.subscription_id = s.id and o.created_at > ${new Date(now.getTime() - DIGEST_EVERY_MS).toISOString()}::timestamptz))
       order by id for update`)
    let letters = 0
    for (const s of subscribers) {
      const items = await untold(tx, s)
      if (items.length === 0) continue
      const letter = letterOf(items)
      await tx.insert(outbox).values({ subscriptionId: s.id, ...letter, items: items.length, createdAt: now, nextAttemptAt: now })
      await tx.execute(q`insert into told (subscription_id, news_id) select ${s.id}, value::bigint from json_array_elements_text(${JSON.stringify(items.map((i) => i.id))}::json)`)
      letters += 1
    }
    if (letters > 0) await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'outbox.write', entity: 'outbox', detail: { letters } }])
    return { letters }
  })
}

async function untold(tx: Tx, s: Subscription): Promise<Item[]> {
  const ofWatcher = s.role === 'administrator' || s.role === 'operations'
  const rows = await tx.execute<Item>(q`
    select n.id::int, n.kind, n.text from news n
     where not exists (select from told t where t.subscription_id = ${s.id} and t.news_id = n.id)
       and (${s.kinds.length} = 0 or n.kind = any(${q.param(s.kinds)}::text[]))
       and case when n.kind = 'watcher_alarm' then ${ofWatcher} else ${inRegions(q`n.region_code`, s.regionCode === null ? [] : [s.regionCode])} end
     order by n.kind, n.id`)
  return [...rows]
}

/** One letter: a line of counts as its subject, then the items by kind. Pure. */
export function letterOf(items: readonly Item[]): { subject: string; body: string } {
  const byKind = [...Map.groupBy(items, (i) => i.kind)]
  const subject = `活水:${byKind.map(([kind, of]) => `${newsKindName(kind).zh} ${of.length}`).join(',')}`
  const parts = byKind.map(([kind, of]) => {
    const name = newsKindName(kind)
    const rest = of.length > NAMED ? [`… 另有 ${of.length - NAMED} 项 / ${of.length - NAMED} more`] : []
    return [`【${name.zh} ${name.en}】${of.length}`, ...of.slice(0, NAMED).map((i) => `- ${oneLine(i.text.zh)}`), ...rest].join('\n')
  })
  return { subject, body: parts.join('\n\n') }
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 300)
}
