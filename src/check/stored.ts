import type { Sql } from 'postgres'
import { HuoshuiError } from '../domain/error.ts'
import { parseCanonical } from '../standard/index.ts'
import type { ChannelFacts, ChannelIdentity, CheckRecord, Sample, Score } from '../standard/index.ts'
import { unpack, type PackedResult } from './pack.ts'
import type { Problem } from './problems.ts'

/** Rows read at once from a stored run. */
const PAGE = 100

/** A stored check with what lists and sheets say about its channel. */
export type StoredCheck = {
  readonly id: number
  readonly run: number
  readonly edition: string
  readonly madeAt: Date
  readonly record: CheckRecord
  /** As the register had the channel when it was checked. */
  readonly channel: ChannelIdentity
  readonly organisation: string | null
  readonly region: string | null
  readonly problems: readonly Problem[]
}

type Row = {
  id: number
  run: number
  channelId: number
  edition: string
  digest: string
  evaluators: number
  asOf: Date
  madeAt: Date
  seed: string
  params: CheckRecord['params']
  factsDigest: string
  channel: string
  samples: string
  results: string
  score: string
  problems: Problem[]
  organisation: string | null
  region: string | null
}

/**
 * The checks of a run, page by page, in order of region and number: memory stays bounded however many there are.
 * Facts stay in the database; only what they say of the channel itself is read.
 */
export async function* eachCheck(sql: Sql, run: number): AsyncGenerator<StoredCheck> {
  let after = 0
  for (;;) {
    // Checks are written in order of region and channel number: their own ids keep that order.
    const rows = await sql<Row[]>`${selection(sql)} where k.run_id = ${run} and k.id > ${after} order by k.id limit ${PAGE}`
    for (const row of rows) yield asCheck(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}

/** Some stored checks, by their numbers. */
export async function storedChecks(sql: Sql, ids: readonly number[]): Promise<StoredCheck[]> {
  return ids.length === 0 ? [] : (await sql<Row[]>`${selection(sql)} where k.id = any(${[...ids]})`).map(asCheck)
}

/** One stored check. Throws `not_found`. */
export async function storedCheck(sql: Sql, id: number): Promise<StoredCheck> {
  const [row] = await sql<Row[]>`${selection(sql)} where k.id = ${id}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的检查`, en: `there is no check ${id}` })
  return asCheck(row)
}

/** The facts that a check was made from. Throws `not_found`. */
export async function storedFacts(sql: Sql, id: number): Promise<ChannelFacts> {
  const [row] = await sql<{ facts: string }[]>`select facts::text as facts from indicator_check where id = ${id}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的检查`, en: `there is no check ${id}` })
  return parseCanonical(row.facts) as ChannelFacts
}

function selection(sql: Sql) {
  return sql`
    select k.id::int, k.run_id::int as run, k.channel_id::int as "channelId", k.edition, k.params_digest as digest, r.evaluators, k.as_of as "asOf",
           k.made_at as "madeAt", r.seed, r.params, k.facts_digest as "factsDigest", (k.facts->'channel')::text as channel, k.samples::text as samples,
           k.results::text as results, k.score::text as score, k.problems, o.name as organisation, g.name as region
      from indicator_check k join check_run r on r.id = k.run_id join channel c on c.id = k.channel_id
      left join organisation o on o.id = c.organisation_id left join region g on g.code = c.region_code`
}

function asCheck(r: Row): StoredCheck {
  const record: CheckRecord = {
    channelId: r.channelId,
    standard: { id: r.edition, digest: r.digest, evaluators: r.evaluators },
    params: r.params,
    at: r.asOf,
    factsDigest: r.factsDigest,
    seed: r.seed,
    samples: parseCanonical(r.samples) as Readonly<Record<string, Sample>>,
    results: unpack(parseCanonical(r.results) as PackedResult[]),
    score: parseCanonical(r.score) as Score,
  }
  return {
    id: r.id, run: r.run, edition: r.edition, madeAt: r.madeAt, record, channel: parseCanonical(r.channel) as ChannelIdentity,
    organisation: r.organisation, region: r.region, problems: r.problems,
  }
}
