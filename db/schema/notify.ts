import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** 订阅: who is told what, by which way. Secrets are in the address, so it is shown shortened. */
export const subscription = pgTable('subscription', {
  id: id(),
  name: text('name').notNull(),
  /** email | wecom | dingtalk */
  way: text('way').notNull(),
  /** E-mail address, or the robot's webhook. */
  address: text('address').notNull(),
  /** Region whose subtree it covers; null for the whole register. */
  regionCode: text('region_code'),
  role: text('role').notNull(),
  /** Kinds of news wanted; empty for all. */
  kinds: text('kinds').array().notNull(),
  /** digest | instant */
  mode: text('mode').notNull().default('digest'),
  active: boolean('active').notNull().default(true),
}, (t) => [uniqueIndex('subscription_name').on(t.name)])

/** 待通知事项: one thing to tell, once: `key` names it. */
export const news = pgTable('news', {
  id: id(),
  kind: text('kind').notNull(),
  key: text('key').notNull(),
  regionCode: text('region_code'),
  text: jsonb('text').$type<{ zh: string; en: string }>().notNull(),
  at: instant('at').notNull(),
}, (t) => [uniqueIndex('news_key').on(t.key), index('news_at').on(t.at)])

/** 发件箱: letters written and not yet, or no more, to be sent. */
export const outbox = pgTable('outbox', {
  id: id(),
  subscriptionId: bigint('subscription_id', { mode: 'number' }).notNull().references(() => subscription.id),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  items: integer('items').notNull(),
  /** waiting | sent | failed */
  state: text('state').notNull().default('waiting'),
  attempts: integer('attempts').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  nextAttemptAt: instant('next_attempt_at').notNull(),
  sentAt: instant('sent_at'),
  lastError: text('last_error'),
}, (t) => [index('outbox_waiting').on(t.state, t.nextAttemptAt)])

/** Which news a subscription's letters already hold. */
export const told = pgTable('told', {
  subscriptionId: bigint('subscription_id', { mode: 'number' }).notNull().references(() => subscription.id),
  newsId: bigint('news_id', { mode: 'number' }).notNull().references(() => news.id),
}, (t) => [primaryKey({ columns: [t.subscriptionId, t.newsId] })])
