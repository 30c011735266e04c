import type { Alarm } from '../domain/alarm.ts'
import { fill } from '../domain/text.ts'
import type { Text } from '../domain/text.ts'
import type { Ctx } from '../../db/context.ts'

const STILL: Text = { zh: '站点无法访问监测已停滞:{late} 个监测周有超过1小时未执行的访问', en: 'availability weeks stand still: looks of {late} weeks are more than an hour late' }
const ALONE: Text = {
  zh: '{unconfirmed} 次打不开的访问(24小时内)没有第二出口复核,不计入结论:请设置 HUOSHUI_SECOND_VANTAGE 或增加另一出口的进程',
  en: '{unconfirmed} failures to open in 24 hours were confirmed from nowhere else and decide nothing: set HUOSHUI_SECOND_VANTAGE, or add a worker with another way out',
}

/** What is wrong with the weeks under watch: looks that nobody makes, failures that nobody confirms. Reads no more than indexes hold. */
export async function weekAlarms({ ctx }: { ctx: Pick<Ctx, 'db' | 'clock'> }): Promise<Alarm[]> {
  const at = ctx.clock.now().toISOString()
  const [row] = await ctx.db.sql<{ late: number; unconfirmed: number }[]>`
    select (select count(*)::int from availability_week where state = 'running' and next_at < ${at}::timestamptz - interval '1 hour') as late,
           (select count(*)::int from availability_sample s join availability_week w on w.id = s.week_id
             where w.state = 'running' and s.at > ${at}::timestamptz - interval '1 day' and s.at <= ${at}::timestamptz and s.second = 'none' and not s.wanted) as unconfirmed`
  const { late, unconfirmed } = row ?? { late: 0, unconfirmed: 0 }
  return [
    ...(late > 0 ? [{ code: 'weeks_late', ...fill(STILL, { late }) } as const] : []),
    ...(unconfirmed > 0 ? [{ code: 'weeks_unconfirmed', ...fill(ALONE, { unconfirmed }) } as const] : []),
  ]
}
