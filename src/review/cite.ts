import type { Sql } from 'postgres'
import type { Day } from '../domain/date.ts'
import type { ChannelFacts, Judgement } from '../standard/index.ts'

/** One piece of evidence as a candidate cites it: bytes received, or the unit's own statement. */
export type Cited =
  | {
      readonly kind: 'page' | 'screenshot' | 'attachment'
      readonly sha256: string
      readonly url: string
      readonly finalUrl: string
      readonly status: number | null
      readonly headers: Readonly<Record<string, string>> | null
      /** ISO 8601. */
      readonly fetchedAt: string
    }
  | { readonly kind: 'attestation'; readonly newestOn: Day; readonly statedOn: Day; readonly statedBy: string; readonly link: string | null; readonly source: string }
  | { readonly kind: 'register'; readonly channel: number; readonly name: string; readonly newest: Day | null }

type UseRow = { channelId: number; kind: 'page' | 'screenshot' | 'attachment'; sha256: string; url: string; finalUrl: string; status: number | null; headers: Record<string, string> | null; fetchedAt: Date }
type StatementRow = { channelId: number; newestOn: Day; statedOn: Day; statedBy: string; link: string | null; source: string }

/** The evidence behind each judgement that proposes something, by channel: where and when each hash was received. */
export async function evidenceFor(sql: Sql, judged: readonly { facts: ChannelFacts; judgement: Judgement }[]): Promise<Map<number, Cited[]>> {
  const proposing = judged.filter((j) => j.judgement.proposal !== null)
  const hashes = [...new Set(proposing.flatMap((j) => j.judgement.proposal?.evidence ?? []))]
  const attested = proposing.filter((j) => j.facts.posts?.source === 'attested').map((j) => j.facts.channel.id)
  const [uses, statements] = await Promise.all([
    hashes.length === 0 ? [] : sql<UseRow[]>`
      select distinct on (u.channel_id, u.sha256) u.channel_id::int as "channelId", e.kind, u.sha256, u.url, u.final_url as "finalUrl",
             u.status::int, u.headers, u.fetched_at as "fetchedAt"
        from evidence_use u join evidence e using (sha256)
       where u.channel_id = any(${proposing.map((j) => j.facts.channel.id)}) and u.sha256 = any(${hashes})
       order by u.channel_id, u.sha256, u.fetched_at desc`,
    attested.length === 0 ? [] : sql<StatementRow[]>`
      select distinct on (channel_id) channel_id::int as "channelId", to_char(newest_on, 'YYYY-MM-DD') as "newestOn",
             to_char(stated_on, 'YYYY-MM-DD') as "statedOn", stated_by as "statedBy", link, source
        from attestation where channel_id = any(${attested}) order by channel_id, stated_on desc, id desc`,
  ])
  const usesOf = Map.groupBy(uses, (u) => u.channelId)
  const statementOf = new Map(statements.map((s) => [s.channelId, s]))
  return new Map(proposing.map(({ facts, judgement }) => {
    const { id } = facts.channel
    const wanted = new Set(judgement.proposal?.evidence)
    const cited: Cited[] = (usesOf.get(id) ?? []).filter((u) => wanted.has(u.sha256)).map(({ channelId: _, fetchedAt, ...u }) => ({ ...u, fetchedAt: fetchedAt.toISOString() }))
    const statement = statementOf.get(id)
    if (statement !== undefined) {
      const { channelId: _, ...s } = statement
      cited.push({ kind: 'attestation', ...s })
    }
    if (judgement.proposal?.proposal === 'merge') {
      cited.push(...(facts.duplicates ?? []).map((d): Cited => ({ kind: 'register', channel: d.channelId, name: d.name, newest: d.newest })))
    }
    return [id, cited]
  }))
}
