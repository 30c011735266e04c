import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { channel } from './registry.ts'
import { candidate } from './visit.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
const channelId = () => bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id)

/** 处置步骤: every step a candidate has taken, by whom and why. Append-only. */
export const candidateStep = pgTable('candidate_step', {
  id: id(),
  candidateId: bigint('candidate_id', { mode: 'number' }).notNull().references(() => candidate.id),
  at: instant('at').notNull(),
  actor: jsonb('actor').$type<unknown>().notNull(),
  step: text('step').notNull(),
  fromState: text('from_state').notNull(),
  toState: text('to_state').notNull(),
  reason: text('reason').notNull(),
  /** Deadline, target channel, hashes of files: what the step carries. */
  detail: jsonb('detail').$type<Record<string, unknown>>(),
}, (t) => [index('candidate_step_candidate').on(t.candidateId, t.id)])

/** 佐证材料: a file that the unit brought for one candidate; its bytes are evidence under the hash. */
export const candidateFile = pgTable('candidate_file', {
  candidateId: bigint('candidate_id', { mode: 'number' }).notNull().references(() => candidate.id),
  sha256: text('sha256').notNull(),
  /** As the unit named it. */
  name: text('name').notNull(),
  size: integer('size').notNull(),
  uploadedBy: jsonb('uploaded_by').$type<unknown>().notNull(),
  uploadedAt: instant('uploaded_at').notNull(),
}, (t) => [primaryKey({ columns: [t.candidateId, t.sha256] }), index('candidate_file_sha').on(t.sha256)])

/** 豁免: dated reasons for which no candidate is proposed. Both days count. */
export const exemption = pgTable('exemption', {
  id: id(),
  channelId: channelId(),
  from: date('from_on', { mode: 'string' }).notNull(),
  until: date('until_on', { mode: 'string' }).notNull(),
  reason: text('reason').notNull(),
  grantedBy: jsonb('granted_by').$type<unknown>().notNull(),
  grantedAt: instant('granted_at').notNull(),
}, (t) => [index('exemption_channel').on(t.channelId, t.until)])

/** 渠道状态沿革: written by a trigger at every change of channel.state, so that no verb can forget it. */
export const channelLife = pgTable('channel_life', {
  id: id(),
  channelId: channelId(),
  at: instant('at').notNull(),
  fromState: text('from_state').notNull(),
  toState: text('to_state').notNull(),
}, (t) => [index('channel_life_channel').on(t.channelId, t.at)])

/** 专项行动: a clean-up with a baseline frozen at its start. */
export const campaign = pgTable('campaign', {
  id: id(),
  name: text('name').notNull(),
  startedAt: instant('started_at').notNull(),
  /** {regions?: code[], kinds?: kind[]}; empty means the whole register. */
  scope: jsonb('scope').$type<{ regions?: string[]; kinds?: string[] }>().notNull(),
  /** {rate?: percent to remove, endsOn?: day} */
  targets: jsonb('targets').$type<{ rate?: number; endsOn?: string }>().notNull(),
  startedBy: jsonb('started_by').$type<unknown>().notNull(),
}, (t) => [uniqueIndex('campaign_name').on(t.name)])

/** 基线: who was in the register at the start, with region and kind as they stood then. A snapshot, not a query. */
export const campaignMember = pgTable('campaign_member', {
  campaignId: bigint('campaign_id', { mode: 'number' }).notNull().references(() => campaign.id),
  channelId: channelId(),
  kind: text('kind').notNull(),
  regionCode: text('region_code'),
}, (t) => [primaryKey({ columns: [t.campaignId, t.channelId] })])

/** 文号: the last number given, by kind of document, region and year; taken under a row lock, so without gaps. */
export const documentNumber = pgTable('document_number', {
  kind: text('kind').notNull(),
  regionCode: text('region_code').notNull(),
  year: integer('year').notNull(),
  last: integer('last').notNull(),
}, (t) => [primaryKey({ columns: [t.kind, t.regionCode, t.year] })])

/** 整改通知单、关停通知: what was issued, with its content as issued. */
export const orderDocument = pgTable('order_document', {
  id: id(),
  /** rectification | shutdown */
  kind: text('kind').notNull(),
  regionCode: text('region_code').notNull(),
  year: integer('year').notNull(),
  number: integer('number').notNull(),
  candidateId: bigint('candidate_id', { mode: 'number' }).notNull().references(() => candidate.id),
  issuedAt: instant('issued_at').notNull(),
  issuedBy: jsonb('issued_by').$type<unknown>().notNull(),
  deadline: date('deadline', { mode: 'string' }).notNull(),
  content: jsonb('content').$type<Record<string, unknown>>().notNull(),
}, (t) => [uniqueIndex('order_number').on(t.kind, t.regionCode, t.year, t.number), index('order_candidate').on(t.candidateId)])

/** 抽查: a sample drawn from a seed, with the population it was drawn from. */
export const sample = pgTable('sample', {
  id: id(),
  name: text('name').notNull(),
  seed: text('seed').notNull(),
  share: integer('share_permille').notNull(),
  scope: jsonb('scope').$type<{ regions?: string[]; kinds?: string[] }>().notNull(),
  drawnAt: instant('drawn_at').notNull(),
  drawnBy: jsonb('drawn_by').$type<unknown>().notNull(),
  population: integer('population').notNull(),
}, (t) => [uniqueIndex('sample_name').on(t.name)])

export const sampleMember = pgTable('sample_member', {
  sampleId: bigint('sample_id', { mode: 'number' }).notNull().references(() => sample.id),
  channelId: channelId(),
  kind: text('kind').notNull(),
  regionCode: text('region_code'),
  /** passed | failed; null until looked at. */
  result: text('result'),
  note: text('note'),
  enteredBy: jsonb('entered_by').$type<unknown>(),
  enteredAt: instant('entered_at'),
}, (t) => [primaryKey({ columns: [t.sampleId, t.channelId] })])

/** 登记备案: the review of a channel that is kept; the latest stands. */
export const filing = pgTable('filing', {
  id: id(),
  channelId: channelId(),
  number: text('number').notNull(),
  filedOn: date('filed_on', { mode: 'string' }).notNull(),
  reviewedBy: text('reviewed_by').notNull(),
  enteredBy: jsonb('entered_by').$type<unknown>().notNull(),
  enteredAt: instant('entered_at').notNull(),
}, (t) => [index('filing_channel').on(t.channelId, t.id)])
