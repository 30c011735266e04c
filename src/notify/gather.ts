import type { Ctx } from '../../db/context.ts'
import { news } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import type { Alarm } from '../domain/alarm.ts'
import { addDays, dayInChina } from '../domain/date.ts'
import { requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'

/** Days before a deadline from which it is near. */
const NEAR_DAYS = 3

type Found = { kind: string; key: string; regionCode: string | null; text: Text }

/**
 * Looks for what is new and keeps it, each thing once: candidates opened, deadlines near or passed, shut channels that
 * publish again, and the watcher's own alarms as they are handed in (once a day each). Returns how many were new.
 */
export async function gatherNews({ ctx, input }: { ctx: Ctx; input: { alarms: readonly Alarm[] } }): Promise<{ added: number }> {
  requireRole(ctx.actor, ['operations'])
  const now = ctx.clock.now()
  const today = dayInChina(now)
  const { sql } = ctx.db
  const [opened, due, returned] = await Promise.all([
    sql<{ id: number; name: string; rule: string; zh: string; en: string; regionCode: string | null; openedAt: string }[]>`
      select k.id::int, c.name, k.rule, k.clause->>'zh' as zh, k.clause->>'en' as en, c.region_code as "regionCode", k.opened_at::text as "openedAt"
        from candidate k join channel c on c.id = k.channel_id where k.state = 'open' and not exists (select from news n where n.key = 'candidate:' || k.id)`,
    sql<{ id: number; name: string; deadline: string; regionCode: string | null }[]>`
      select k.id::int, c.name, k.deadline::text, c.region_code as "regionCode" from candidate k join channel c on c.id = k.channel_id
       where k.closed_at is null and k.state in ('ordered', 'to_merge', 'to_shut_down', 'escalated') and k.deadline <= ${addDays(today, NEAR_DAYS)}::date`,
    sql<{ id: number; name: string; newest: string; endedAt: string; regionCode: string | null }[]>`
      select c.id::int, c.name, c.newest_on::text as newest, e.at::text as "endedAt", c.region_code as "regionCode" from channel c
        join lateral (select coalesce((select l.at from channel_life l where l.channel_id = c.id and l.to_state = c.state order by l.id desc limit 1), c.created_at) as at) e on true
       where c.state in ('closed', 'merged') and c.last_seen_at > e.at and c.newest_on > (e.at at time zone 'Asia/Shanghai')::date`,
  ])
  const found: Found[] = [
    ...opened.map((k) => ({ kind: 'new_candidate', key: `candidate:${k.id}`, regionCode: k.regionCode, text: { zh: `${k.name}:${k.rule} ${k.zh}`, en: `${k.name}: ${k.rule} ${k.en}` } })),
    ...due.map((k) => k.deadline < today
      ? { kind: 'deadline_passed', key: `passed:${k.id}:${k.deadline}`, regionCode: k.regionCode, text: { zh: `${k.name}:期限 ${k.deadline} 已过`, en: `${k.name}: the deadline ${k.deadline} has passed` } }
      : { kind: 'deadline_near', key: `near:${k.id}:${k.deadline}`, regionCode: k.regionCode, text: { zh: `${k.name}:期限 ${k.deadline} 将到`, en: `${k.name}: due ${k.deadline}` } }),
    ...returned.map((c) => ({ kind: 'zombie_return', key: `return:${c.id}:${c.endedAt}`, regionCode: c.regionCode, text: { zh: `${c.name}:关停后又于 ${c.newest} 更新`, en: `${c.name}: published on ${c.newest} after it was shut` } })),
    ...input.alarms.map(({ code, about, zh, en }) => ({ kind: 'watcher_alarm', key: `alarm:${today}:${code}:${about ?? ''}`, regionCode: null, text: { zh, en } })),
  ]
  return ctx.db.orm.transaction(async (tx) => {
    let added = 0
    for (let i = 0; i < found.length; i += 500) {
      const rows = await tx.insert(news).values(found.slice(i, i + 500).map((f) => ({ ...f, at: now }))).onConflictDoNothing().returning({ id: news.id })
      added += rows.length
    }
    if (added > 0) await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'news.gather', entity: 'news', detail: { added } }])
    return { added }
  })
}
