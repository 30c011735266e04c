import { startCampaign, drawSample } from '../../../src/campaign/index.ts'
import { runCheck } from '../../../src/check/index.ts'
import { createToken, createUser } from '../../../src/accounts/index.ts'
import { decide, issueOrder } from '../../../src/review/index.ts'
import { seedRegions } from '../../../src/registry/index.ts'
import { setPolicy } from '../../../src/schedule/index.ts'
import { subscribe } from '../../../src/notify/index.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { memoryStore, sha } from '../../review/register.ts'
import type { EvidenceStore } from '../../../src/evidence/index.ts'

/** In the name of everything that belongs to 南昌市 and to nobody else. */
export const MARK = '玄机'
export const HERE = '360100'
export const THERE = '360200'

export type Secrets = {
  readonly organisation: number
  /** A unit of the same region. */
  readonly neighbour: number
  /** A unit of the other region. */
  readonly elsewhere: number
  readonly channel: number
  readonly closed: number
  readonly candidate: number
  readonly ordered: number
  readonly order: number
  readonly run: number
  readonly check: number
  readonly view: number
  readonly user: string
  readonly session: string
  readonly token: string
  readonly sha256: string
  readonly file: string
  readonly pictured: string
  readonly evidence: EvidenceStore
}

/** A register in which 南昌市 has one of everything, all of it marked, and 景德镇市 a channel and a unit of its own. */
export async function keepSecrets(t: TestDatabase): Promise<Secrets> {
  const { ctx, db: { sql } } = t
  await seedRegions(ctx)
  const one = async (query: Promise<readonly { id: number }[]>): Promise<number> => (await query)[0]?.id ?? 0
  const unit = (name: string, region: string) => one(sql<{ id: number }[]>`insert into organisation (name, region_code, contact, phone) values (${name}, ${region}, ${name}, '0791-1') returning id::int`)
  const organisation = await unit(`${MARK}单位`, HERE)
  const neighbour = await unit('邻近单位', HERE)
  const elsewhere = await unit('外地单位', THERE)
  const channelOf = (kind: string, name: string, region: string, org: number, state = 'active') => one(sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, region_code, organisation_id, state, last_visit_at, last_outcome, newest_on)
    values (${kind}, ${name}, ${`https://${sha(name).slice(0, 8)}.gov.cn/`}, ${name}, ${sha(name)}, ${region}, ${org}, ${state}, ${ctx.clock.now()}, 'ok', '2026-01-01') returning id::int`)
  const channel = await channelOf('website', `${MARK}网站`, HERE, organisation)
  const second = await channelOf('weibo', `${MARK}微博`, HERE, organisation)
  const closed = await channelOf('weibo', `${MARK}已关停`, HERE, organisation, 'closed')
  await channelOf('weibo', '外地微博', THERE, elsewhere)

  const picture = Buffer.from('89504e470d0a1a0a', 'hex')
  const page = new TextEncoder().encode(`<title>${MARK}网页</title>`)
  const proof = new TextEncoder().encode(`${MARK}佐证`)
  const sha256 = sha(page)
  const evidence = memoryStore([page, proof, picture])
  await sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${sha256}, 'page', 'text/html', ${page.length}, now())`
  const pictured = sha(picture)
  await sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${pictured}, 'screenshot', 'image/png', ${picture.length}, now()), (${sha(proof)}, 'attachment', 'application/pdf', ${proof.length}, now())`
  await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${pictured}, ${channel}, 'https://a.gov.cn/', 'https://a.gov.cn/', 200, now())`
  await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${sha256}, ${channel}, ${`https://a.gov.cn/${MARK}`}, 'https://a.gov.cn/', 200, now())`

  const candidateOf = (id: number, state = 'open', over = false) => one(sql<{ id: number }[]>`
    insert into candidate (channel_id, proposal, rule, clause, edition, since, newest, days_over, evidence, answers, opened_at, judged_at, state, closed_at)
    values (${id}, 'rectify', 'N2a', '{"zh":"两周无更新","en":"two weeks"}', 'campaign', '2026-05-15', '2026-05-01', 17,
      ${sql.json([{ sha256, url: `https://a.gov.cn/${MARK}`, finalUrl: 'https://a.gov.cn/', status: 200, fetchedAt: '2026-06-01T00:00:00Z', kind: 'page' }])},
      '[{"rule":"N2a","answer":"violated"}]', now(), now(), ${state}, ${over ? ctx.clock.now() : null}) returning id::int`)
  const candidate = await candidateOf(channel)
  const ordered = await candidateOf(second)
  await candidateOf(closed, 'shut_down', true)
  await decide({ ctx, input: { candidate: ordered, step: 'order', reason: `${MARK}理由`, deadline: '2026-07-01' } })
  const { id: order } = await issueOrder({ ctx, input: { candidate: ordered } })
  const file = sha(proof)
  await sql`insert into candidate_file (candidate_id, sha256, name, size, uploaded_by, uploaded_at) values (${ordered}, ${file}, ${`${MARK}佐证.pdf`}, ${proof.length}, ${sql.json({ kind: 'system', name: 'x' })}, now())`
  await sql`insert into attestation (channel_id, newest_on, stated_on, stated_by, source) values (${channel}, '2026-05-01', '2026-05-02', ${`${MARK}填报人`}, 'command')`
  await sql`insert into filing (channel_id, number, filed_on, reviewed_by, entered_by, entered_at) values (${channel}, ${`${MARK}备案号`}, '2026-05-01', 'x', ${sql.json({ kind: 'system', name: 'x' })}, now())`

  await setPolicy({ ctx, input: { scope: 'region', target: HERE, settings: { intervalDays: 3 } } })
  await setPolicy({ ctx, input: { scope: 'channel', target: channel, settings: { intervalDays: 3 } } })
  await subscribe({ ctx, input: { name: `${MARK}订阅`, way: 'email', address: 'a@example.gov.cn', region: HERE, role: 'operations' } })
  await sql`insert into credential (credential_id, scope, target, fields, sealed, key_id, put_by, put_at) values ('weibo.cookie', 'organisation', ${String(organisation)}, '{cookie}', 'x', 'x', ${`${MARK}录入`}, now())`
  await sql`insert into bridge (scope, target, type, url, put_by, put_at) values ('channel', ${String(second)}, 'rsshub', ${`https://bridge.example/${MARK}`}, 'x', now())`
  const { run } = await runCheck({ ctx: { ...ctx, actor: { kind: 'user', id: 'u-here', name: `${MARK}检查人`, role: 'rectification', region: HERE } }, input: { channels: 'all' } })
  const check = await one(sql<{ id: number }[]>`select id::int from indicator_check where run_id = ${run} and channel_id = ${channel}`)
  await startCampaign({ ctx, input: { name: '行动', targetRate: 60 } })
  await drawSample({ ctx, input: { name: '抽查', seed: 's', share: 100 } })

  // Whoever asks below has an account, as everybody who is signed in.
  await sql`insert into person (id, username, name, role, region, email, created_at, updated_at) select id, id, id, 'read_only', null, id, now(), now() from unnest(${['u-here', 'u-there', 'u-near']}::text[]) id`
  const { id: user } = await createUser({ ctx, input: { username: `${MARK}人员`, name: `${MARK}人员`, role: 'rectification', region: HERE } })
  const { id: token } = await createToken({ ctx: { ...ctx, actor: { kind: 'user', id: user, name: 'x', role: 'rectification', region: HERE } }, input: { name: `${MARK}令牌`, scopes: ['read'], days: 30 }, now: new Date() })
  const session = 'session-here'
  await sql`insert into session (id, user_id, token, expires_at, user_agent, created_at, updated_at) values (${session}, ${user}, 'x', now() + interval '1 day', ${MARK}, now(), now())`
  const view = await one(sql<{ id: number }[]>`insert into saved_view (user_id, page, name, query, created_at) values (${user}, 'channels', ${`${MARK}视图`}, '', now()) returning id::int`)
  return { organisation, neighbour, elsewhere, channel, closed, candidate, ordered, order, run, check, view, user, session, token, sha256, file, pictured, evidence }
}
