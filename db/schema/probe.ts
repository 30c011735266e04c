import { bigint, index, integer, jsonb, pgTable, real, text, timestamp } from 'drizzle-orm/pg-core'
import { channel } from './registry.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const channelId = () => bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id)

/** 功能探测: one run of probes over one website, a failed one too. What each saw is in `observation` (about probe:<id>). */
export const probeRun = pgTable('probe_run', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  channelId: channelId(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at').notNull(),
  /** How the home page answered: where it could not be read, nothing was tried. */
  outcome: text('outcome').notNull(),
  detail: text('detail'),
  /** schedule | asked */
  reason: text('reason').notNull(),
  /** [{id, outcome, note?, requests, seconds}] in the order in which they were tried. */
  probes: jsonb('probes').$type<unknown[]>().notNull(),
  requests: integer('requests').notNull(),
  seconds: real('seconds').notNull(),
  worker: text('worker').notNull(),
}, (t) => [index('probe_run_channel').on(t.channelId, t.startedAt)])

/** When a website's functions are tried next. One that has no row yet is due once it has been seen. */
export const probeSchedule = pgTable('probe_schedule', {
  channelId: channelId().primaryKey(),
  nextAt: instant('next_at').notNull(),
  /** Begin of the last run. */
  lastAt: instant('last_at'),
  /** Real time until which a worker has it in hand. */
  heldUntil: instant('held_until'),
}, (t) => [index('probe_schedule_next').on(t.nextAt)])
