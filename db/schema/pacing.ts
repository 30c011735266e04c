import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** 访问节奏: the slots of one host, address or organisation, shared by all workers. Holds nothing worth a backup. */
export const pacing = pgTable('pacing', {
  /** `host:…`, `address:…` or `organisation:…`. */
  key: text('key').primaryKey(),
  /** The earliest moment of the next request. */
  nextAt: timestamp('next_at', { withTimezone: true }).notNull().defaultNow(),
  /** The host asked to be left alone until then. */
  restUntil: timestamp('rest_until', { withTimezone: true }),
  /** 429 and 503 in a row. */
  failures: integer('failures').notNull().default(0),
  /** Requests under way: lease id to the epoch milliseconds at which it lapses, should its worker have died. */
  leases: jsonb('leases').$type<Record<string, number>>().notNull().default({}),
})
