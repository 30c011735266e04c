import { sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { channel } from './registry.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const channelId = () => bigint('channel_id', { mode: 'number' }).notNull().references(() => channel.id)

/** 站点无法访问监测周: one website watched for whole days in China, so many looks a day. Its slots follow from its row. */
export const availabilityWeek = pgTable('availability_week', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  channelId: channelId(),
  /** First day, in China. */
  fromOn: date('from_on', { mode: 'string' }).notNull(),
  days: smallint('days').notNull(),
  visitsPerDay: smallint('visits_per_day').notNull(),
  /** 2: a failure counts once it was seen from a second vantage; 1: our own word is enough. */
  vantages: smallint('vantages').notNull(),
  /** running | done | stopped */
  state: text('state').notNull().default('running'),
  startedAt: instant('started_at').notNull(),
  startedBy: jsonb('started_by').$type<unknown>().notNull(),
  endedAt: instant('ended_at'),
  /** The next look: its number and its moment. */
  nextSlot: integer('next_slot').notNull(),
  nextAt: instant('next_at').notNull(),
  /** Real time until which a worker has the next look in hand. */
  heldUntil: instant('held_until'),
}, (t) => [
  uniqueIndex('availability_week_running').on(t.channelId).where(sql`${t.state} = 'running'`),
  index('availability_week_next').on(t.nextAt).where(sql`${t.state} = 'running'`),
  index('availability_week_channel').on(t.channelId, t.startedAt),
])

/** One look of a week: whether the home page opened, and how it looked from elsewhere where it did not. */
export const availabilitySample = pgTable('availability_sample', {
  weekId: bigint('week_id', { mode: 'number' }).notNull().references(() => availabilityWeek.id),
  slot: integer('slot').notNull(),
  channelId: channelId(),
  at: instant('at').notNull(),
  outcome: text('outcome').notNull(),
  /** Milliseconds until the page had opened, or until we gave up. */
  ms: integer('ms').notNull(),
  detail: text('detail'),
  /** Our own network was judged down at that moment. */
  ownNetwork: boolean('own_network').notNull().default(false),
  /** From which way out. */
  vantage: text('vantage').notNull(),
  /** A failure that waits for another vantage's look. */
  wanted: boolean('wanted').notNull().default(false),
  /** open | shut | none (nobody could look); null where the site opened or one vantage is enough. */
  second: text('second'),
  secondVantage: text('second_vantage'),
  secondAt: instant('second_at'),
  secondOutcome: text('second_outcome'),
}, (t) => [
  primaryKey({ columns: [t.weekId, t.slot] }),
  index('availability_sample_channel').on(t.channelId, t.at),
  index('availability_sample_unconfirmed').on(t.at).where(sql`${t.second} = 'none'`),
  index('availability_sample_wanted').on(t.at).where(sql`${t.wanted}`),
])
