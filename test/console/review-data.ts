import type { TestDatabase } from '../helpers/postgres.ts'
import { memoryStore, sha } from '../review/register.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'

export type ReviewData = { readonly candidates: number[]; readonly channels: number[]; readonly unit: number; readonly evidence: EvidenceStore }

const PAGE = Buffer.from('<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>东湖发布</title><ul><li><a href="/a">关于开展春季校园安全检查的通知</a> 2026-03-12</li></ul></html>')
const CLAUSES: readonly [string, string, string, string][] = [
  ['rectify', 'N2a', '监测时间点前2周内无更新', 'no update in the two weeks before the check'],
  ['shut_down', 'zombie', '连续3个月以上未发布任何内容', 'nothing published for more than three months'],
  ['merge', 'duplicate', '同一单位在同一平台开设多个账号', 'several accounts of one unit on one platform'],
]

/** A small province with `n` candidates of three proposals over three counties, each with the page it stands on. */
export async function reviewData(t: TestDatabase, n: number): Promise<ReviewData> {
  const { sql } = t.db
  const now = t.ctx.clock.now()
  await sql`insert into region (code, name, level, parent_code) values
    ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360102', '东湖区', 3, '360100'), ('360103', '西湖区', 3, '360100'), ('361100', '上饶市', 2, '360000') on conflict do nothing`
  const units = await sql<{ id: number }[]>`
    insert into organisation (name, region_code, supervisor, contact, phone) values ('东湖区教育局', '360102', '东湖区政务公开办', '李四', '0791-86111111'), ('西湖区卫生健康委员会', '360103', '西湖区政务公开办', '王五', '0791-86222222'), ('上饶市文化广电旅游局', '361100', '上饶市政务公开办', '赵六', '0793-8111111') returning id::int`
  const channels: number[] = []
  const candidates: number[] = []
  const page = sha(PAGE)
  await sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${page}, 'page', 'text/html; charset=utf-8', ${PAGE.length}, ${now})`
  for (let i = 0; i < n; i += 1) {
    const [proposal, rule, zh, en] = CLAUSES[i % 3] ?? CLAUSES[0] ?? ['', '', '', '']
    const unit = units[i % 3]?.id ?? 0
    const region = ['360102', '360103', '361100'][i % 3] ?? '360102'
    const kind = ['weibo', 'wechat_official', 'douyin', 'website'][i % 4] ?? 'weibo'
    const name = `${['东湖教育', '健康西湖', '上饶文旅'][i % 3]}${i + 1}号`
    const [channel] = await sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, region_code, organisation_id, opened_on, last_visit_at, last_seen_at, last_outcome, newest_on, created_at, updated_at)
      values (${kind}, ${name}, ${`https://example.gov.cn/u/${i}`}, 'x', ${`k${i}`}, ${region}, ${unit}, '2019-03-01', ${now}, ${now}, 'ok', '2026-03-12', ${now}, ${now}) returning id::int`
    const id = channel?.id ?? 0
    const url = `https://example.gov.cn/u/${i}`
    const cited = [{ kind: 'page', sha256: page, url, finalUrl: url, status: 200, headers: { 'content-type': 'text/html' }, fetchedAt: now.toISOString() }]
    await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${page}, ${id}, ${url}, ${url}, 200, ${now})`
    await sql`insert into observation (channel_id, visit_id, at, about, outcome, newest_on, evidence) values (${id}, 1, ${now}, 'account', 'ok', '2026-03-12', ${[page]})`
    const [made] = await sql<{ id: number }[]>`
      insert into candidate (channel_id, proposal, rule, clause, edition, since, newest, witness, days_over, evidence, answers, opened_at, judged_at)
      values (${id}, ${proposal}, ${rule}, ${sql.json({ zh, en })}, 'campaign-2020', '2026-03-27', '2026-03-12',
        ${sql.json({ source: 'list_row', day: '2026-03-12', raw: '关于开展春季校园安全检查的通知 2026-03-12', where: 'ul > li' })}, ${66 + i}, ${sql.json(cited)},
        ${sql.json([{ rule, answer: 'violated', clause: { zh, en }, newest: '2026-03-12', daysOver: 66 + i, columns: [] }, { rule: 'N3a', answer: 'violated', clause: { zh: '未提供有效互动功能', en: 'no working interaction' }, columns: [] }])}, ${now}, ${now}) returning id::int`
    channels.push(id)
    candidates.push(made?.id ?? 0)
  }
  return { candidates, channels, unit: units[0]?.id ?? 0, evidence: memoryStore([PAGE]) }
}
