import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, smallint, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** 行政区划: GB/T 2260 codes (six digits), township codes (nine), and a few of our own for zones without one. */
export const region = pgTable('region', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  /** 1 province, 2 city, 3 county, 4 township */
  level: smallint('level').notNull(),
  parentCode: text('parent_code'),
}, (t) => [index('region_parent').on(t.parentCode)])

/** 单位: keyed by name and region. */
export const organisation = pgTable('organisation', {
  id: id(),
  name: text('name').notNull(),
  regionCode: text('region_code').references(() => region.code),
  /** 主管单位, by name as the ledger gives it. */
  supervisor: text('supervisor'),
  contact: text('contact'),
  phone: text('phone'),
  /** Requests at once, over all its sites; null takes the default. */
  maxConcurrent: integer('max_concurrent'),
  /** Its own sites: robots.txt may be passed over (audited). */
  ignoreRobots: boolean('ignore_robots').notNull().default(false),
  createdAt: instant('created_at').notNull().defaultNow(),
}, (t) => [uniqueIndex('organisation_name_region').on(t.name, sql`coalesce(${t.regionCode}, '')`)])

/** 渠道: one website, account, app or group. Rows are never deleted; a life ends in a state. */
export const channel = pgTable('channel', {
  id: id(),
  kind: text('kind').notNull(),
  name: text('name').notNull(),
  /** Normalised: an absolute URL, or the account id where the kind has no address. */
  address: text('address').notNull(),
  /** As the ledger gave it. */
  addressRaw: text('address_raw').notNull(),
  accountId: text('account_id'),
  /** Unique within the kind; groups are prefixed with their unit. */
  identityKey: text('identity_key').notNull(),
  /** 网站标识码 (10 characters) or 新媒体标识码 (16). */
  siteCode: text('site_code'),
  organisationId: bigint('organisation_id', { mode: 'number' }).references(() => organisation.id),
  supervisor: text('supervisor'),
  regionCode: text('region_code').references(() => region.code),
  /** 备案: filed | pending | unfiled | exempt; null unknown. */
  filingStatus: text('filing_status'),
  filingNumber: text('filing_number'),
  /** 运行状态 as registered: running | suspended | closing | closed | cancelled | migrated; null unknown. */
  runningStatus: text('running_status'),
  /** 功能类型: publishing | service; null takes the kind's own. */
  functionType: text('function_type'),
  openedOn: date('opened_on', { mode: 'string' }),
  contact: text('contact'),
  phone: text('phone'),
  members: integer('members'),
  note: text('note'),
  /** Ledger cells whose heading is not ours: kept and given back. */
  extra: jsonb('extra').$type<Record<string, string>>(),
  /** Our own: active | paused | closed | merged. */
  state: text('state').notNull().default('active'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),

  // Schedule: nextDueAt is the truth; null means due at once (never visited) while state is active.
  nextDueAt: instant('next_due_at'),
  /** Why it is due then: first | deadline | overdue | audit | policy | run_now | confirm | retry | coverage | watch */
  dueReason: text('due_reason'),
  /** Set while a slot is with the queue: the slot's moment. Cleared by the visit's own transaction. */
  claimedSlot: instant('claimed_slot'),
  claimedAt: instant('claimed_at'),

  // What the last visits found, kept here so that lists need no join.
  lastVisitAt: instant('last_visit_at'),
  lastOutcome: text('last_outcome'),
  /** Last visit that observed something. */
  lastSeenAt: instant('last_seen_at'),
  newestOn: date('newest_on', { mode: 'string' }),
  newestWitness: jsonb('newest_witness').$type<unknown>(),
  /** The `lastVisitAt` that the standing verdict was made from: a channel whose two differ waits for judging. */
  judgedVisitAt: instant('judged_visit_at'),
}, (t) => [
  uniqueIndex('channel_identity').on(t.kind, t.identityKey),
  index('channel_due').on(t.nextDueAt).where(sql`${t.state} = 'active' and ${t.claimedSlot} is null`),
  index('channel_watched').on(t.nextDueAt).where(sql`${t.state} in ('closed', 'merged') and ${t.claimedSlot} is null`),
  index('channel_unjudged').on(t.lastVisitAt).where(sql`${t.lastVisitAt} is distinct from ${t.judgedVisitAt}`),
  index('channel_claimed').on(t.claimedAt).where(sql`${t.claimedSlot} is not null`),
  index('channel_region').on(t.regionCode),
  index('channel_organisation').on(t.organisationId),
  index('channel_last_visit').on(t.lastVisitAt),
  check('channel_state', sql`${t.state} in ('active', 'paused', 'closed', 'merged')`),
])

/** 栏目 of a website: from the ledger, or found in its navigation. */
export const column = pgTable('site_column', {
  id: id(),
  channelId: bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id),
  /** Absolute, as linked. */
  url: text('url').notNull(),
  /** Host and path: the same path with another query is the same column. */
  urlKey: text('url_key').notNull(),
  name: text('name').notNull(),
  class: text('class').notNull(),
  level: smallint('level').notNull().default(1),
  /** Days; overrides the class's own limit. */
  thresholdDays: integer('threshold_days'),
  /** ledger | navigation */
  source: text('source').notNull(),
  active: boolean('active').notNull().default(true),
  firstSeenAt: instant('first_seen_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  lastOutcome: text('last_outcome'),
  /** When its list was last read. */
  observedAt: instant('observed_at'),
  /** Observed, and truly without rows. */
  empty: boolean('empty').notNull().default(false),
  newestOn: date('newest_on', { mode: 'string' }),
  newestWitness: jsonb('newest_witness').$type<unknown>(),
  newestTitle: text('newest_title'),
  newestUrl: text('newest_url'),
  /** SHA-256 of the bytes that show it. */
  evidence: text('evidence').array(),
}, (t) => [uniqueIndex('column_identity').on(t.channelId, t.urlKey)])

/** 单位填报: the unit's own dated statement of its last publication or use. It ages. */
export const attestation = pgTable('attestation', {
  id: id(),
  channelId: bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id),
  newestOn: date('newest_on', { mode: 'string' }).notNull(),
  /** The day the statement was made: older than 30 days is not observed. */
  statedOn: date('stated_on', { mode: 'string' }).notNull(),
  statedBy: text('stated_by').notNull(),
  link: text('link'),
  evidence: text('evidence'),
  note: text('note'),
  /** ledger | command | console */
  source: text('source').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
}, (t) => [
  index('attestation_channel').on(t.channelId, t.statedOn),
  uniqueIndex('attestation_once').on(t.channelId, t.statedOn, t.newestOn, t.source),
])

/** Rules for when and how channels are visited; the most particular scope wins (channel, organisation, region, kind, all). */
export const policy = pgTable('policy', {
  id: id(),
  scope: text('scope').notNull(),
  /** Channel id, organisation id, region code or kind id; '' for all. */
  target: text('target').notNull(),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by').notNull(),
}, (t) => [uniqueIndex('policy_scope').on(t.scope, t.target)])

/** Loose settings of the installation, by key. */
export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** 审计: one row for each act, written in the act's own transaction. Never changed, never deleted. */
export const audit = pgTable('audit', {
  id: id(),
  at: instant('at').notNull(),
  actor: jsonb('actor').$type<unknown>().notNull(),
  verb: text('verb').notNull(),
  entity: text('entity').notNull(),
  entityId: text('entity_id'),
  reason: text('reason'),
  detail: jsonb('detail').$type<unknown>(),
}, (t) => [index('audit_entity').on(t.entity, t.entityId), index('audit_at').on(t.at), index('audit_actor_name').on(sql`(${t.actor} ->> 'name')`)])


/** The audit trail's chain: one link for each row, made by the database as the row's transaction commits (audit_link in db/migrations). Never changed, never deleted. */
export const auditChain = pgTable('audit_chain', {
  /** 1, 2, 3 … in the order of commits, without gaps. */
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  /** Of audit. Not a foreign key: it would be looked up under the one lock that all acts share. */
  auditId: bigint('audit_id', { mode: 'number' }).notNull(),
  /** SHA-256 (hex) over the link before and the row; see src/audit/canonical.ts. */
  hash: text('hash').notNull(),
}, (t) => [uniqueIndex('audit_chain_row').on(t.auditId)])
