import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { channel, column } from './registry.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
const channelId = () => bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id)

/**
 * 巡检: one attempt for one slot of one channel; a failed one too. A slot has exactly one completed visit.
 *
 * One table, never partitioned: that a slot is visited once rests on the unique (channel_id, slot), and a partitioned table's
 * unique index must hold the partition key. By month of `started_at` the same slot could stand in two months; by `slot` every
 * look at a channel's last visits would touch each month. A visit is a narrow row besides, one for some thirty observations.
 */
export const visit = pgTable('visit', {
  id: id(),
  channelId: channelId(),
  /** The moment the channel was due: what makes a visit unique. */
  slot: instant('slot').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at').notNull(),
  outcome: text('outcome').notNull(),
  /** What was seen, in one line: error text, signature, status. */
  detail: text('detail'),
  /** Which source spoke: site | feed | attestation | a channel adapter's source id. */
  source: text('source'),
  reason: text('reason'),
  pages: integer('pages').notNull().default(0),
  requests: integer('requests').notNull().default(0),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  /** Milliseconds until the home page had opened; null when it did not. */
  homeMs: integer('home_ms'),
  homeStatus: smallint('home_status'),
  newestOn: date('newest_on', { mode: 'string' }),
  rendered: boolean('rendered').notNull().default(false),
  worker: text('worker'),
}, (t) => [
  uniqueIndex('visit_slot').on(t.channelId, t.slot),
  // With the outcome, so that what was seen of every channel in a span is read from the index alone.
  index('visit_channel').on(t.channelId, t.startedAt, t.outcome),
  index('visit_at').on(t.startedAt),
])

/**
 * What was observed, append-only: `about` says what (home, column, existence, consultation, account, probe:<id>), `value` holds
 * the facts, `evidence` the hashes of the bytes that show them. A verdict is a pure function of these.
 *
 * Partitioned by China's months of `at` (migration 0005; drizzle knows only the columns), hence its key and the sequence in
 * place of an identity. src/history makes the months ahead and rolls up the old ones. `observation_kept` has all before the
 * first month, `observation_later` all after the last; ranges and no default partition, so that the newest row of a channel
 * is found by walking the months backwards from the last and stopping at the first hit.
 */
export const observation = pgTable('observation', {
  id: bigint('id', { mode: 'number' }).notNull().default(sql`nextval('observation_id_seq'::regclass)`),
  channelId: channelId(),
  columnId: bigint('column_id', { mode: 'number' }).references(() => column.id),
  /** The visit that saw it, or the run of probes: one of the two. */
  visitId: bigint('visit_id', { mode: 'number' }),
  probeRunId: bigint('probe_run_id', { mode: 'number' }),
  at: instant('at').notNull(),
  about: text('about').notNull(),
  outcome: text('outcome').notNull(),
  newestOn: date('newest_on', { mode: 'string' }),
  value: jsonb('value').$type<unknown>(),
  evidence: text('evidence').array(),
}, (t) => [
  primaryKey({ columns: [t.id, t.at] }),
  index('observation_channel').on(t.channelId, t.at), index('observation_visit').on(t.visitId), index('observation_column').on(t.columnId, t.at).where(sql`${t.columnId} is not null`),
  // Without the columns, which are most of it: the last of each other thing looked at is found without reading what came before.
  index('observation_about').on(t.channelId, t.about, t.at).where(sql`${t.about} <> 'column'`),
  index('observation_probe_run').on(t.probeRunId).where(sql`${t.probeRunId} is not null`), check('observation_source', sql`${t.visitId} is not null or ${t.probeRunId} is not null`),
])

/** What is left of a month that was rolled up: how much was seen of what, by outcome. The rows that a verdict may still need stay in `observation`. */
export const observationMonth = pgTable('observation_month', {
  /** First day of the month, in China. */
  month: date('month', { mode: 'string' }).notNull(),
  channelId: channelId(),
  columnId: bigint('column_id', { mode: 'number' }).references(() => column.id),
  about: text('about').notNull(),
  observations: integer('observations').notNull(),
  /** How many by outcome: {"ok": 4, "timeout": 1}. */
  outcomes: jsonb('outcomes').$type<Record<string, number>>().notNull(),
  firstAt: instant('first_at').notNull(),
  lastAt: instant('last_at').notNull(),
  /** The newest publication seen in the month. */
  newestOn: date('newest_on', { mode: 'string' }),
}, (t) => [uniqueIndex('observation_month_of').on(t.channelId, t.month, t.about, sql`coalesce(${t.columnId}, 0)`)])

/** Items (articles, posts) by address, with when we first saw them: the witness against back-dating. */
export const item = pgTable('item', {
  channelId: channelId(),
  /** First 16 hex digits of SHA-256 of the address, or of column and title where there is none. */
  key: text('key').notNull(),
  columnId: bigint('column_id', { mode: 'number' }),
  title: text('title').notNull(),
  url: text('url'),
  /** The date it bears. */
  date: date('date', { mode: 'string' }),
  /** The date it bore when first seen, where that has changed since. */
  firstDate: date('first_date', { mode: 'string' }),
  firstSeenAt: instant('first_seen_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
}, (t) => [primaryKey({ columns: [t.channelId, t.key] }), index('item_first_seen').on(t.channelId, t.firstSeenAt)])

/** What is remembered of a page between visits, for conditional requests and for not reading the same bytes twice. */
export const page = pgTable('page', {
  channelId: channelId(),
  /** The address as requested. */
  url: text('url').notNull(),
  etag: text('etag'),
  lastModified: text('last_modified'),
  sha256: text('sha256'),
  finalUrl: text('final_url'),
  status: smallint('status'),
  fetchedAt: instant('fetched_at').notNull(),
  /** Learned only from renders that succeeded: plain reading cannot give what is needed. */
  needsBrowser: boolean('needs_browser').notNull().default(false),
  /** What reading gave, reused while the bytes are the same. */
  facts: jsonb('facts').$type<unknown>(),
}, (t) => [primaryKey({ columns: [t.channelId, t.url] })])

/** 证据: bytes by their hash; where and when each was received is in evidence_use. */
export const evidence = pgTable('evidence', {
  sha256: text('sha256').primaryKey(),
  /** page | screenshot | attachment */
  kind: text('kind').notNull(),
  contentType: text('content_type'),
  /** Bytes before compression. */
  size: integer('size').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** One reception of those bytes: address, final address, headers, time. */
export const evidenceUse = pgTable('evidence_use', {
  sha256: text('sha256').notNull().references(() => evidence.sha256),
  channelId: channelId(),
  url: text('url').notNull(),
  finalUrl: text('final_url').notNull(),
  status: smallint('status'),
  headers: jsonb('headers').$type<Record<string, string>>(),
  fetchedAt: instant('fetched_at').notNull(),
}, (t) => [primaryKey({ columns: [t.channelId, t.url, t.sha256] }), index('evidence_use_sha').on(t.sha256)])

/** 候选: a channel proposed for rectification, merging or shutdown. People decide; it is never deleted. */
export const candidate = pgTable('candidate', {
  id: id(),
  channelId: channelId(),
  /** rectify | shut_down | merge */
  proposal: text('proposal').notNull(),
  rule: text('rule').notNull(),
  clause: jsonb('clause').$type<{ zh: string; en: string }>().notNull(),
  /** open | withdrawn, then the decisions' states. */
  state: text('state').notNull().default('open'),
  /** Judged by: standard and edition. */
  edition: text('edition').notNull(),
  threshold: jsonb('threshold').$type<unknown>(),
  since: date('since', { mode: 'string' }),
  newest: date('newest', { mode: 'string' }),
  witness: jsonb('witness').$type<unknown>(),
  daysOver: integer('days_over'),
  /** [{sha256, url, finalUrl, status, fetchedAt, kind, …}] */
  evidence: jsonb('evidence').$type<unknown[]>().notNull(),
  /** All rules it fails, the leading one first. */
  answers: jsonb('answers').$type<unknown[]>().notNull(),
  openedAt: instant('opened_at').notNull(),
  judgedAt: instant('judged_at').notNull(),
  closedAt: instant('closed_at'),
  /** What people set: the order's deadline, the channel to merge into, the end of an exemption, who has it in hand. */
  deadline: date('deadline', { mode: 'string' }),
  targetChannelId: bigint('target_channel_id', { mode: 'number' }),
  exemptUntil: date('exempt_until', { mode: 'string' }),
  assignee: text('assignee'),
  note: text('note'),
  /** For optimistic locking. */
  version: integer('version').notNull().default(1),
}, (t) => [
  // One open question a channel; its answers list every rule it fails.
  uniqueIndex('candidate_unsettled').on(t.channelId).where(sql`${t.closedAt} is null`),
  index('candidate_channel').on(t.channelId),
  index('candidate_state').on(t.state, t.proposal),
])
