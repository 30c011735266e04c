import type { TestDatabase } from '../helpers/postgres.ts'

/** A seeded stream of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const DAY = 86_400_000
export type Past = { readonly sites: readonly number[]; readonly accounts: readonly number[]; readonly columns: readonly number[]; readonly candidates: readonly number[] }

const SITE_OUTCOMES = ['ok', 'ok', 'ok', 'unchanged', 'not_found', 'timeout', 'challenge', 'moved']
const ACCOUNT_OUTCOMES = ['ok', 'ok_empty', 'ok_empty', 'unchanged', 'gone_banned', 'login_wall', 'attested', 'moved', 'rate_limited']

/**
 * A register with years of visits up to `until`, as visits and probes write them, drawn by `seed`: channels that fall silent for years, are emptied, go and come
 * back, columns that cannot be seen any more, probe runs, items whose dates were changed, candidates with evidence.
 */
export async function growPast(t: Pick<TestDatabase, 'db'>, { seed, from, until, channels = 16 }: { seed: number; from: Date; until: Date; channels?: number }): Promise<Past> {
  const { sql } = t.db
  const random = seeded(seed)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const moment = (a = from.getTime(), b = until.getTime()): Date => new Date(Math.floor((a + random() * (b - a)) / 1000) * 1000)
  const sha = (): string => Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('')
  const day = (at: Date): string => at.toISOString().slice(0, 10)
  const [unit] = await sql<{ id: number }[]>`insert into organisation (name, region_code) values ('某单位', null) returning id::int as id`
  const ids = (await sql<{ id: number; kind: string }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, organisation_id)
    select case when n % 2 = 0 then 'website' else 'weibo' end, '渠道' || n, 'http://c' || n || '/', 'c' || n, 'c' || n, case when n % 4 = 1 then ${unit!.id}::bigint end
      from generate_series(1, ${channels}::int) n returning id::int as id, kind`)
  const sites = ids.filter((c) => c.kind === 'website').map((c) => c.id)
  const accounts = ids.filter((c) => c.kind !== 'website').map((c) => c.id)
  const columns: number[] = []
  for (const site of sites) {
    const rows = await sql<{ id: number }[]>`
      insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at)
      select ${site}, 'http://c/' || n, ${`${site}/`} || n, '栏目' || n, 'news', 'navigation', ${from}, ${until} from generate_series(1, 3) n returning id::int as id`
    columns.push(...rows.map((r) => r.id))
  }
  const observed: object[] = []
  const visits: { channel: number; at: Date; outcome: string }[] = []
  const add = (row: { channel_id: number; column_id?: number; visit_id?: number; probe_run_id?: number; at: Date; about: string; outcome: string; newest_on?: string | null; value: object; evidence: string[] }): void => { observed.push({ column_id: null, visit_id: null, probe_run_id: null, newest_on: null, ...row, at: row.at.toISOString() }) }
  for (const channel of [...sites, ...accounts]) {
    const site = sites.includes(channel)
    // Some were looked at to the end, others fell silent: what was seen of them last lies years back.
    const end = random() < 0.5 ? until : moment()
    const pages = [sha(), sha(), sha()]
    const looks = 10 + Math.floor(random() * 60)
    for (let i = 0; i < looks; i++) {
      const at = i % 7 === 6 && visits.at(-1)?.channel === channel ? visits.at(-1)!.at : moment(from.getTime(), end.getTime())
      const outcome = pick(site ? SITE_OUTCOMES : ACCOUNT_OUTCOMES)
      const newest = random() < 0.7 ? day(new Date(at.getTime() - random() * 400 * DAY)) : null
      const evidence = random() < 0.7 ? [pick(pages), ...(random() < 0.2 ? [sha()] : [])] : []
      visits.push({ channel, at, outcome })
      const base = { channel_id: channel, visit_id: visits.length, at, outcome, evidence }
      if (site) {
        add({ ...base, about: 'home', newest_on: newest, value: { newest, witness: null, navigationOnly: random() < 0.5, everyRowDated: true, url: `http://c/${i}`, status: 200, ms: 5 } })
        if (random() < 0.5) add({ ...base, about: 'consultation', value: { entries: [], wholeHomeRead: random() < 0.5 } })
        for (const column of columns.slice(sites.indexOf(channel) * 3, sites.indexOf(channel) * 3 + 3)) {
          if (random() < 0.5) add({ ...base, column_id: column, about: 'column', outcome: pick(SITE_OUTCOMES), newest_on: newest, value: { newest, witness: null, list: pick(['listed', 'empty', 'none', 'unreadable']), url: `http://c/${i}`, status: 200 } })
        }
      } else {
        add({ ...base, about: 'account', newest_on: outcome === 'ok_empty' ? null : newest, value: { newest, witness: null, source: 'seen', from: 'page', ...(random() < 0.3 ? { name: `名${i}` } : {}), ...(outcome === 'moved' ? { movedTo: `http://to/${i}` } : {}) } })
      }
    }
    if (!site) continue
    const runs = Math.floor(random() * 90)
    for (let i = 0; i < runs; i++) {
      const at = moment(from.getTime(), end.getTime())
      const [run] = await sql<{ id: number }[]>`
        insert into probe_run (channel_id, started_at, ended_at, outcome, reason, probes, requests, seconds, worker)
        values (${channel}, ${at}, ${at}, 'ok', 'schedule', ${sql.json([{ id: 'tags', outcome: 'ok', requests: 1, seconds: 1 }, { id: 'search', outcome: 'ok', requests: 1, seconds: 1 }])}, 2, 1, 'w') returning id::int as id`
      add({ channel_id: channel, probe_run_id: run!.id, at, about: 'probe:tags', outcome: pick(['ok', 'timeout']), value: { pages: [], n: i }, evidence: [] })
      add({ channel_id: channel, probe_run_id: run!.id, at, about: 'probe:search', outcome: pick(['ok', 'timeout']), value: { n: i }, evidence: [] })
    }
  }
  await sql`
    insert into visit (channel_id, slot, started_at, ended_at, outcome)
    select v.channel, v.at + (row_number() over (order by v.n)) * interval '1 millisecond', v.at, v.at, v.outcome
      from jsonb_to_recordset(${sql.json(visits.map((v, n) => ({ ...v, n })) as never)}) as v(channel bigint, at timestamptz, outcome text, n int)`
  await sql`
    insert into observation (channel_id, column_id, visit_id, probe_run_id, at, about, outcome, newest_on, value, evidence)
    select channel_id, column_id, visit_id, probe_run_id, at, about, outcome, newest_on, value, array(select jsonb_array_elements_text(evidence))
      from jsonb_to_recordset(${sql.json(observed as never)}) as o(channel_id bigint, column_id bigint, visit_id bigint, probe_run_id bigint, at timestamptz, about text, outcome text, newest_on date, value jsonb, evidence jsonb)`
  for (const column of columns.filter(() => random() < 0.4)) {
    for (let i = 0; i < 4; i++) {
      const seen = moment()
      const date = day(new Date(seen.getTime() - random() * 20 * DAY))
      await sql`
        insert into item (channel_id, key, column_id, title, date, first_date, first_seen_at, last_seen_at)
        select channel_id, ${`${column}-${i}`}, id, '条目', ${date}, ${random() < 0.5 ? date : null}, ${seen}, ${until} from site_column where id = ${column}`
    }
  }
  const candidates: number[] = []
  for (const channel of [...sites, ...accounts].filter(() => random() < 0.35)) {
    const [seen] = await sql<{ sha: string | null }[]>`select e as sha from observation o, unnest(o.evidence) e where channel_id = ${channel} order by at, id, e limit 1`
    const [row] = await sql<{ id: number }[]>`
      insert into candidate (channel_id, proposal, rule, clause, state, edition, evidence, answers, opened_at, judged_at, closed_at)
      values (${channel}, 'rectify', 'W3', ${sql.json({ zh: '条', en: 'clause' })}, ${random() < 0.5 ? 'open' : 'ordered'}, 'gov-2019',
        ${sql.json(seen?.sha == null ? [] : [{ sha256: seen.sha, kind: 'page' }])}, '[]', ${until}, ${until}, null) returning id::int as id`
    candidates.push(row!.id)
  }
  // What people found, with the bytes that they saw. The oldest ones: those lie in months that are rolled up.
  await sql`
    insert into person_finding (channel_id, edition, indicator, looked_by, looked_at, on_day, answers, evidence, digest, recorded_at, recorded_by)
    select distinct on (o.channel_id) o.channel_id, 'gov-2019', 'X', '某人', o.at, o.at::date, '{}', o.evidence, 'x', o.at, '{}'
      from observation o where cardinality(o.evidence) > 0 and o.channel_id % 3 = 0 order by o.channel_id, o.at, o.id`
  return { sites, accounts, columns, candidates }
}
