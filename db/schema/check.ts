import { bigint, boolean, date, index, integer, jsonb, numeric, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { channel } from './registry.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
const channelId = () => bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id)

/** 检查: one run of an edition of the standard over some channels, with everything that its checks share. */
export const checkRun = pgTable('check_run', {
  id: id(),
  /** Edition of the standard, e.g. gov-2019. */
  edition: text('edition').notNull(),
  /** SHA-256 of the edition's rules, clauses and parameters. */
  paramsDigest: text('params_digest').notNull(),
  /** Version of the evaluators' logic. */
  evaluators: integer('evaluators').notNull(),
  /** Every parameter in force, by indicator. */
  params: jsonb('params').$type<unknown>().notNull(),
  /** 监测时间点. */
  asOf: instant('as_of').notNull(),
  madeAt: instant('made_at').notNull(),
  actor: jsonb('actor').$type<unknown>().notNull(),
  /** What the samples are drawn by. */
  seed: text('seed').notNull(),
  /** all | chosen */
  scope: text('scope').notNull(),
  channels: integer('channels').notNull(),
}, (t) => [index('check_run_edition').on(t.edition, t.asOf)])

/** 单个渠道的检查结果: stored with the facts it was made from, so that it can be run again. Never changed. */
export const indicatorCheck = pgTable('indicator_check', {
  id: id(),
  runId: bigint('run_id', { mode: 'number' }).notNull().references(() => checkRun.id),
  channelId: channelId(),
  edition: text('edition').notNull(),
  paramsDigest: text('params_digest').notNull(),
  asOf: instant('as_of').notNull(),
  madeAt: instant('made_at').notNull(),
  actor: jsonb('actor').$type<unknown>().notNull(),
  /** Facts without their samples; instants as {"$at": ISO}. */
  facts: jsonb('facts').$type<unknown>().notNull(),
  factsDigest: text('facts_digest').notNull(),
  samples: jsonb('samples').$type<unknown>().notNull(),
  results: jsonb('results').$type<unknown>().notNull(),
  score: jsonb('score').$type<unknown>().notNull(),
  /** 问题清单 of this channel. */
  problems: jsonb('problems').$type<unknown>().notNull(),
  /** SHA-256 of everything its violations rest on: kept as long as the check is. */
  evidence: text('evidence').array().notNull(),
  /** failed | passed | undecided */
  verdict: text('verdict').notNull(),
  /** Two decimals, as shown; null where there is no score. The exact fractions are in `score`. */
  worst: numeric('worst', { precision: 7, scale: 2 }),
  best: numeric('best', { precision: 7, scale: 2 }),
}, (t) => [uniqueIndex('indicator_check_run').on(t.runId, t.channelId), index('indicator_check_channel').on(t.channelId, t.edition, t.asOf)])

/** 检查计划: which channels are to be checked against which edition, how often. */
export const checkPlan = pgTable('check_plan', {
  id: id(),
  name: text('name').notNull().unique(),
  edition: text('edition').notNull(),
  /** A filter of the register, as its list takes it; {} is all of it. */
  filter: jsonb('filter').$type<Record<string, unknown>>().notNull(),
  /** week | month | quarter */
  every: text('every').notNull(),
  nextAt: instant('next_at').notNull(),
  lastRunId: bigint('last_run_id', { mode: 'number' }).references(() => checkRun.id),
  /** Who made it: runs are made in that name and region. */
  actor: jsonb('actor').$type<unknown>().notNull(),
  active: boolean('active').notNull().default(true),
}, (t) => [index('check_plan_next').on(t.nextAt)])

/** 人工核查: what a person found for one indicator, signed. Append-only: a later finding stands over an earlier one. */
export const personFinding = pgTable('person_finding', {
  id: id(),
  channelId: channelId(),
  edition: text('edition').notNull(),
  indicator: text('indicator').notNull(),
  /** Who looked, by name. */
  by: text('looked_by').notNull(),
  at: instant('looked_at').notNull(),
  /** The day for which it holds. */
  on: date('on_day', { mode: 'string' }).notNull(),
  /** Answers to the form's questions. */
  answers: jsonb('answers').$type<Record<string, boolean | number>>().notNull(),
  places: jsonb('places').$type<{ question: string; url?: string | undefined; note: string }[]>(),
  evidence: text('evidence').array().notNull(),
  note: text('note'),
  /** SHA-256 over channel and finding: shows whether it was altered afterwards. */
  digest: text('digest').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  /** Under whose account it was entered. */
  recordedBy: jsonb('recorded_by').$type<unknown>().notNull(),
}, (t) => [index('person_finding_channel').on(t.channelId, t.indicator, t.on)])

/** 抽样: what one rule's sample was drawn from, what was drawn, and what was replaced by hand with which reason. */
export const drawnSample = pgTable('drawn_sample', {
  id: id(),
  channelId: channelId(),
  /** The sample's name: the indicator it is for, with a suffix where a rule has several. */
  name: text('name').notNull(),
  seed: text('seed').notNull(),
  size: integer('size').notNull(),
  population: jsonb('population').$type<string[]>().notNull(),
  drawn: jsonb('drawn').$type<string[]>().notNull(),
  /** [{out, in, reason, by, at: ISO}] */
  replaced: jsonb('replaced').$type<{ out: string; in: string; reason: string; by: string; at: string }[]>().notNull(),
  asOf: instant('as_of').notNull(),
  drawnAt: instant('drawn_at').notNull(),
  drawnBy: jsonb('drawn_by').$type<unknown>().notNull(),
}, (t) => [uniqueIndex('drawn_sample_once').on(t.channelId, t.name, t.seed)])
