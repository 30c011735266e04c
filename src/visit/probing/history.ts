import type { Sql } from 'postgres'
import { SEEN } from '../../domain/look-back.ts'
import type { ItemRow, ProbeContext } from '../../probes/index.ts'
import { weekSamples } from '../week/store.ts'

/** Days back in which an item must have come up to be looked at for forged dates, and how many at most. */
const DAYS = 120
const MOST = 4000

/** The rows of ours that some probes are computed from: items as first and later seen, and the looks of a week's watch where there was one. */
export async function loadHistory(sql: Sql, channelId: number, now: Date): Promise<NonNullable<ProbeContext['history']>> {
  const at = now.toISOString()
  const [items, samples] = await Promise.all([
    // A row that slid up because newer ones were taken away did not come up late: something older must have been there before it.
    sql<ItemRow[]>`
      select i.title, i.url, s.url as column, to_char(i.date, 'YYYY-MM-DD') as date, to_char(i.first_date, 'YYYY-MM-DD') as "dateBefore",
             to_char(i.first_seen_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "firstSeenOn",
             case when exists (select from item e where e.channel_id = i.channel_id and e.column_id = i.column_id and e.first_seen_at < i.first_seen_at and e.date < i.date)
                  then (select to_char(max(o.at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from observation o
                         where o.column_id = i.column_id and o.at < i.first_seen_at and o.outcome = any(${[...SEEN]})) end as "previousLookOn"
        from item i join site_column s on s.id = i.column_id
       where i.channel_id = ${channelId} and i.date is not null and i.first_seen_at <= ${at}::timestamptz
         and (i.first_seen_at > ${at}::timestamptz - make_interval(days => ${DAYS}) or i.first_date is not null)
       order by i.first_seen_at desc, i.key limit ${MOST}`,
    weekSamples(sql, [channelId], now),
  ])
  const visits = samples.get(channelId)
  return { items: [...items], ...(visits === undefined ? {} : { visits }) }
}
