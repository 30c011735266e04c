import { createHash } from 'node:crypto'
import type { TestDatabase } from '../helpers/postgres.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'

/** Two cities of a province with a county, and `n` accounts alternating between 东湖区 and 上饶市, each with an open candidate. */
export async function addCandidates(t: TestDatabase, n: number, proposal = 'rectify'): Promise<{ channels: number[]; candidates: number[] }> {
  const { sql } = t.db
  const now = t.ctx.clock.now()
  await sql`insert into region (code, name, level, parent_code) values
    ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360102', '东湖区', 3, '360100'), ('361100', '上饶市', 2, '360000') on conflict do nothing`
  const [unit] = await sql<{ id: number }[]>`insert into organisation (name, region_code, supervisor, contact, phone) values ('某局' || ${String(n)}, '360102', '某办', '李', '0791-1') returning id::int`
  const channels = await sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, region_code, organisation_id, opened_on, created_at, updated_at)
    select 'weibo', '账号' || i, 'https://weibo.com/u/' || i, 'a', gen_random_uuid()::text, (array['360102', '361100'])[1 + i % 2], ${unit?.id ?? 0}, '2019-03-01', ${now}, ${now}
      from generate_series(0, ${n - 1}::int) i returning id::int`
  const ids = channels.map((c) => c.id)
  const rows = await sql<{ id: number }[]>`
    insert into candidate (channel_id, proposal, rule, clause, edition, since, newest, days_over, evidence, answers, opened_at, judged_at)
    select id, ${proposal}, 'N2a', '{"zh":"监测时间点前2周内无更新","en":"no update in two weeks"}', 'campaign', '2026-05-15', '2026-05-01', 17, '[]',
           '[{"rule":"N2a","answer":"violated"},{"rule":"N3a","answer":"violated","clause":{"zh":"未提供有效互动功能","en":"no interaction"}}]', ${now}, ${now}
      from unnest(${ids}::bigint[]) with ordinality as u(id, n) order by n returning id::int`
  return { channels: ids, candidates: rows.map((r) => r.id) }
}

export const NANCHANG = { kind: 'user', id: '1', name: '张三', role: 'rectification', region: '360100' } as const

export function sha(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A store in memory. */
export function memoryStore(pieces: readonly Uint8Array[]): EvidenceStore {
  const held = new Map(pieces.map((p) => [sha(p), p]))
  return { put: (h, b) => void held.set(h, b), get: async (h) => held.get(h) ?? null, has: async (h) => held.has(h), prune: async () => ({ kept: 0, removed: 0, freed: 0 }), close: () => undefined }
}
