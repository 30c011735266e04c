import type { Ctx } from '../../db/context.ts'
import { seedRegions } from '../../src/registry/index.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { random } from '../crawl/sites.ts'
import { addressOf, uidOf } from './sites.ts'

/** The kinds of a province's accounts and groups, as shares of all of them. Weibo is looked at on its platform; the others are attested. */
const KINDS: readonly (readonly [Kind, number])[] = [
  ['wechat_official', 0.44], ['weibo', 0.09], ['douyin', 0.07], ['toutiao', 0.05], ['wechat_channels', 0.05], ['kuaishou', 0.02], ['mini_program', 0.03],
  ['wechat_group', 0.18], ['qq_group', 0.05], ['dingtalk_group', 0.02],
]

export type ProvinceSize = { readonly websites: number; readonly accounts: number; readonly organisations: number }

/** 42,355 accounts and groups, and 15,000 websites on top. */
export const PROVINCE: ProvinceSize = { websites: 15_000, accounts: 42_355, organisations: 20_000 }

export type Row = { readonly kind: Kind; readonly key: string; readonly address: string; readonly accountId: string | null; readonly name: string; readonly organisation: number }

/** Every channel, websites spread evenly among accounts. `weibo` counts those on the platform. */
export function provinceRows(size: ProvinceSize, port: number): { rows: Row[]; weibo: number } {
  const rows: Row[] = []
  const rnd = random(2026)
  let weibo = 0
  let sites = 0
  const all = size.websites + size.accounts
  for (let i = 0; i < all; i++) {
    const organisation = i % size.organisations
    if (sites < Math.floor(((i + 1) * size.websites) / all)) {
      const address = addressOf(sites, port)
      rows.push({ kind: 'website', key: new URL(address).host, address, accountId: null, name: `第${sites + 1}单位网站`, organisation })
      sites++
      continue
    }
    let at = rnd()
    const kind = KINDS.find(([, share]) => (at -= share) < 0)?.[0] ?? 'wechat_official'
    const n = kind === 'weibo' ? uidOf(weibo++) : `night${i}`
    rows.push({ kind, key: n, address: kind === 'weibo' ? `https://weibo.com/u/${n}` : kind === 'wechat_official' ? `gh_${n}` : n, accountId: n, name: `第${i + 1}号发布`, organisation })
  }
  return { rows, weibo }
}

const CHUNK = 5000

/** Writes rows into an empty register, all due at `due`; attestations of accounts run from yesterday to long ago, a tenth have none. */
export async function seedRegister({ ctx, rows, organisations, due }: { ctx: Ctx; rows: readonly Row[]; organisations: number; due: Date }): Promise<void> {
  const { sql } = ctx.db
  const at = due.toISOString()
  await seedRegions(ctx)
  await sql`
    insert into organisation (name, region_code)
    select '第' || i || '单位', p.code from generate_series(0, ${organisations - 1}::int) i
      join (select row_number() over (order by code) - 1 as n, count(*) over () as of, code from region where code like '36%' and level >= 2) p on p.n = i % p.of order by i`
  const [first] = await sql<{ id: number }[]>`select min(id)::int as id from organisation`
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK)
    await sql`
      insert into channel (kind, name, address, address_raw, account_id, identity_key, organisation_id, region_code, next_due_at, due_reason, created_at)
      select u.kind, u.name, u.address, u.address, u.account, u.key, o.id, o.region_code, ${at}::timestamptz, 'deadline', ${at}::timestamptz - interval '1 year'
        from unnest(${part.map((r) => r.kind)}::text[], ${part.map((r) => r.name)}::text[], ${part.map((r) => r.address)}::text[], ${part.map((r) => r.accountId)}::text[],
          ${part.map((r) => r.key)}::text[], ${part.map((r) => r.organisation + (first?.id ?? 1))}::bigint[]) with ordinality as u(kind, name, address, account, key, organisation, n)
        join organisation o on o.id = u.organisation order by u.n`
  }
  await sql`
    insert into attestation (channel_id, newest_on, stated_on, stated_by, source)
    select id, ${at}::timestamptz::date - (id % 5)::int - case when id % 7 = 0 then 120 when id % 11 = 0 then 30 else 0 end - case when id % 13 = 0 then 60 else 1 end,
           ${at}::timestamptz::date - case when id % 13 = 0 then 60 else 1 end, '单位', 'ledger'
      from channel where kind not in ('website', 'weibo') and id % 10 <> 0`
  await sql`insert into probe_schedule (channel_id, next_at) select id, ${at}::timestamptz + (abs(hashint8(id)) % 604800) * interval '1 second' from channel where kind = 'website'`
  await sql`vacuum analyze`
}
