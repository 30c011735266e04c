import { bigint, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

/** 常用视图: a person's own filters of a page, under a name. Nobody else sees them. */
export const savedView = pgTable('saved_view', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  userId: text('user_id').notNull(),
  /** channels | review … */
  page: text('page').notNull(),
  name: text('name').notNull(),
  /** The page's address after the question mark. */
  query: text('query').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
}, (t) => [uniqueIndex('saved_view_name').on(t.userId, t.page, t.name)])
